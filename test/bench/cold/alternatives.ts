import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import { sameType } from "../../../src/core/decide/strategy/same-type.ts";
import type { World } from "../../../src/core/decide/world.ts";
import { popularItems } from "../../../src/core/recommend/score/ranked.ts";
import { isHidden, worldWithout, type Shop } from "./shop.ts";

const SHOWN = 10;

/** The list of `same_type` for a page about one item that nobody is known to have bought. */
function alternatives(world: World, seed: number): number[] {
  const asked = { now: 0, page: {}, market: undefined, locale: undefined, device: undefined };
  const scene = setScene(world, { ...asked, cart: undefined, exclude: [] }, undefined);
  return sameType
    .propose({ scene, seeds: [seed], settings: DEFAULT_SETTINGS, limit: SHOWN })
    .map(({ ordinal }) => ordinal);
}

/**
 * A household bought an item that is hidden, and later another of the same category: is that one among ten for the
 * first? Beside it: what is most bought in the shop, and in the very type; and what ten by lot of the category would
 * find. Shares over tests.
 */
export function measureAlternatives(shop: Shop, minCustomers: number, folds: readonly number[]) {
  const { catalog } = shop;
  const categoryOf = (ordinal: number) => catalog.items[ordinal]!.type?.split(" > ").slice(0, 2).join(" > ");
  const sizes = new Map<string | undefined, number>();
  for (const ordinal of catalog.items.keys())
    sizes.set(categoryOf(ordinal), (sizes.get(categoryOf(ordinal)) ?? 0) + 1);
  const tally = { tests: 0, ours: 0, popular: 0, popularInType: 0, byLot: 0 };
  for (const fold of folds) {
    const world = worldWithout(shop, minCustomers, fold);
    const { model, toCatalog } = world;
    const ranked = popularItems(model, model.items.length)
      .map(({ index }) => toCatalog[index]!)
      .filter((ordinal) => ordinal >= 0);
    const inType = Map.groupBy(ranked, (ordinal) => catalog.items[ordinal]!.type);
    const past = new Map<string, number[]>();
    for (const { who, items } of shop.before)
      for (const id of items)
        if (isHidden(id, fold) && catalog.ordinal.has(id))
          past.set(who, [...(past.get(who) ?? []), catalog.ordinal.get(id)!]);
    for (const { who, items } of shop.later) {
      for (const id of items) {
        const target = catalog.ordinal.get(id);
        if (target === undefined || isHidden(id, fold) || !shop.sold.has(id)) continue;
        const category = categoryOf(target);
        const seed = past.get(who)?.findLast((ordinal) => categoryOf(ordinal) === category);
        if (seed === undefined || category === undefined) continue;
        tally.tests += 1;
        tally.byLot += Math.min(1, SHOWN / sizes.get(category)!);
        if (alternatives(world, seed).includes(target)) tally.ours += 1;
        if (ranked.slice(0, SHOWN).includes(target)) tally.popular += 1;
        const { type } = catalog.items[seed]!;
        if (inType.get(type)?.slice(0, SHOWN).includes(target)) tally.popularInType += 1;
      }
    }
  }
  const { tests, ...hits } = tally;
  const shares = Object.entries(hits).map(([name, sum]) => [
    name,
    Number((sum / Math.max(1, tests)).toFixed(4)),
  ]);
  return { tests, ...Object.fromEntries(shares) } as Record<string, number>;
}
