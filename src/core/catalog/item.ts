import * as v from "valibot";
import { ItemId } from "../primitives/ids.ts";
import { Money } from "../primitives/money.ts";

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const nonEmpty = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));

/** Schemes a catalog may link to: nothing that a click or an image could execute. Relative addresses are fine. */
const WebUrl = v.pipe(
  text(2048),
  v.check(
    (url) => /^(https?:\/\/|\/(?!\/))/i.test(url) && !/[\s<>"'\\]/.test(url),
    "an http(s) URL or a path",
  ),
);

export const AVAILABILITIES = ["in_stock", "out_of_stock", "preorder", "backorder"] as const;
export const Availability = v.picklist(AVAILABILITIES);

/** What differs where the item is sold in another market. Absent fields are the item's own. */
export const Market = v.strictObject({
  title: v.optional(nonEmpty(512)),
  url: v.optional(WebUrl),
  price: v.optional(Money),
  salePrice: v.optional(Money),
  availability: v.optional(Availability),
});
export type Market = v.InferOutput<typeof Market>;

/**
 * Anything that can be offered. One row per variant; `group` ties the variants of one product together.
 * With `markets` present, the item is sold in those markets only.
 */
export const CatalogItem = v.strictObject({
  id: ItemId,
  title: nonEmpty(512),
  url: v.optional(WebUrl),
  image: v.optional(WebUrl),
  description: v.optional(text(2048)),
  price: v.optional(Money),
  salePrice: v.optional(Money),
  /** What the item costs the shop; never leaves the server. */
  cost: v.optional(Money),
  availability: v.optional(Availability, "in_stock"),
  /** Pieces that can still be sold; only weighed, and only where a marketer says so. Whether it can be had is `availability`. */
  stock: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** Product type as a path. @example "Home > Kitchen > Kettles" */
  type: v.optional(text(512)),
  brand: v.optional(text(128)),
  group: v.optional(ItemId),
  sku: v.optional(ItemId),
  gtin: v.optional(ItemId),
  attributes: v.optional(
    v.pipe(
      v.record(text(64), v.union([text(256), v.pipe(v.number(), v.finite()), v.boolean()])),
      v.check((facts) => Object.keys(facts).length <= 64, "at most 64 attributes"),
    ),
  ),
  markets: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]{2})?$/, "a market in lower case, such as de or de-at")),
      Market,
    ),
  ),
  /** Complements the shop itself names. */
  goesWith: v.optional(v.pipe(v.array(ItemId), v.maxLength(50))),
  /** Days after which a buyer usually needs it again. Absent: it is not replenishable. */
  replenishDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650))),
  /** Kept out of everything learned from people (health, adult, …). */
  sensitive: v.optional(v.boolean()),
});
export type CatalogItem = v.InferOutput<typeof CatalogItem>;

/** The price a buyer pays now, in a market. */
export function priceOf(item: CatalogItem, market?: string): Money | undefined {
  const local = market === undefined ? undefined : item.markets?.[market];
  return local?.salePrice ?? local?.price ?? item.salePrice ?? item.price;
}

/** Whether the item can be had in a market: sold there and not out of stock. */
export function isAvailable(item: CatalogItem, market?: string): boolean {
  if (item.markets && Object.keys(item.markets).length > 0) {
    if (market === undefined) return item.availability !== "out_of_stock";
    const local = item.markets[market];
    return local !== undefined && (local.availability ?? item.availability) !== "out_of_stock";
  }
  return item.availability !== "out_of_stock";
}
