import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** Buyers of an average item that an item's own count is mixed with: few buyers say little. */
const PRIOR_BUYERS = 20;

/** How readily the shop's items are bought again. */
export type RepeatRates = {
  /** First purchases per further one of the same item by the same person, above 0. */
  readonly firstOdds: number;
  /** How many times more readily than the shop's average an item is bought again, above 0. */
  liftOf(index: number): number;
};

const known = new WeakMap<ModelSnapshot, RepeatRates>();

/** The rates of a snapshot; one pass over its items the first time it is asked for. */
export function repeatRates(snapshot: ModelSnapshot): RepeatRates {
  let rates = known.get(snapshot);
  if (rates) return rates;
  const { inBaskets, buyers } = snapshot;
  let purchases = 0;
  let firsts = 0;
  for (let i = 0; i < inBaskets.length; i++) {
    purchases += inBaskets[i]!;
    firsts += buyers[i]!;
  }
  // One imagined purchase of each kind keeps an empty shop off 0 and infinity.
  const firstOdds = (firsts + 1) / (Math.max(0, purchases - firsts) + 1);
  const liftOf = (index: number) => {
    const again = Math.max(0, inBaskets[index]! - buyers[index]!);
    return (again * firstOdds + PRIOR_BUYERS) / (buyers[index]! + PRIOR_BUYERS);
  };
  rates = { firstOdds, liftOf };
  known.set(snapshot, rates);
  return rates;
}
