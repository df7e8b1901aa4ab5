import type { ItemId } from "../primitives/ids.ts";
import { isAvailable, priceOf, type CatalogItem } from "./item.ts";

/** Something about an item that somebody may have waited for. */
export type ShelfChange = {
  readonly kind: "price_drop" | "back_in_stock";
  readonly item: ItemId;
  /** Share that the price fell by; 0 where it came back. */
  readonly share: number;
  /** Version of the catalog with which it changed: names the occasion. */
  readonly version: number;
};

/** A smaller fall is no news to anybody. */
const SHARE_MIN = 0.01;

/**
 * What a new row of the catalog means to whoever waits for the item. A price in another currency says nothing.
 * @example shelfChanges(dear, { ...dear, salePrice: half }, 7) // [{ kind: "price_drop", share: 0.5, … }]
 */
export function shelfChanges(before: CatalogItem, after: CatalogItem, version: number): ShelfChange[] {
  const changes: ShelfChange[] = [];
  const [old, now] = [priceOf(before), priceOf(after)];
  if (old && now && old.currency === now.currency && old.minor > 0) {
    const share = 1 - now.minor / old.minor;
    if (share >= SHARE_MIN) changes.push({ kind: "price_drop", item: after.id, share, version });
  }
  if (!isAvailable(before) && isAvailable(after))
    changes.push({ kind: "back_in_stock", item: after.id, share: 0, version });
  return changes;
}
