import { applyChanges, EMPTY_CATALOG } from "../../../src/core/catalog/catalog-index.ts";
import { compileConfig } from "../../../src/core/config/compile.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import { crossSell } from "../../../src/core/decide/strategy/cross-sell.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import type { Model } from "../../../src/core/recommend/learn/model.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import { typePairs } from "../../../src/core/recommend/snapshot/type-pairs.ts";
import type { Contender } from "./measure.ts";
import type { Task } from "./task.ts";

/** A snapshot with what is told of kinds beside what is told of items. */
export function withKinds(model: Model, snapshot: ModelSnapshot, { typeOf }: Task) {
  const from = performance.now();
  const pairs = typePairs(model, (item) => typeOf.get(item), snapshot.minCustomers);
  const told = [...pairs.values()].reduce((sum, partners) => sum + partners.length, 0);
  return {
    snapshot: { ...snapshot, typePairs: pairs },
    figures: { types: pairs.size, pairs: told, ms: Math.round(performance.now() - from) },
  };
}

/** The product's own recipe, in a shop that sells all this without prices: pairs of items, then of kinds. */
export function recipe(name: string, snapshot: ModelSnapshot, { known, typeOf, cut }: Task): Contender {
  const items = [...known].map((id) => {
    const type = typeOf.get(id);
    return { id, title: id, availability: "in_stock" as const, ...(type === undefined ? {} : { type }) };
  });
  const catalog = applyChanges(
    EMPTY_CATALOG,
    items.map((item) => ({ id: item.id, item })),
    1,
  );
  const world = joinWorld(compileConfig(readConfig({}), 1), catalog, snapshot);
  return { name, complements: (seeds, limit) => ask(world, seeds, limit, cut) };
}

function ask(world: World, seeds: readonly string[], limit: number, now: number): string[] {
  const { catalog } = world;
  const scene = setScene(
    world,
    {
      now,
      page: { type: "cart" },
      market: undefined,
      locale: undefined,
      device: undefined,
      cart: seeds.map((item) => ({ item, quantity: 1 })),
      exclude: [],
    },
    undefined,
  );
  return crossSell
    .propose({ scene, seeds: scene.cart, settings: DEFAULT_SETTINGS, limit: Math.max(50, limit) })
    .slice(0, limit)
    .map(({ ordinal }) => catalog.items[ordinal]!.id);
}

/** For how many of these lines there are four recommendations at least. */
export function linesWithFour(contender: Contender, { later, known }: Task): number {
  const enough = new Map<string, boolean>();
  const lines = later.flatMap(({ items }) => items.filter((item) => known.has(item)));
  const kept = lines.filter((item) => {
    const has = enough.get(item) ?? contender.complements([item], 4).length === 4;
    enough.set(item, has);
    return has;
  });
  return Number((kept.length / Math.max(1, lines.length)).toFixed(4));
}
