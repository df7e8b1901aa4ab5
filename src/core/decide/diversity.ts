import { priceOf, type CatalogItem } from "../catalog/item.ts";

/** What two items can be alike in, made ready to compare. */
export type Look = {
  readonly path: readonly string[];
  readonly brand: string | undefined;
  readonly currency: string | undefined;
  /** Binary logarithm of the price in minor units; absent where there is no price above 0. */
  readonly tier: number | undefined;
};

const TYPE_SHARE = 0.5;
const BRAND_SHARE = 0.25;
const PRICE_SHARE = 0.25;
const PATH_MAX = 8;

const looks = new WeakMap<CatalogItem, Look>();

/** An item's look in a market; made once where it is the same in all. */
export function lookOf(item: CatalogItem, market: string | undefined): Look {
  if (item.markets !== undefined) return lookIn(item, market);
  let look = looks.get(item);
  if (!look) looks.set(item, (look = lookIn(item, undefined)));
  return look;
}

function lookIn(item: CatalogItem, market: string | undefined): Look {
  const price = priceOf(item, market);
  return {
    path: item.type?.split(">", PATH_MAX).map((step) => step.trim()) ?? [],
    brand: item.brand,
    currency: price?.currency,
    tier:
      price && price.minor > 0 && price.minor < Number.POSITIVE_INFINITY ? Math.log2(price.minor) : undefined,
  };
}

/**
 * How alike two items are, in [0, 1]: half by the shared beginning of their type paths, a quarter by brand, a quarter by
 * price, which counts less the further apart until one costs twice the other. What is not stated is not alike.
 * @example likeness(kettle, kettle) // 1, for a kettle with type, brand and price
 */
export function likeness(a: Look, b: Look): number {
  let shared = 0;
  const depth = Math.max(a.path.length, b.path.length);
  while (shared < Math.min(a.path.length, b.path.length) && a.path[shared] === b.path[shared]) shared++;
  const type = depth === 0 ? 0 : shared / depth;
  const brand = a.brand !== undefined && a.brand === b.brand ? 1 : 0;
  const isPriced = a.tier !== undefined && b.tier !== undefined && a.currency === b.currency;
  const price = isPriced ? Math.max(0, 1 - Math.abs(a.tier! - b.tier!)) : 0;
  return TYPE_SHARE * type + BRAND_SHARE * brand + PRICE_SHARE * price;
}

/**
 * The next `wanted` of a list in its order, except that an item makes room for another one when it is like something
 * already shown: its score counts 1 − `diversity` × likeness to the likest. So it never gives way to an item with less
 * than (1 − `diversity`) of its score, and 0 leaves the order as it is. `shown` are the items that stand in the slot
 * already. Time grows with candidates × items shown.
 * Source: maximal marginal relevance (Carbonell and Goldstein 1998), as a product, so that scores need no scale.
 */
export function diversify<T extends { readonly score: number }>(
  candidates: readonly T[],
  lookAt: (candidate: T) => Look,
  shown: readonly Look[],
  diversity: number,
  wanted: number,
): T[] {
  if (!(diversity > 0)) return candidates.slice(0, Math.max(0, wanted));
  let least = Number.POSITIVE_INFINITY;
  const rest = candidates.map((candidate) => {
    const look = lookAt(candidate);
    // Where a list ranks something lower despite a higher score, the list is right.
    least = Math.min(least, candidate.score);
    return {
      candidate,
      look,
      score: least,
      likest: shown.reduce((most, one) => atLeast(most, look, one), 0),
    };
  });
  const picked: T[] = [];
  while (picked.length < wanted && rest.length > 0) {
    let best = 0;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const [place, { score, likest }] of rest.entries()) {
      const value = score * (1 - diversity * likest);
      if (value > bestValue) [best, bestValue] = [place, value];
    }
    const [next] = rest.splice(best, 1);
    picked.push(next!.candidate);
    for (const one of rest) one.likest = atLeast(one.likest, one.look, next!.look);
  }
  return picked;
}

const atLeast = (most: number, a: Look, b: Look): number => Math.max(most, likeness(a, b));
