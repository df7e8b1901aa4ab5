import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import { priceOf } from "../../catalog/item.ts";
import type { Money } from "../../primitives/money.ts";

/** Where a price stands among the prices of its product type: lower, middle or upper third. */
export type PriceTier = "low-priced" | "mid-priced" | "high-priced";

/** Fewer prices than this make no thirds. */
const PRICES_MIN = 3;

const known = new WeakMap<CatalogIndex, Map<string, readonly number[]>>();

/** Prices of a product type in the shop's own market, ascending; sorted when first asked for. */
function pricesOf(catalog: CatalogIndex, type: string, currency: string): readonly number[] {
  let types = known.get(catalog);
  if (!types) known.set(catalog, (types = new Map()));
  const key = `${currency} ${type}`;
  let prices = types.get(key);
  if (prices) return prices;
  prices = (catalog.byType.get(type) ?? [])
    .flatMap((ordinal) => {
      const price = priceOf(catalog.items[ordinal]!);
      return price?.currency === currency && price.minor > 0 ? [price.minor] : [];
    })
    .sort((a, b) => a - b);
  types.set(key, prices);
  return prices;
}

/** The tier of a price within a product type; `undefined` where there is too little to compare it with. */
export function priceTierOf(
  catalog: CatalogIndex,
  type: string | undefined,
  price: Money,
): PriceTier | undefined {
  const prices = type ? pricesOf(catalog, type, price.currency) : [];
  const lowest = prices[0];
  if (lowest === undefined || prices.length < PRICES_MIN || lowest === prices.at(-1) || !(price.minor > 0))
    return undefined;
  const cheaper = prices.findIndex((one) => one >= price.minor);
  const below = cheaper < 0 ? prices.length : cheaper;
  const same = prices.filter((one) => one === price.minor).length;
  // Half of those that cost the same count as cheaper, so that a common price is a middle one.
  const place = (below + same / 2) / prices.length;
  return place < 1 / 3 ? "low-priced" : place <= 2 / 3 ? "mid-priced" : "high-priced";
}
