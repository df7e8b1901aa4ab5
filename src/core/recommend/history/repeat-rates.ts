import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** Buyers of an average item that an item's own count is mixed with: few buyers say little. */
const PRIOR_BUYERS = 20;

/** How readily the shop's items are bought again. */
export type RepeatRates = {
  /** Share of all purchases that are a further one by the same person, in (0, 1). */
  readonly share: number;
  /** How many times more readily than the shop's average the item is bought again; 1 for an item not known. */
  liftOf(index: number | undefined): number;
};

const known = new WeakMap<ModelSnapshot, RepeatRates>();

/** The rates of a snapshot; one pass over its items the first time it is asked for. */
export function repeatRates(snapshot: ModelSnapshot): RepeatRates {
  let rates = known.get(snapshot);
  if (rates) return rates;
  const { inBaskets, buyers } = snapshot;
  let purchases = 0;
  let first = 0;
  for (let i = 0; i < inBaskets.length; i++) {
    purchases += inBaskets[i]!;
    first += buyers[i]!;
  }
  // One imagined repeat and one imagined first purchase keep an empty shop off 0 and 1.
  const average = (purchases - first + 1) / (first + 1);
  rates = {
    share: (purchases - first + 1) / (purchases + 2),
    liftOf: (index) =>
      index === undefined
        ? 1
        : ((inBaskets[index]! - buyers[index]!) / average + PRIOR_BUYERS) / (buyers[index]! + PRIOR_BUYERS),
  };
  known.set(snapshot, rates);
  return rates;
}
