import type { CatalogItem } from "../catalog/item.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { EventId, ItemId } from "../primitives/ids.ts";

/** A customer's own rating of an item, from 0 to 5. */
export type Rating = { readonly rating: number; readonly at: EpochMs; readonly id: EventId };

/** What is read of a `review_given`. */
export type Review = Rating & { readonly item: ItemId };

/** Ratings kept of one customer, the latest. */
export const RATINGS_MAX = 200;
/** A rating at or below it speaks against the item. */
export const LOW_RATING = 2;
const LOW_ITEM_FACTOR = 0.2;
/** A bad red one says a bit about the blue one. */
const LOW_FAMILY_FACTOR = 0.6;

/**
 * A customer's own ratings by item: of each item the latest, of all the latest 200. The same in any order.
 * @example ratingsOf([{ item: "A", rating: 2, at: 1, id: "e1" }]).get("A")?.rating // 2
 */
export function ratingsOf(reviews: Iterable<Review>): ReadonlyMap<ItemId, Rating> {
  const newest = [...reviews].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  const ratings = new Map<ItemId, Rating>();
  for (const { item, rating, at, id } of newest) {
    if (ratings.size >= RATINGS_MAX) break;
    if (!ratings.has(item)) ratings.set(item, { rating, at, id });
  }
  return ratings;
}

/**
 * How a customer's own low ratings bend an item's score: a fifth for the item, three fifths for its other variants. A
 * variant they rated well is not held down by its sister; a good rating lifts nothing, since most is bought once.
 * @param groupOf the item group of a rated item, where the catalog still knows it
 * @example ratingFactor(new Map([["A", { rating: 1, at: 1, id: "e" }]]), () => undefined)({ ...tea, id: "A" }) // 0.2
 */
export function ratingFactor(
  ratings: ReadonlyMap<ItemId, Rating>,
  groupOf: (item: ItemId) => ItemId | undefined,
): (item: Pick<CatalogItem, "id" | "group">) => number {
  const lowGroups = new Set<ItemId>();
  for (const [item, { rating }] of ratings) {
    const group = rating <= LOW_RATING ? groupOf(item) : undefined;
    if (group !== undefined) lowGroups.add(group);
  }
  return ({ id, group }) => {
    const own = ratings.get(id);
    if (own) return own.rating <= LOW_RATING ? LOW_ITEM_FACTOR : 1;
    return group !== undefined && lowGroups.has(group) ? LOW_FAMILY_FACTOR : 1;
  };
}
