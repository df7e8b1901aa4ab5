import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import { isAvailable } from "../../catalog/item.ts";
import type { World } from "../../decide/world.ts";
import type { ItemId } from "../../primitives/ids.ts";
import { isWarm } from "../../recommend/content/stand-ins.ts";
import { fold } from "../../recommend/content/words.ts";
import { heatOf, rowOf, type ItemRow } from "./item-figures.ts";
import { isLost, reachOf } from "./reach.ts";

export const ITEM_FILTERS = ["all", "cold", "never_recommended", "out_of_stock", "gap"] as const;
/**
 * `cold`: too few people saw or bought it to tell of it. `never_recommended`: it can be had, and nothing learned leads to it.
 * `gap`: out of stock, and looked at all the same.
 */
export type ItemFilter = (typeof ITEM_FILTERS)[number];

/** Where a page of a list ended: its last item, and what the list is ordered by. */
export type ItemCursor = { readonly by: number; readonly id: ItemId };

export type ItemQuestion = {
  /** Words that all have to be in an item's title, id, brand, type or codes. Empty: every item. */
  readonly query: string;
  readonly filter: ItemFilter;
  readonly after: ItemCursor | undefined;
  readonly limit: number;
};

export type ItemPage = {
  readonly items: readonly ItemRow[];
  /** Items that fit, on all pages. */
  readonly total: number;
  /** Items of the whole catalog by filter. */
  readonly counts: Readonly<Record<ItemFilter, number>>;
  readonly next: ItemCursor | undefined;
};

/** Words of a query that are looked for. */
const WORDS_MAX = 8;

/**
 * The items that fit, the most visited first (of gaps, the most visited of late), one page of them. Looks at every item of
 * the catalog in memory: some milliseconds for 10,000, and nothing is read from storage.
 */
export function findItems(world: World, { query, filter, after, limit }: ItemQuestion): ItemPage {
  const { catalog, model, toModel } = world;
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, WORDS_MAX);
  const texts = words.length === 0 ? [] : textsOf(catalog);
  const keyOf = (ordinal: number): number =>
    filter === "gap" ? heatOf(world, ordinal) : (model.visits[toModel[ordinal]!] ?? 0);
  const found: number[] = [];
  for (let ordinal = 0; ordinal < catalog.items.length; ordinal++) {
    if (!fits(world, ordinal, filter)) continue;
    if (words.every((word) => texts[ordinal]!.includes(word))) found.push(ordinal);
  }
  const idOf = (ordinal: number): ItemId => catalog.items[ordinal]!.id;
  const order = (a: ItemCursor, b: ItemCursor): number =>
    b.by - a.by || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const placed = found.map((ordinal) => ({ ordinal, by: keyOf(ordinal), id: idOf(ordinal) })).sort(order);
  const from = after ? placed.findIndex((one) => order(after, one) < 0) : 0;
  const page = from < 0 ? [] : placed.slice(from, from + limit);
  const last = page.at(-1);
  return {
    items: page.map(({ ordinal }) => rowOf(world, ordinal)),
    total: found.length,
    counts: countsOf(world),
    next: last && from + page.length < placed.length ? { by: last.by, id: last.id } : undefined,
  };
}

function fits(world: World, ordinal: number, filter: ItemFilter): boolean {
  if (filter === "all") return true;
  if (filter === "cold") return !isWarm(world, ordinal);
  const isThere = isAvailable(world.catalog.items[ordinal]!);
  if (filter === "never_recommended") return isThere && isLost(reachOf(world), ordinal);
  if (filter === "out_of_stock") return !isThere;
  return !isThere && heatOf(world, ordinal) > 0;
}

const counted = new WeakMap<World, Readonly<Record<ItemFilter, number>>>();

function countsOf(world: World): Readonly<Record<ItemFilter, number>> {
  let counts = counted.get(world);
  if (counts) return counts;
  const made: Record<ItemFilter, number> = {
    all: 0,
    cold: 0,
    never_recommended: 0,
    out_of_stock: 0,
    gap: 0,
  };
  for (let ordinal = 0; ordinal < world.catalog.items.length; ordinal++)
    for (const filter of ITEM_FILTERS) if (fits(world, ordinal, filter)) made[filter]++;
  counted.set(world, (counts = made));
  return counts;
}

const folded = new WeakMap<CatalogIndex, readonly string[]>();

/** What items are found by, folded once per catalog. */
function textsOf(catalog: CatalogIndex): readonly string[] {
  let texts = folded.get(catalog);
  if (texts) return texts;
  texts = catalog.items.map(({ id, title, brand, type, sku, gtin }) =>
    [id, title, brand, type, sku, gtin].map((part) => fold(part ?? "")).join("\n"),
  );
  folded.set(catalog, texts);
  return texts;
}
