import { ROW_NAMES, type RowName } from "../settings.ts";
import type { ModelSnapshot, RaggedRows } from "../snapshot/snapshot.ts";

/** Where a number comes from. */
export type Voice = RowName | "sessions";

/** The numbers behind a score: how often, and for how many people, the item went with the seed that spoke loudest. */
export type Evidence = {
  /** A row of the model, or recent sessions like this one. */
  readonly row: Voice;
  /** That seed, by its place in the snapshot. */
  readonly seed: number;
  /** Whether the seed was asked about. If not, it is itself only related to what was. */
  readonly isDirect: boolean;
  readonly times: number;
  /** `supportersCap` of the snapshot means that or more. */
  readonly customers: number;
};

/** An item with its score; larger is better, comparable within one call only. */
export type Scored = { readonly index: number; readonly score: number; readonly evidence: Evidence };

const VOICES: readonly Voice[] = [...ROW_NAMES, "sessions"];

/*
 * One worksheet for all calls, wide as the largest snapshot so far and left clean by each: a call touches only the items
 * it scores. Safe because no call pauses half way. An item's four words lie side by side, so that it costs one cache line:
 * its score, its loudest voice (floats), the entry that spoke, and the seed (24 bits) with the row (4 bits) and whether
 * the voice is a seed's own.
 */
let floats = new Float32Array(0);
let words = new Uint32Array(0);
let touched = new Uint32Array(0);
let length = 0;

const SCORE = 0;
const LOUDEST = 1;
const ENTRY = 2;
const SPEAKER = 3;
const SEED_BITS = 24;
const SEED_MASK = (1 << SEED_BITS) - 1;
const ROW_MASK = 7;
const DIRECT = 1 << 28;
const TOUCHED = 1 << 27;

/** Makes the worksheet wide enough and clean. Call first. */
export function open(snapshot: ModelSnapshot): void {
  clean();
  const width = snapshot.items.length;
  if (touched.length >= width) return;
  floats = new Float32Array(width * 4);
  words = new Uint32Array(floats.buffer);
  touched = new Uint32Array(width);
}

function clean(): void {
  for (let i = 0; i < length; i++) {
    const at = touched[i]! * 4;
    words[at] = 0;
    words[at + 1] = 0;
    words[at + 2] = 0;
    words[at + 3] = 0;
  }
  length = 0;
}

/** Who speaks: a seed, by what. Made once for many entries. */
export type Speaker = number & { readonly speaker: unique symbol };

const speakerOf = (row: Voice, seed: number, flags: number): Speaker =>
  (seed | (VOICES.indexOf(row) << SEED_BITS) | TOUCHED | flags) as Speaker;

/** A seed that speaks for itself. */
export const directSpeaker = (row: Voice, seed: number): Speaker => speakerOf(row, seed, DIRECT);

function touch(index: number, at: number): void {
  if (words[at + SPEAKER] !== 0) return;
  words[at + SPEAKER] = TOUCHED;
  touched[length++] = index;
}

/** Adds what a seed says for an item; the loudest seed becomes its evidence. */
export function addDirect(index: number, amount: number, row: Voice, seed: number, entry: number): void {
  addSpoken(index, amount, speakerOf(row, seed, DIRECT), entry);
}

/** The same, where one seed speaks for many items. */
export function addSpoken(index: number, amount: number, speaker: Speaker, entry: number): void {
  const at = index * 4;
  touch(index, at);
  floats[at + SCORE]! += amount;
  if (amount <= floats[at + LOUDEST]!) return;
  floats[at + LOUDEST] = amount;
  words[at + ENTRY] = entry;
  words[at + SPEAKER] = speaker;
}

/** Adds what a related item says; it is evidence only where no seed speaks. */
export function addOnward(index: number, amount: number, row: Voice, seed: number, entry: number): void {
  addAsOnward(index, amount, speakerOf(row, seed, 0), entry);
}

function addAsOnward(index: number, amount: number, speaker: Speaker, entry: number): void {
  const at = index * 4;
  touch(index, at);
  floats[at + SCORE]! += amount;
  if ((words[at + SPEAKER]! & DIRECT) !== 0 || amount <= floats[at + LOUDEST]!) return;
  floats[at + LOUDEST] = amount;
  words[at + ENTRY] = entry;
  words[at + SPEAKER] = speaker;
}

/** Adds what a seed's row says for its neighbours, and for itself as for something related. */
export function addRow(rows: RaggedRows, row: RowName, seed: number, weight: number): void {
  const unit = (weight * rows.scales[seed]!) / 65_535;
  const direct = speakerOf(row, seed, DIRECT);
  const to = rows.offsets[seed + 1]!;
  for (let entry = rows.offsets[seed]!; entry < to; entry++) {
    const index = rows.neighbours[entry]!;
    const amount = rows.weights[entry]! * unit;
    if (index !== seed) addSpoken(index, amount, direct, entry);
    else addAsOnward(index, amount, speakerOf(row, seed, 0), entry);
  }
}

/** Adds what the `heaviest` entries of a related item's row say for its neighbours; nothing for itself. */
export function addRowOnward(
  rows: RaggedRows,
  row: RowName,
  seed: number,
  weight: number,
  heaviest: number,
): void {
  const unit = (weight * rows.scales[seed]!) / 65_535;
  const speaker = speakerOf(row, seed, 0);
  const to = Math.min(rows.offsets[seed + 1]!, rows.offsets[seed]! + heaviest);
  for (let entry = rows.offsets[seed]!; entry < to; entry++) {
    const index = rows.neighbours[entry]!;
    if (index !== seed) addAsOnward(index, rows.weights[entry]! * unit, speaker, entry);
  }
}

/** Takes from the score of an item that has one; `amount` is negative. */
export function takeFrom(index: number, amount: number): void {
  if (words[index * 4 + SPEAKER] !== 0) floats[index * 4 + SCORE]! += amount;
}

const scoreAt = (index: number): number => floats[index * 4 + SCORE]!;

/** The strongest items so far, without evidence. */
export function strongest(limit: number): { readonly index: number; readonly score: number }[] {
  return best(limit, () => false).map((index) => ({ index, score: scoreAt(index) }));
}

/**
 * The `limit` best with a score above 0 that are not excluded, best first, with their evidence. Cleans up.
 * @param peopleBehind different people, for what no row counts
 */
export function close(
  snapshot: ModelSnapshot,
  limit: number,
  isExcluded: (index: number) => boolean,
  peopleBehind: (index: number) => number = () => 0,
): Scored[] {
  const answer = best(limit, isExcluded).map((index) => {
    const speaker = words[index * 4 + SPEAKER]!;
    const row = VOICES[(speaker >> SEED_BITS) & ROW_MASK]!;
    const entry = words[index * 4 + ENTRY]!;
    const counted = row === "sessions" ? undefined : snapshot.rows[row];
    const people = counted ? counted.customers[entry]! : peopleBehind(index);
    return {
      index,
      score: scoreAt(index),
      evidence: {
        row,
        seed: speaker & SEED_MASK,
        isDirect: (speaker & DIRECT) !== 0,
        times: counted ? counted.times[entry]! : people,
        customers: people,
      },
    };
  });
  clean();
  return answer;
}

function best(limit: number, isExcluded: (index: number) => boolean): number[] {
  if (limit < 1) return [];
  const list: number[] = [];
  for (let i = 0; i < length; i++) {
    const index = touched[i]!;
    if (scoreAt(index) > 0 && !isExcluded(index)) list.push(index);
  }
  if (list.length > limit) {
    select(list, limit);
    list.length = limit;
  }
  return list.sort(byWorth);
}

// Equal scores go by place, so that the same snapshot always gives the same order.
const byWorth = (a: number, b: number): number => scoreAt(b) - scoreAt(a) || a - b;

/** Moves the `count` best to the front, in no order. Source: Hoare, "Find" (1961). */
function select(list: number[], count: number): void {
  let from = 0;
  let to = list.length - 1;
  while (from < to) {
    const pivot = list[(from + to) >> 1]!;
    let left = from;
    let right = to;
    while (left <= right) {
      while (byWorth(list[left]!, pivot) < 0) left++;
      while (byWorth(list[right]!, pivot) > 0) right--;
      if (left > right) break;
      const moved = list[left]!;
      list[left++] = list[right]!;
      list[right--] = moved;
    }
    if (count - 1 <= right) to = right;
    else if (count - 1 >= left) from = left;
    else return;
  }
}
