import { placeOf, sessionsIn, type SessionRing } from "../learn/session-ring.ts";

/** Recent sessions, the oldest first: session `s` saw `items[offsets[s]]` up to `items[offsets[s + 1]]`, in that order. */
export type RecentSessions = {
  readonly offsets: Uint32Array;
  readonly items: Uint16Array | Uint32Array;
  /** Who it was, as a label of 16 bits: enough to tell witnesses apart, too little to tell who they are. */
  readonly labels: Uint16Array;
};

export const noSessions = (): RecentSessions => ({
  offsets: new Uint32Array(1),
  items: new Uint16Array(0),
  labels: new Uint16Array(0),
});

/**
 * The kept sessions in terms of what is published: unpublished items drop out, and sessions of which fewer than two
 * remain. They are for finding neighbours inside an isolate; nothing of a single one is ever shown.
 * @param places published place per item of the model; −1: not published
 * @param untold per published place, visits that its told number does not count yet: its newest are left out
 */
export function publishSessions(ring: SessionRing, places: Int32Array, untold: Uint32Array): RecentSessions {
  const published = untold.length;
  const count = sessionsIn(ring);
  // Counted down in the order of time, so that what is missing in the end are the newest.
  const left = Int32Array.from(untold, (visits) => -visits);
  for (let n = 0; n < count; n++) {
    const from = placeOf(ring, n) * ring.itemsMax;
    const to = from + ring.lengths[placeOf(ring, n)]!;
    for (let i = from; i < to; i++) {
      const item = places[ring.items[i]!]!;
      if (item >= 0) left[item]! += 1;
    }
  }
  const items: number[] = [];
  const offsets = [0];
  const labels: number[] = [];
  for (let n = 0; n < count; n++) {
    const place = placeOf(ring, n);
    const from = place * ring.itemsMax;
    const start = items.length;
    for (let i = from; i < from + ring.lengths[place]!; i++) {
      const item = places[ring.items[i]!]!;
      if (item >= 0 && left[item]!-- > 0) items.push(item);
    }
    if (items.length - start < 2) {
      items.length = start;
      continue;
    }
    offsets.push(items.length);
    labels.push(ring.labels[place]!);
  }
  return {
    offsets: Uint32Array.from(offsets),
    items: published <= 65_536 ? Uint16Array.from(items) : Uint32Array.from(items),
    labels: Uint16Array.from(labels),
  };
}

/** Which sessions saw an item: `sessions[starts[item]]` up to `sessions[starts[item + 1]]`, the oldest first. */
export type Postings = { readonly starts: Uint32Array; readonly sessions: Uint32Array };

const made = new WeakMap<RecentSessions, Postings>();

/** The sessions of each item, made when first asked for: some milliseconds for a hundred thousand sessions. */
export function postingsOf(recent: RecentSessions, itemCount: number): Postings {
  const known = made.get(recent);
  if (known) return known;
  const starts = new Uint32Array(itemCount + 1);
  for (const item of recent.items) starts[item + 1]! += 1;
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!;
  const next = starts.slice(0, itemCount);
  const sessions = new Uint32Array(recent.items.length);
  for (let session = 0; session < recent.labels.length; session++) {
    for (let e = recent.offsets[session]!; e < recent.offsets[session + 1]!; e++) {
      sessions[next[recent.items[e]!]!++] = session;
    }
  }
  const postings = { starts, sessions };
  made.set(recent, postings);
  return postings;
}
