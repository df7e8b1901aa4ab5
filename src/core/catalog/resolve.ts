import type { ItemRef } from "../event/event.ts";
import type { ItemId } from "../primitives/ids.ts";
import { isAvailable, type CatalogItem } from "./item.ts";
import { pageAddress } from "./page-address.ts";

type Index = Map<string, ItemId | Set<ItemId>>;

/** Finds items by whatever a page or a tracker calls them. Opaque: read it through `resolve`. */
export type Resolver = {
  readonly entries: Map<ItemId, { readonly item: CatalogItem; readonly ordinal: number }>;
  readonly skus: Index;
  readonly gtins: Index;
  readonly groups: Index;
  readonly pages: Index;
  /** Place in the catalog of the next new item. */
  next: number;
};

/** One item; or nothing answers to the name; or several do and guessing would mix them up. */
export type Resolution =
  | { readonly item: ItemId }
  | { readonly unmatched: string }
  | { readonly ambiguous: readonly ItemId[] };

/**
 * A GTIN without its leading zeros, which systems add and lose: UPC-12, EAN-13 and GTIN-14 of one product agree.
 * @example gtinKey("0012345678905") // "12345678905"
 */
export function gtinKey(text: string): string | undefined {
  if (!/^\d{8,14}$/.test(text)) return undefined;
  const key = text.replace(/^0+/, "");
  return key === "" ? undefined : key;
}

type KeyChange = (index: Index, key: string, id: ItemId) => void;

/** Adds or removes everything an item is found by, beside its id. Without lists: this is the cost of a build. */
function changeKeys(resolver: Resolver, item: CatalogItem, change: KeyChange): void {
  const { id, sku, group } = item;
  if (sku !== undefined) change(resolver.skus, sku, id);
  if (group !== undefined) change(resolver.groups, group, id);
  const gtin = item.gtin === undefined ? undefined : gtinKey(item.gtin);
  if (gtin !== undefined) change(resolver.gtins, gtin, id);
  const page = item.url === undefined ? undefined : pageAddress(item.url);
  if (page === undefined) return;
  const path = page.path + page.query;
  // With its host, and without for references that are a path: no path begins with `*`.
  change(resolver.pages, page.host === undefined ? path : `//${page.host}${path}`, id);
  change(resolver.pages, `*${path}`, id);
}

function addKey(index: Index, key: string, id: ItemId): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, id);
  else if (typeof known === "string") index.set(key, new Set([known, id]));
  else known.add(id);
}

function removeKey(index: Index, key: string, id: ItemId): void {
  const known = index.get(key);
  if (typeof known === "string" || known?.size === 1) index.delete(key);
  else known?.delete(id);
}

function forget(resolver: Resolver, id: ItemId): number | undefined {
  const entry = resolver.entries.get(id);
  if (entry === undefined) return undefined;
  changeKeys(resolver, entry.item, removeKey);
  return entry.ordinal;
}

/**
 * Takes in changed and new items and drops the removed ones, in time proportional to their number. Changes the
 * resolver in place and returns it; the outcome is that of building anew from the catalog in its order.
 */
export function updateResolver(
  resolver: Resolver,
  changed: Iterable<CatalogItem>,
  removedIds: Iterable<ItemId>,
): Resolver {
  for (const id of removedIds) {
    forget(resolver, id);
    resolver.entries.delete(id);
  }
  for (const item of changed) {
    const ordinal = forget(resolver, item.id) ?? resolver.next++;
    resolver.entries.set(item.id, { item, ordinal });
    changeKeys(resolver, item, addKey);
  }
  return resolver;
}

/** A resolver over a catalog, in the catalog's order. */
export function buildResolver(items: Iterable<CatalogItem>): Resolver {
  const empty: Resolver = {
    entries: new Map(),
    skus: new Map(),
    gtins: new Map(),
    groups: new Map(),
    pages: new Map(),
    next: 0,
  };
  return updateResolver(empty, items, []);
}

type Found = Resolution | undefined;

function oneOf(ids: ItemId | Set<ItemId> | undefined): Found {
  if (ids === undefined) return undefined;
  return typeof ids === "string" || ids.size === 1
    ? { item: typeof ids === "string" ? ids : [...ids][0]! }
    : { ambiguous: [...ids].sort() };
}

/** The variant that stands for its group: the first that can be had, else the first. */
function variantOf(resolver: Resolver, ids: ItemId | Set<ItemId> | undefined): Found {
  if (ids === undefined || typeof ids === "string") return oneOf(ids);
  let best: { readonly id: ItemId; readonly ordinal: number; readonly isIn: boolean } | undefined;
  for (const id of ids) {
    const entry = resolver.entries.get(id);
    if (entry === undefined) continue;
    const isIn = isAvailable(entry.item);
    if (!best || (isIn && !best.isIn) || (isIn === best.isIn && entry.ordinal < best.ordinal)) {
      best = { id, ordinal: entry.ordinal, isIn };
    }
  }
  return best && { item: best.id };
}

/** Variants of one group may share their page; then the page stands for the group. */
function onPage(resolver: Resolver, url: string): Found {
  const page = pageAddress(url);
  if (page === undefined) return undefined;
  // A parameter nobody knows says less than the path: without an exact match the bare page counts.
  for (const path of page.query === "" ? [page.path] : [page.path + page.query, page.path]) {
    const keys = page.host === undefined ? [`*${path}`] : [`//${page.host}${path}`, path];
    for (const key of keys) {
      const ids = resolver.pages.get(key);
      if (ids === undefined) continue;
      if (typeof ids === "string") return { item: ids };
      const groups = new Set([...ids].map((id) => resolver.entries.get(id)?.item.group));
      return groups.size === 1 && !groups.has(undefined) ? variantOf(resolver, ids) : oneOf(ids);
    }
  }
  return undefined;
}

/**
 * The catalog's answer to a reference. Tried in this order, and the first name that anything answers to decides: id,
 * SKU (a stated SKU may also be the id itself), GTIN, group, URL. A text stands for each of them. Two items that
 * share a SKU, a GTIN or a page are `ambiguous`; a group is meant to be many and gives its first variant in stock.
 * @example resolve(buildResolver([{ id: "A", title: "Kettle", availability: "in_stock", sku: "K1" }]), "K1")
 * // { item: "A" }
 */
export function resolve(resolver: Resolver, ref: ItemRef): Resolution {
  const isText = typeof ref === "string";
  const { id, sku, gtin, group, url } = isText ? { id: ref, sku: ref, gtin: ref, group: ref, url: ref } : ref;
  const byId = (one: ItemId | undefined): Found =>
    one !== undefined && resolver.entries.has(one) ? { item: one } : undefined;
  const code = gtin === undefined ? undefined : gtinKey(gtin);
  return (
    byId(id) ??
    (sku === undefined ? undefined : oneOf(resolver.skus.get(sku))) ??
    byId(sku) ??
    (code === undefined ? undefined : oneOf(resolver.gtins.get(code))) ??
    (group === undefined ? undefined : variantOf(resolver, resolver.groups.get(group))) ??
    (url === undefined ? undefined : onPage(resolver, url)) ?? {
      unmatched: id ?? sku ?? gtin ?? group ?? url ?? "",
    }
  );
}
