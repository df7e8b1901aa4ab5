import type { ItemId } from "../primitives/ids.ts";
import type { CatalogItem } from "./item.ts";
import { inOneGo, STEP, type Steps } from "../primitives/steps.ts";
import { buildResolver, updateResolver, type Resolver } from "./resolve.ts";

/** The catalog as a decision reads it: items by a small number (ordinal), and what follows from them. */
export type CatalogIndex = {
  readonly version: number;
  readonly items: readonly CatalogItem[];
  readonly ordinal: ReadonlyMap<ItemId, number>;
  /** Ordinals of the items of each product type. */
  readonly byType: ReadonlyMap<string, readonly number[]>;
  /** The same number for the variants of one product. */
  readonly family: Int32Array;
  /** Ordinals of each family's variants. */
  readonly members: readonly (readonly number[])[];
  readonly resolver: Resolver;
  /** The same object as long as no title, brand, type or group changed: what follows from those need not be made anew. */
  readonly wording: object;
};

export type CatalogChange = { readonly id: ItemId; readonly item: CatalogItem | undefined };

export const EMPTY_CATALOG: CatalogIndex = inOneGo(indexOf(new Map(), 0, buildResolver([])));

/**
 * The index after some items changed or went. Where known items only changed price, stock, pictures or pages it takes over
 * the rest: 1 ms of 100,000 items. Anything else builds anew: some 400 ms of as many.
 */
export const applyChanges = (
  index: CatalogIndex,
  changes: readonly CatalogChange[],
  version: number,
): CatalogIndex => inOneGo(catalogSteps(index, changes, version));

/** The same, a few thousand items at a time. */
export function* catalogSteps(
  index: CatalogIndex,
  changes: readonly CatalogChange[],
  version: number,
): Steps<CatalogIndex> {
  const touched = touch(index, changes, version);
  if (touched) return touched;
  const items = new Map(index.items.map((item) => [item.id, item]));
  // The empty one is everybody's.
  const resolver = index.items.length === 0 ? buildResolver([]) : index.resolver;
  for (let from = 0; from < changes.length; from += STEP) {
    const changed: CatalogItem[] = [];
    const removed: ItemId[] = [];
    for (const { id, item } of changes.slice(from, from + STEP)) {
      if (item) {
        items.set(id, item);
        changed.push(item);
      } else {
        items.delete(id);
        removed.push(id);
      }
    }
    updateResolver(resolver, changed, removed);
    yield;
  }
  return yield* indexOf(items, version, resolver);
}

/** The index with known items put in the place of what they were, or `undefined` where more changed than that. */
function touch(
  index: CatalogIndex,
  changes: readonly CatalogChange[],
  version: number,
): CatalogIndex | undefined {
  const places: (readonly [ordinal: number, item: CatalogItem])[] = [];
  for (const { id, item } of changes) {
    const ordinal = index.ordinal.get(id);
    if (!item || ordinal === undefined || !isWordedAlike(item, index.items[ordinal]!)) return undefined;
    places.push([ordinal, item]);
  }
  const items = index.items.slice();
  for (const [ordinal, item] of places) items[ordinal] = item;
  const changed = places.map(([, item]) => item);
  return { ...index, version, items, resolver: updateResolver(index.resolver, changed, []) };
}

const isWordedAlike = (a: CatalogItem, b: CatalogItem): boolean =>
  a.title === b.title && a.brand === b.brand && a.type === b.type && a.group === b.group;

function* indexOf(
  byId: ReadonlyMap<ItemId, CatalogItem>,
  version: number,
  resolver: Resolver,
): Steps<CatalogIndex> {
  const items = [...byId.values()];
  const ordinal = new Map<ItemId, number>();
  const byType = new Map<string, number[]>();
  const families = new Map<string, number>();
  const family = new Int32Array(items.length);
  const members: number[][] = [];
  for (const [i, { id, type, group }] of items.entries()) {
    ordinal.set(id, i);
    if (type !== undefined) {
      const alike = byType.get(type);
      if (alike) alike.push(i);
      else byType.set(type, [i]);
    }
    const name = group ?? id;
    let number = families.get(name);
    if (number === undefined) {
      families.set(name, (number = families.size));
      members.push([i]);
    } else members[number]!.push(i);
    family[i] = number;
    if (i % STEP === STEP - 1) yield;
  }
  return { version, items, ordinal, byType, family, members, resolver, wording: {} };
}
