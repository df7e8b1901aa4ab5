import type { Candidate, Strategy } from "./strategy.ts";

/** What is hot these days, in the page's category where it has one; then what sells best. Never a random filler. */
export const trending: Strategy = {
  name: "trending",
  propose({ scene, limit }) {
    const { catalog, model, toCatalog } = scene.world;
    const candidates: Candidate[] = [];
    const proposed = new Set<number>();
    const take = (
      indexes: Uint32Array,
      code: "trending" | "bestseller",
      scoreOf: (index: number) => number,
      scale: number,
    ) => {
      for (const index of indexes) {
        if (candidates.length >= limit) return;
        const ordinal = toCatalog[index]!;
        if (ordinal < 0 || proposed.has(ordinal)) continue;
        if (scene.category !== undefined && !(catalog.items[ordinal]!.type ?? "").startsWith(scene.category))
          continue;
        proposed.add(ordinal);
        candidates.push({
          ordinal,
          score: scale * Math.max(scoreOf(index), Number.MIN_VALUE * 1e20),
          evidence: { code },
        });
      }
    };
    const hottest = Math.max(1, model.heat[model.trending[0] ?? 0] ?? 1);
    take(model.trending, "trending", (index) => model.heat[index]! / hottest, 1);
    take(model.popular, "bestseller", () => 1 / (1 + candidates.length), 1e-3);
    return candidates;
  },
};
