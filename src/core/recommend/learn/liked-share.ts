import type { ItemCounts } from "./item-counts.ts";

/** Baskets of the shop's usual mix of buyers that every item is credited with. */
const PRIOR_BASKETS = 5;
/** An item whose buyers had bought before a quarter as often as the shop's is still believed in full. */
const LENIENCE = 4;

/**
 * How far what was bought with an item may be believed, by who buys it: 1 where people who had bought before do about as
 * often as elsewhere in the shop, less and less the more of its baskets are newcomers'. So no number of fresh accounts
 * lifts an item beyond a bound, while in a young shop, where everybody is new, nothing is held back.
 * @returns a share in (0, 1]; 1 for all items of a model without a guard
 */
export function likedShare(counts: ItemCounts, item: number, baskets: number): number {
  const usual = counts.seasonedBaskets / Math.max(1, baskets);
  if (usual === 0) return 1;
  const liked = counts.seasoned[item]! + PRIOR_BASKETS * usual;
  return Math.min(1, (LENIENCE * liked) / ((counts.baskets[item]! + PRIOR_BASKETS) * usual));
}
