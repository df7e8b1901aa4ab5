import type { Guess } from "../recommender.ts";

/** Sums of scores per item number, used again and again. */
export type ScoreBoard = {
  add(item: number, amount: number): void;
  /** The best so far, from the largest down, equal ones by lot, the same each time; the board is clean afterwards. */
  best(names: readonly string[], limit: number): Guess[];
};

// Knuth's multiplicative hash. By number, older items would come first, which is worth something; in the reference
// implementations the order of equal ones is that of a hash table.
const lot = (item: number) => Math.imul(item + 1, 2_654_435_761) >>> 0;

/** A clean board. */
export function scoreBoard(): ScoreBoard {
  let scores = new Float64Array(1024);
  let isTouched = new Uint8Array(1024);
  const touched: number[] = [];
  const add = (item: number, amount: number) => {
    if (item >= scores.length) {
      const wider = new Float64Array(item * 2);
      wider.set(scores);
      scores = wider;
      const marks = new Uint8Array(item * 2);
      marks.set(isTouched);
      isTouched = marks;
    }
    if (isTouched[item] === 0) {
      isTouched[item] = 1;
      touched.push(item);
    }
    scores[item]! += amount;
  };
  const isBefore = (a: number, b: number) =>
    scores[a]! > scores[b]! || (scores[a] === scores[b] && lot(a) < lot(b));
  const best = (names: readonly string[], limit: number) => {
    const list: number[] = [];
    for (const item of touched) {
      if (list.length >= limit && (limit < 1 || !isBefore(item, list[limit - 1]!))) continue;
      let place = Math.min(list.length, limit - 1);
      for (; place > 0 && isBefore(item, list[place - 1]!); place--) list[place] = list[place - 1]!;
      list[place] = item;
    }
    const guesses = list.map((item) => ({ item: names[item]!, score: scores[item]! }));
    for (const item of touched) scores[item] = isTouched[item] = 0;
    touched.length = 0;
    return guesses;
  };
  return { add, best };
}
