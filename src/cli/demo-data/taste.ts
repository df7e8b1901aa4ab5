import { fnv1a32 } from "../../core/primitives/hash.ts";
import type { Rng } from "../../core/primitives/rng.ts";
import { isAvailable, priceOf, type CatalogItem } from "../../core/catalog/item.ts";
import { demoCatalog } from "./catalog.ts";
import { STOCK_BY_ID } from "./stock.ts";

/** An item on a simulated shelf. */
export type ShelfItem = {
  readonly item: CatalogItem;
  readonly typeKey: string;
  readonly cents: number;
  /** Where its price stands within its type, 0 cheapest to 1 dearest. */
  readonly tier: number;
  /** How often it is noticed, before anybody's taste: a few items carry a shop. */
  readonly fame: number;
};

function buildShelves(): ReadonlyMap<string, readonly ShelfItem[]> {
  const shelves = new Map<string, ShelfItem[]>();
  for (const item of demoCatalog().filter((item) => isAvailable(item))) {
    const typeKey = STOCK_BY_ID.get(item.id)!.type.key;
    const cents = priceOf(item)!.minor;
    const rank = 1 + (fnv1a32(`fame:${item.group ?? item.id}`) % 6) + (fnv1a32(`fame:${item.id}`) % 3);
    shelves.set(typeKey, [
      ...(shelves.get(typeKey) ?? []),
      { item, typeKey, cents, tier: 0, fame: 1 / rank ** 1.3 },
    ]);
  }
  return new Map(
    [...shelves].map(([key, shelf]) => {
      const prices = [...new Set(shelf.map((one) => one.cents))].sort((a, b) => a - b);
      const tierOf = (cents: number) =>
        prices.length < 2 ? 0.5 : prices.indexOf(cents) / (prices.length - 1);
      return [key, shelf.map((one) => ({ ...one, tier: tierOf(one.cents) }))];
    }),
  );
}

/** What can be bought, by type. */
export const SHELVES = buildShelves();

/** Picks with probability proportional to weight; `undefined` when nothing weighs anything. */
export function pickWeighted<T>(
  rng: Rng,
  options: readonly T[],
  weight: (option: T) => number,
): T | undefined {
  const total = options.reduce((sum, option) => sum + weight(option), 0);
  let left = rng() * total;
  for (const option of options) {
    left -= weight(option);
    if (left < 0) return option;
  }
  return undefined;
}

/** What a simulated person is like: which types they shop for, what they spend, the colours they are drawn to. */
export type Taste = {
  readonly types: readonly string[];
  /** Preferred tier, 0 frugal to 1 lavish. */
  readonly spend: number;
  readonly colour: string;
};

const COLOUR_MOODS = ["sage", "charcoal", "cream", "clay", "ink", "white", "rust", "sky", "forest"];

/** A person's taste: one or two categories at heart, and what of them they need. */
export function tasteOf(rng: Rng): Taste {
  const categoryOf = (typeKey: string) => SHELVES.get(typeKey)![0]!.item.type!.split(" > ")[1]!;
  const keys = [...SHELVES.keys()];
  const home = pickWeighted(rng, keys, (key) => (1 + (fnv1a32(`demand:${key}`) % 4)) ** 1.5)!;
  const second = rng() < 0.35 ? keys[Math.floor(rng() * keys.length)]! : home;
  const near = keys.filter((key) => [home, second].some((heart) => categoryOf(heart) === categoryOf(key)));
  return {
    types: [home, home, second, ...near],
    spend: rng(),
    colour: COLOUR_MOODS[Math.floor(rng() * COLOUR_MOODS.length)]!,
  };
}

/** How much a person is drawn to an item: its fame, a price near their own tier, a colour they like. */
export function appeal(taste: Taste, one: ShelfItem): number {
  const priceFit = Math.exp(-(((one.tier - taste.spend) / 0.45) ** 2));
  const colourFit = one.item.attributes?.["colour"] === taste.colour ? 2.2 : 1;
  return one.fame * (0.15 + priceFit) * colourFit;
}

/** How well an item suits another as its complement: its shop's own word, then a standing affinity of the pair. */
export function suits(anchor: ShelfItem, one: ShelfItem): number {
  if (anchor.item.goesWith?.includes(one.item.id)) return 6;
  const pair = `${anchor.item.group ?? anchor.item.id}+${one.item.group ?? one.item.id}`;
  // Steep on purpose: of the many that would do, people end up with the same few.
  return 0.03 + ((fnv1a32(pair) % 100) / 100) ** 5 * 3;
}
