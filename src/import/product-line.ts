import type { ItemRef } from "../core/event/event.ts";
import { moneyOf, type Money } from "../core/primitives/money.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { addressOf, countOf, idOf } from "./read-field.ts";
import { refusal } from "./unparsed-event.ts";

/** A line of a cart or an order as another tracker tells it. `price` is for one piece. */
export type ProductLine = {
  readonly item: ItemRef;
  readonly quantity?: unknown;
  readonly price?: Money;
};

/** The names a tracker has for one item. */
export type ProductNames = { readonly product?: unknown; readonly sku?: unknown; readonly url?: unknown };

/**
 * An item reference from what a tracker knows. Names that are not usable are left out; `undefined` when none is left.
 * A product id may be what a catalog calls the group of its variants, so beside a SKU it is tried as both.
 * @example itemRefOf({ product: "P1" }) // "P1"
 * @example itemRefOf({ product: "P1", sku: "P1-red" }) // { id: "P1", sku: "P1-red", group: "P1" }
 */
export function itemRefOf(names: ProductNames): ItemRef | undefined {
  const product = idOf(names.product);
  const sku = idOf(names.sku);
  const url = addressOf(names.url);
  const only = product ?? sku;
  if (only === undefined) return url === undefined ? undefined : { url };
  if (url === undefined && (product === undefined || sku === undefined || product === sku)) return only;
  return {
    id: only,
    ...(sku === undefined ? {} : { sku }),
    ...(product === undefined ? {} : { group: product }),
    ...(url === undefined ? {} : { url }),
  };
}

/**
 * One product of a foreign message as a line. Refused when nothing names the item, or when its price is negative.
 * Without a currency the price is left out: an amount of nobody knows what is worse than none.
 */
export function productLine(product: {
  readonly names: ProductNames;
  readonly quantity: unknown;
  readonly price: unknown;
  readonly currency: unknown;
  /** Where the product stands, and what its id is called there. @example "/properties/products/0", "product_id" */
  readonly pointer: string;
  readonly idName: string;
}): Result<ProductLine> {
  const item = itemRefOf(product.names);
  if (item === undefined) {
    const pointer = `${product.pointer}/${product.idName}`;
    return fail(refusal(pointer, "an item's id, a SKU or a URL", product.names.product));
  }
  const price = moneyOf(product.price, product.currency);
  if (price !== undefined && price.minor < 0) {
    return fail(refusal(`${product.pointer}/price`, "a price of zero or more", product.price));
  }
  const quantity = countOf(product.quantity);
  return succeed({
    item,
    ...(quantity === undefined || quantity === null ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
  });
}
