import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { priceOf, type CatalogItem } from "../catalog/item.ts";
import type { Settings } from "../config/config.ts";
import type { Scene } from "./scene.ts";

/** Items looked at for the usual quantity in stock: enough for a median, and nothing for the largest catalog. */
const SAMPLE = 2_000;

/** Share of the price that the shop keeps, in [0, 1]; 0 where the cost is not stated. */
export function marginShare(item: CatalogItem, market: string | undefined): number {
  const price = priceOf(item, market);
  if (!item.cost || !price || price.currency !== item.cost.currency) return 0;
  const share = (price.minor - item.cost.minor) / price.minor;
  return price.minor > 0 && share > 0 ? Math.min(1, share) : 0;
}

/**
 * How full the store room is of an item, in [-1, 1]: -1 nothing left, 0 the shop's usual quantity or not stated, 1 far
 * more than usual. Rises with the stock and never jumps.
 * @example stockLevel(30, 10) // .5
 */
export function stockLevel(stock: number | undefined, usual: number): number {
  return stock !== undefined && stock >= 0 && usual > 0 ? 1 - 2 / (1 + stock / usual) : 0;
}

const usualStocks = new WeakMap<CatalogIndex, number>();

/** The median quantity of the items that state one and have any; 0 where none does. Kept as long as the catalog. */
export function usualStock(catalog: CatalogIndex): number {
  const known = usualStocks.get(catalog);
  if (known !== undefined) return known;
  const step = Math.max(1, Math.floor(catalog.items.length / SAMPLE));
  const stocks: number[] = [];
  for (let i = 0; i < catalog.items.length; i += step) {
    const stock = catalog.items[i]!.stock;
    if (stock !== undefined && stock > 0) stocks.push(stock);
  }
  stocks.sort((a, b) => a - b);
  const usual = stocks[stocks.length >> 1] ?? 0;
  usualStocks.set(catalog, usual);
  return usual;
}

/**
 * What the shop's own interest makes of an item's score: margin lifts it up to twice (`marginWeight` 1), stock moves it
 * between half and twice (`stockWeight` 1). Exactly 1 where neither is weighed or known.
 */
export function shopWeight({ world, market }: Scene, settings: Settings, ordinal: number): number {
  const { marginWeight, stockWeight } = settings;
  const item = world.catalog.items[ordinal]!;
  let factor = 1;
  if (marginWeight > 0) factor *= 1 + marginWeight * marginShare(item, market);
  if (stockWeight > 0) factor *= 2 ** (stockWeight * stockLevel(item.stock, usualStock(world.catalog)));
  return factor;
}
