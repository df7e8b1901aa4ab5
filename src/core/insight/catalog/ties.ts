import type { World } from "../../decide/world.ts";
import type { ItemId } from "../../primitives/ids.ts";
import { neighboursOf } from "../../recommend/snapshot/snapshot.ts";

/** Two items that people tie to each other. */
export type Tie = {
  readonly from: ItemId;
  readonly to: ItemId;
  readonly by: "bought" | "viewed";
  /** Of the strongest tie either of them has, in [0, 1]. */
  readonly strength: number;
};

/** Weaker ones would make every picture a ball of wool. */
const STRENGTH_MIN = 0.1;
/** The strongest are kept. */
const TIES_MAX = 120;

/** What ties some items to each other, each pair once, bought together before viewed together, the strongest first. */
export function tiesAmong(world: World, ordinals: readonly number[]): Tie[] {
  const { catalog, model, toModel, toCatalog } = world;
  const wanted = new Set(ordinals);
  const ties = new Map<string, Tie>();
  for (const [row, by] of [
    ["coPurchase", "bought"],
    ["coVisit", "viewed"],
  ] as const) {
    for (const ordinal of ordinals) {
      const index = toModel[ordinal]!;
      if (index < 0) continue;
      const neighbours = neighboursOf(model, row, index);
      const most = neighbours[0]?.weight ?? 0;
      for (const { index: other, weight } of neighbours) {
        const to = toCatalog[other]!;
        const strength = most > 0 ? weight / most : 0;
        if (to < 0 || !wanted.has(to) || strength < STRENGTH_MIN) continue;
        const key = `${Math.min(ordinal, to)} ${Math.max(ordinal, to)}`;
        const known = ties.get(key);
        if (known && (known.by !== by || known.strength >= strength)) continue;
        ties.set(key, { from: catalog.items[ordinal]!.id, to: catalog.items[to]!.id, by, strength });
      }
    }
  }
  return [...ties.values()].sort((a, b) => b.strength - a.strength).slice(0, TIES_MAX);
}
