import type { RowName } from "../settings.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";

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

// One worksheet for all calls, wide as the largest snapshot so far and left clean by each: a call touches only the
// items it scores. Safe because no call pauses half way.
let scores = new Float32Array(0);
let voices = new Float32Array(0);
let voiceEntries = new Uint32Array(0);
let voiceSeeds = new Uint32Array(0);
let voiceRows: Voice[] = [];
let isDirect = new Uint8Array(0);
let isTouched = new Uint8Array(0);
let touched = new Uint32Array(0);
let length = 0;

/** Makes the worksheet wide enough and clean. Call first. */
export function open(snapshot: ModelSnapshot): void {
  clean();
  const width = snapshot.items.length;
  if (scores.length >= width) return;
  scores = new Float32Array(width);
  voices = new Float32Array(width);
  voiceEntries = new Uint32Array(width);
  voiceSeeds = new Uint32Array(width);
  voiceRows = Array.from({ length: width }, () => "coVisit");
  isDirect = new Uint8Array(width);
  isTouched = new Uint8Array(width);
  touched = new Uint32Array(width);
}

function clean(): void {
  for (let i = 0; i < length; i++) {
    const index = touched[i]!;
    scores[index] = 0;
    voices[index] = 0;
    isDirect[index] = 0;
    isTouched[index] = 0;
  }
  length = 0;
}

function touch(index: number): void {
  if (isTouched[index] === 1) return;
  isTouched[index] = 1;
  touched[length++] = index;
}

function speak(index: number, amount: number, row: Voice, seed: number, entry: number): void {
  voices[index] = amount;
  voiceEntries[index] = entry;
  voiceSeeds[index] = seed;
  voiceRows[index] = row;
}

/** Adds what a seed says for an item; the loudest seed becomes its evidence. */
export function addDirect(index: number, amount: number, row: Voice, seed: number, entry: number): void {
  touch(index);
  scores[index]! += amount;
  if (amount <= voices[index]!) return;
  speak(index, amount, row, seed, entry);
  isDirect[index] = 1;
}

/** Adds what a related item says; it is evidence only where no seed speaks. */
export function addOnward(index: number, amount: number, row: Voice, seed: number, entry: number): void {
  touch(index);
  scores[index]! += amount;
  if (isDirect[index] === 0 && amount > voices[index]!) speak(index, amount, row, seed, entry);
}

/** Takes from the score of an item that has one; `amount` is negative. */
export function takeFrom(index: number, amount: number): void {
  if (isTouched[index] === 1) scores[index]! += amount;
}

/** The strongest items so far, without evidence. */
export function strongest(limit: number): { readonly index: number; readonly score: number }[] {
  return best(limit, () => false).map((index) => ({ index, score: scores[index]! }));
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
    const row = voiceRows[index]!;
    const entry = voiceEntries[index]!;
    const counted = row === "sessions" ? undefined : snapshot.rows[row];
    const people = counted ? counted.customers[entry]! : peopleBehind(index);
    return {
      index,
      score: scores[index]!,
      evidence: {
        row,
        seed: voiceSeeds[index]!,
        isDirect: isDirect[index] === 1,
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
    if (scores[index]! > 0 && !isExcluded(index)) list.push(index);
  }
  if (list.length > limit) {
    select(list, limit);
    list.length = limit;
  }
  return list.sort(byWorth);
}

// Equal scores go by place, so that the same snapshot always gives the same order.
const byWorth = (a: number, b: number): number => scores[b]! - scores[a]! || a - b;

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
