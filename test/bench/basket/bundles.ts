import { completeSet } from "../../../src/core/recommend/score/bundle.ts";
import { complementShares, scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Task, Trial } from "./task.ts";

const SIZE = 3;
const DAMPING = 0.22;

/**
 * Sets of three for one seed each, beside the first three complements: how often there is one of two or three, how often
 * two of it are in the basket, and the same of the plain complements. Prices are not asked about: each piece costs one.
 */
export function bundles(snapshot: ModelSnapshot, trials: readonly Trial[], { typeOf }: Task) {
  const tally = { two: 0, three: 0, both: 0, plain: 0, plainWhereSet: 0, tied: 0, plainTied: 0 };
  let us = 0;
  for (const { seed, rest } of trials) {
    const index = snapshot.index.get(seed);
    const scored = scoreCrossSell(snapshot, [{ item: seed, weight: 1 }], {
      popularityDamping: DAMPING,
      limit: 120,
    });
    const pieces = scored.map((one) => ({
      index: one.index,
      price: 1,
      kind: typeOf.get(snapshot.items[one.index]!),
    }));
    const from = performance.now();
    const seedKind = typeOf.get(seed);
    const set =
      index === undefined
        ? []
        : completeSet(snapshot, [index], new Set(seedKind === undefined ? [] : [seedKind]), pieces, {
            priceMax: SIZE,
            sizeMax: SIZE,
            popularityDamping: DAMPING,
          });
    us += (performance.now() - from) * 1000;
    const found = (list: readonly number[]) =>
      list.filter((one) => rest.includes(snapshot.items[one]!)).length;
    const plain = scored.slice(0, SIZE).map((one) => one.index);
    if (set.length >= 2) tally.two += 1;
    if (set.length >= SIZE) tally.three += 1;
    const chosen = set.map(({ piece }) => piece.index);
    if (found(chosen) >= 2) tally.both += 1;
    if (found(plain) >= 2) tally.plain += 1;
    if (set.length >= SIZE) {
      if (found(plain) >= 2) tally.plainWhereSet += 1;
      if (isTied(snapshot, chosen)) tally.tied += 1;
      if (isTied(snapshot, plain)) tally.plainTied += 1;
    }
  }
  const share = (n: number, of: number) => Number((n / Math.max(1, of)).toFixed(4));
  const n = trials.length;
  return {
    setsOfTwo: share(tally.two, n),
    setsOfThree: share(tally.three, n),
    twoOfThreeBought: share(tally.both, n),
    twoOfPlainThreeBought: share(tally.plain, n),
    plainThreeTied: share(tally.plainTied, tally.three),
    us: Number((us / Math.max(1, n)).toFixed(1)),
  };
}

/** Whether each was bought with each other, more often than by chance. */
function isTied(snapshot: ModelSnapshot, list: readonly number[]): boolean {
  return list.every((one, place) => {
    const partners = new Set(complementShares(snapshot, one, DAMPING, 0).map(({ index }) => index));
    return list.slice(place + 1).every((other) => partners.has(other));
  });
}
