import type { RowName } from "../settings.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** The numbers behind a score: how often, and for how many people, the item went with the seed that spoke loudest. */
export type Evidence = {
  readonly row: RowName;
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
let voiceRows: RowName[] = [];
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

function speak(index: number, amount: number, row: RowName, seed: number, entry: number): void {
  voices[index] = amount;
  voiceEntries[index] = entry;
  voiceSeeds[index] = seed;
  voiceRows[index] = row;
}

/** Adds what a seed says for an item; the loudest seed becomes its evidence. */
export function addDirect(index: number, amount: number, row: RowName, seed: number, entry: number): void {
  touch(index);
  scores[index]! += amount;
  if (amount <= voices[index]!) return;
  speak(index, amount, row, seed, entry);
  isDirect[index] = 1;
}

/** Adds what a related item says; it is evidence only where no seed speaks. */
export function addOnward(index: number, amount: number, row: RowName, seed: number, entry: number): void {
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

/** The `limit` best with a score above 0 that are not excluded, best first, with their evidence. Cleans up. */
export function close(
  snapshot: ModelSnapshot,
  limit: number,
  isExcluded: (index: number) => boolean,
): Scored[] {
  const answer = best(limit, isExcluded).map((index) => {
    const row = voiceRows[index]!;
    const entry = voiceEntries[index]!;
    const { times, customers } = snapshot.rows[row];
    return {
      index,
      score: scores[index]!,
      evidence: {
        row,
        seed: voiceSeeds[index]!,
        isDirect: isDirect[index] === 1,
        times: times[entry]!,
        customers: customers[entry]!,
      },
    };
  });
  clean();
  return answer;
}

function best(limit: number, isExcluded: (index: number) => boolean): number[] {
  const list: number[] = [];
  for (let i = 0; i < length; i++) {
    const index = touched[i]!;
    if (!(scores[index]! > 0)) continue;
    const isFull = list.length >= limit;
    if (isFull && (limit < 1 || !isBetter(index, list[list.length - 1]!))) continue;
    if (isExcluded(index)) continue;
    let place = isFull ? list.length - 1 : list.length;
    while (place > 0 && isBetter(index, list[place - 1]!)) {
      list[place] = list[place - 1]!;
      place--;
    }
    list[place] = index;
  }
  return list;
}

// Equal scores go by place, so that the same snapshot always gives the same order.
function isBetter(a: number, b: number): boolean {
  const lead = scores[a]! - scores[b]!;
  return lead > 0 || (lead === 0 && a < b);
}
