import { postingsOf, type RecentSessions } from "../snapshot/recent-sessions.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import type { Recent } from "./related.ts";
import { addSpoken, close, directSpeaker, open, type Scored } from "./scratch.ts";

// Chosen on the validation parts of diginetica and rsc15-100k, where they lie on a plateau: half or twice of any moves
// the hit rate by less than half a point.
const VISIT_ITEMS_MAX = 9;
const FADE_RANKS = 2;
const FADE_STEPS = 3;
const DAMPING = 0.2;

/** How far a visit's neighbours are looked for. The defaults bound a prediction to a fraction of a millisecond. */
export type NeighbourBounds = {
  /** Sessions looked at per item of the visit, the newest ones. */
  readonly perItem: number;
  /** Sessions compared in all, the newest ones. */
  readonly compared: number;
  /** Most similar ones that have a say. */
  readonly heard: number;
};
export const NEIGHBOUR_BOUNDS: NeighbourBounds = { perItem: 300, compared: 1000, heard: 400 };

// Worksheets for all calls, left clean by each. Safe because no call pauses half way.
let similarity = new Float32Array(0);
let matched = new Uint8Array(0);
let found = new Uint32Array(0);
let witnesses = new Uint16Array(0);
let spoken = new Uint32Array(0);
let weights = new Float32Array(0);

/**
 * What visits like this one saw: sessions that share items with it, weighed by how lately this visit saw them, by how
 * recent the session is and by its length, lend their items, the more the nearer they stand to what is shared.
 * An item needs as many different people among those sessions as the snapshot asks of a pair; its evidence counts them.
 * Source: session-based nearest neighbours as in V-SKNN, VS-TAN and VMIS (Ludewig et al. 2021; Kersbergen et al. 2022).
 */
export function scoreNeighbours(
  snapshot: ModelSnapshot,
  recent: readonly Recent[],
  limit: number,
  bounds: NeighbourBounds = NEIGHBOUR_BOUNDS,
): Scored[] {
  const { sessions, minCustomers } = snapshot;
  const { starts, sessions: seenIn } = postingsOf(sessions, snapshot.items.length);
  const total = sessions.labels.length;
  reserve(total, snapshot.items.length, snapshot.items.length * minCustomers);
  const visit = recent.slice(0, VISIT_ITEMS_MAX).flatMap(({ item, ageRank }) => {
    const index = snapshot.index.get(item);
    return index === undefined ? [] : [{ index, weight: Math.exp(-Math.max(0, ageRank) / FADE_RANKS) }];
  });
  let count = 0;
  for (const [place, { index, weight }] of visit.entries()) {
    const to = starts[index + 1]!;
    for (let p = Math.max(starts[index]!, to - bounds.perItem); p < to; p++) {
      const session = seenIn[p]!;
      if (similarity[session] === 0) {
        found[count++] = session;
        matched[session] = place;
      }
      similarity[session]! += weight;
    }
  }
  open(snapshot);
  const damping = dampingOf(snapshot);
  let wiped = 0;
  for (const session of nearest(count, worthsOf(sessions), bounds)) {
    const weight = similarity[session]!;
    const label = sessions.labels[session]!;
    const from = sessions.offsets[session]!;
    const to = sessions.offsets[session + 1]!;
    const shared = visit[matched[session]!]!.index;
    const speaker = directSpeaker("sessions", shared);
    let at = from;
    while (sessions.items[at] !== shared) at++;
    for (let e = from; e < to; e++) {
      const item = sessions.items[e]!;
      const near = NEARNESS[e < at ? at - e : e - at] ?? 0;
      addSpoken(item, weight * near * damping[item]!, speaker, 0);
      if (witness(item * minCustomers, minCustomers, label)) wiped = note(item, wiped);
    }
  }
  for (let i = 0; i < count; i++) similarity[found[i]!] = 0;
  const people = (index: number) => peopleAt(index * minCustomers, minCustomers);
  const scored = close(snapshot, limit, (index) => people(index) < minCustomers, people);
  for (let i = 0; i < wiped; i++) {
    witnesses.fill(0, spoken[i]! * minCustomers, (spoken[i]! + 1) * minCustomers);
  }
  return scored;
}

/** The sessions that have a say: of the newest, the most similar. Their similarities become their weights. */
function nearest(count: number, worths: Float32Array, bounds: NeighbourBounds): Uint32Array {
  const all = found.subarray(0, count);
  const compared = count > bounds.compared ? largest(all, bounds.compared) : all;
  for (const session of compared) similarity[session]! *= worths[session]!;
  if (compared.length <= bounds.heard) return compared;
  const similar = weights.subarray(0, compared.length);
  for (let i = 0; i < compared.length; i++) similar[i] = similarity[compared[i]!]!;
  const least = largest(similar, bounds.heard).reduce((min, one) => Math.min(min, one), Infinity);
  return compared.filter((session) => similarity[session]! >= least);
}

/** The `count` largest numbers, in no order; the numbers change places. Source: Hoare, "Find" (1961). */
function largest<T extends Uint32Array | Float32Array>(numbers: T, count: number): T {
  let from = 0;
  let to = numbers.length - 1;
  while (from < to) {
    const pivot = numbers[(from + to) >> 1]!;
    let left = from;
    let right = to;
    while (left <= right) {
      while (numbers[left]! > pivot) left++;
      while (numbers[right]! < pivot) right--;
      if (left > right) break;
      const moved = numbers[left]!;
      numbers[left++] = numbers[right]!;
      numbers[right--] = moved;
    }
    if (count - 1 <= right) to = right;
    else if (count - 1 >= left) from = left;
    else break;
  }
  return numbers.subarray(0, count) as T;
}

const worthsMade = new WeakMap<RecentSessions, Float32Array>();

/**
 * What a session's word is worth whatever it shares: less the older, by its place among the kept ones, so that it means
 * the same in a shop of ten visits a day and of a million; and less the longer.
 */
function worthsOf(sessions: RecentSessions): Float32Array {
  const known = worthsMade.get(sessions);
  if (known) return known;
  const { offsets, labels } = sessions;
  const worths = Float32Array.from(labels, (_, session) => {
    const length = offsets[session + 1]! - offsets[session]!;
    return Math.exp(session / labels.length - 1) / Math.sqrt(1 + length);
  });
  worthsMade.set(sessions, worths);
  return worths;
}

function reserve(sessionCount: number, itemCount: number, witnessCount: number): void {
  if (similarity.length < sessionCount) {
    similarity = new Float32Array(sessionCount);
    matched = new Uint8Array(sessionCount);
    found = new Uint32Array(sessionCount);
    weights = new Float32Array(sessionCount);
  }
  if (witnesses.length < witnessCount) witnesses = new Uint16Array(witnessCount);
  if (spoken.length < itemCount) spoken = new Uint32Array(itemCount);
}

/** Remembers that an item's witnesses have to be wiped. @returns how many there are */
function note(item: number, count: number): number {
  spoken[count] = item;
  return count + 1;
}

const NEARNESS = Float32Array.from({ length: 64 }, (_, steps) => Math.exp(-steps / FADE_STEPS));

const dampings = new WeakMap<ModelSnapshot, Float32Array>();

/** How much of its weight each item keeps for how much it is visited anyway. */
function dampingOf(snapshot: ModelSnapshot): Float32Array {
  const known = dampings.get(snapshot);
  if (known) return known;
  const made = Float32Array.from(snapshot.visits, (visits) => (visits + 1) ** -DAMPING);
  dampings.set(snapshot, made);
  return made;
}

/** Notes a person among an item's first few. @returns whether they are its first: then the place has to be wiped. */
function witness(at: number, places: number, label: number): boolean {
  for (let i = at; i < at + places; i++) {
    if (witnesses[i] === label) return false;
    if (witnesses[i] !== 0) continue;
    witnesses[i] = label;
    return i === at;
  }
  return false;
}

function peopleAt(at: number, places: number): number {
  let people = 0;
  while (people < places && witnesses[at + people] !== 0) people++;
  return people;
}
