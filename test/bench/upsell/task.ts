import { BadInput, type Product, type Purchase } from "./purchases.ts";

const RATIO_MIN = 1.05;
const RATIO_MAX = 2;

/** A household that bought `from` and, as its next purchase of the type, `to`: which of `candidates` is it? */
export type Trial = {
  readonly from: string;
  readonly to: string;
  /** Products of the type, 5 to 100 % dearer than `from` and bought by anybody before the cut; `to` among them. */
  readonly candidates: readonly string[];
};

/** What may be learned from, and what is asked. */
export type Part = {
  readonly cutAt: number;
  readonly past: readonly Purchase[];
  readonly trials: readonly Trial[];
};

export type Shop = {
  readonly purchases: readonly Purchase[];
  readonly products: ReadonlyMap<string, Product>;
  /** Median shelf price of a unit of every product, in cents: the price tag, which also a new product has. */
  readonly cents: ReadonlyMap<string, number>;
};

/** A shop's receipts with what follows from them. */
export function shopOf(purchases: readonly Purchase[], products: ReadonlyMap<string, Product>): Shop {
  const cents = new Map<string, number>();
  for (const [product, lines] of Map.groupBy(purchases, (one) => one.product)) {
    const price = Math.round(medianOf(lines.map((one) => one.unitPrice)) * 100);
    if (price > 0) cents.set(product, price);
  }
  return { purchases, products, cents };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The moment before which a share of the purchases lies. */
export const momentAt = ({ purchases }: Shop, share: number): number =>
  purchases[Math.min(purchases.length - 1, Math.floor(purchases.length * share))]!.at;

/**
 * Trials whose dearer purchase falls in [`cutAt`, `endAt`). A household is asked once about a pair. With one candidate
 * there is nothing to rank.
 */
export function partOf(shop: Shop, cutAt: number, endAt: number): Part {
  const past = shop.purchases.filter(({ at }) => at < cutAt);
  const known = new Set(past.map(({ product }) => product));
  const byType = Map.groupBy(
    [...known].filter((product) => shop.products.has(product) && shop.cents.has(product)),
    (product) => shop.products.get(product)!.type,
  );
  const dearer = new Map<string, string[]>();
  const dearerThan = (from: string): readonly string[] => {
    let found = dearer.get(from);
    if (!found) {
      found = (byType.get(shop.products.get(from)!.type) ?? []).filter((to) => isStepUp(shop, from, to));
      dearer.set(from, found);
    }
    return found;
  };
  const trials: Trial[] = [];
  const last = new Map<string, string>();
  const asked = new Set<string>();
  for (const { household, product, at } of shop.purchases) {
    const type = shop.products.get(product)?.type;
    if (at >= endAt) break;
    if (type === undefined) continue;
    const key = JSON.stringify([household, type]);
    const from = last.get(key);
    last.set(key, product);
    if (from === undefined || !isStepUp(shop, from, product)) continue;
    const pair = JSON.stringify([household, from, product]);
    if (asked.has(pair)) continue;
    asked.add(pair);
    const candidates = dearerThan(from);
    if (at >= cutAt && known.has(product) && candidates.length > 1)
      trials.push({ from, to: product, candidates });
  }
  if (trials.length === 0)
    throw new BadInput(
      "Nobody in these files bought a dearer product of the same type later. Give more receipts, or products with types.",
    );
  return { cutAt, past, trials };
}

function isStepUp({ cents }: Shop, from: string, to: string): boolean {
  const ratio = (cents.get(to) ?? 0) / (cents.get(from) ?? 0);
  return ratio >= RATIO_MIN && ratio <= RATIO_MAX;
}
