import type { World } from "../../decide/world.ts";
import { ROW_NAMES } from "../../recommend/settings.ts";

/** Entries of a row that a slot gets to, after stock, cart and taste took theirs. */
const DEPTH = 24;
/** Best sellers of a kind that are proposed with the kinds it goes with. */
const PER_KIND = 6;

/** What leads to each item, by ordinal. */
export type Reach = {
  /** Other items whose lists hold it: what was learned, and the pairs that the shop names. */
  readonly from: Uint32Array;
  /** Whether it is found without another item: hot, a best seller, or pinned by a rule. */
  readonly isListed: Uint8Array;
};

const known = new WeakMap<World, Reach>();

/**
 * What leads to each item today. Nothing leads to an item that is in no learned list, in no pair, among no best sellers and
 * in no pin: then only its likeness to another item can bring it up. Linear in the entries of the rows, of which each counts
 * up to its 24th; worked out once per world, when first asked for.
 */
export function reachOf(world: World): Reach {
  let reach = known.get(world);
  if (!reach) known.set(world, (reach = workOut(world)));
  return reach;
}

function workOut(world: World): Reach {
  const { catalog, model, toModel, toCatalog } = world;
  const from = new Uint32Array(catalog.items.length);
  const isListed = new Uint8Array(catalog.items.length);
  const lastSeed = new Int32Array(catalog.items.length).fill(-1);
  const lead = (seed: number, ordinal: number | undefined) => {
    if (ordinal === undefined || ordinal < 0 || ordinal === seed || lastSeed[ordinal] === seed) return;
    lastSeed[ordinal] = seed;
    from[ordinal]! += 1;
  };
  catalog.items.forEach((item, seed) => {
    for (const id of item.goesWith ?? []) lead(seed, catalog.ordinal.get(id));
    const index = toModel[seed]!;
    if (index < 0) return;
    for (const name of ROW_NAMES) {
      const { offsets, neighbours } = model.rows[name];
      const end = Math.min(offsets[index + 1] ?? 0, (offsets[index] ?? 0) + DEPTH);
      for (let entry = offsets[index] ?? 0; entry < end; entry++) lead(seed, toCatalog[neighbours[entry]!]);
    }
  });
  const list = (ordinal: number | undefined) => {
    if (ordinal !== undefined && ordinal >= 0) isListed[ordinal] = 1;
  };
  for (const index of model.trending.subarray(0, DEPTH)) list(toCatalog[index]);
  for (const index of model.popular.subarray(0, DEPTH)) list(toCatalog[index]);
  const kinds = new Set([...model.typePairs.values()].flatMap((pairs) => pairs.map(({ type }) => type)));
  const buyers = (ordinal: number) => model.buyers[toModel[ordinal]!] ?? 0;
  for (const kind of kinds) {
    const sold = (catalog.byType.get(kind) ?? []).filter((ordinal) => buyers(ordinal) > 0);
    for (const ordinal of sold.sort((a, b) => buyers(b) - buyers(a) || a - b).slice(0, PER_KIND))
      list(ordinal);
  }
  for (const { action } of world.config.rules.flatMap((rule) => rule.actions))
    if (action.do === "pin") for (const id of action.items) list(catalog.ordinal.get(id));
  return { from, isListed };
}

/** Whether nothing but likeness can bring an item up. */
export const isLost = ({ from, isListed }: Reach, ordinal: number): boolean =>
  from[ordinal] === 0 && isListed[ordinal] === 0;
