import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import { priceOf, type CatalogItem } from "../../catalog/item.ts";
import { weightNow, type History } from "./history.ts";
import { priceTierOf, type PriceTier } from "./price-tier.ts";

/** A name and its share of what a customer buys, in (0, 1]. */
export type Affinity<T extends string = string> = { readonly name: T; readonly share: number };

/** What a customer mostly buys, the strongest first; empty lists where nothing can be said. */
export type Affinities = {
  /** Full category paths. */
  readonly categories: readonly Affinity[];
  readonly brands: readonly Affinity[];
  readonly priceTiers: readonly Affinity<PriceTier>[];
};

const NAMES_MAX = 5;
/** Share of what is bought that makes a sentence say "mostly". */
const MOSTLY_SHARE = 0.3;

/**
 * Affinities of a customer by category, brand and price tier, each item weighing as in their history. Derived when it is
 * asked for: the catalog knows today's names and prices, and nothing needs keeping.
 */
export function affinitiesOf(history: History, catalog: CatalogIndex, market?: string): Affinities {
  const known = [...history.items].flatMap(([id, bought]) => {
    const item = catalog.items[catalog.ordinal.get(id) ?? -1];
    return item ? [{ item, weight: weightNow(history, bought) }] : [];
  });
  const by = <T extends string>(nameOf: (item: CatalogItem) => T | undefined) => shares(known, nameOf);
  return {
    categories: by((item) => item.type || undefined),
    brands: by((item) => item.brand || undefined),
    priceTiers: by((item) => {
      const price = priceOf(item, market);
      return price && priceTierOf(catalog, item.type, price);
    }),
  };
}

function shares<T extends string>(
  known: readonly { readonly item: CatalogItem; readonly weight: number }[],
  nameOf: (item: CatalogItem) => T | undefined,
): Affinity<T>[] {
  const sums = new Map<T, number>();
  let total = 0;
  for (const { item, weight } of known) {
    const name = nameOf(item);
    if (name === undefined) continue;
    sums.set(name, (sums.get(name) ?? 0) + weight);
    total += weight;
  }
  return [...sums]
    .map(([name, sum]) => ({ name, share: sum / total }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES_MAX);
}

/**
 * The affinities as a person reads them; `undefined` where nothing stands out.
 * @example sentenceOf(affinities) // "mostly buys: Tea, mid-priced, Fjord"
 */
export function sentenceOf({ categories, brands, priceTiers }: Affinities): string | undefined {
  const strongest = (list: readonly Affinity[]) =>
    list[0] && list[0].share >= MOSTLY_SHARE ? [list[0].name] : [];
  const parts = [
    ...strongest(categories).map((path) => path.split(">").at(-1)!.trim()),
    ...strongest(priceTiers),
    ...strongest(brands),
  ];
  return parts.length === 0 ? undefined : `mostly buys: ${parts.join(", ")}`;
}
