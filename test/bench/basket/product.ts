import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import { scoreCrossSell, type CrossSellSettings } from "../../../src/core/recommend/score/complements.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Basket } from "./baskets.ts";
import type { Contender } from "./measure.ts";

/** The product's model after so many orders, each learned once and forgotten; and what one cost. */
export function learned(baskets: readonly Basket[], isGuarded: boolean): { model: Model; learnUs: number } {
  const model = emptyModel({ isGuarded });
  const from = performance.now();
  for (const { who, at, items } of baskets) learn(model, { who, session: 1, at, kind: "buy", items });
  return { model, learnUs: ((performance.now() - from) * 1000) / baskets.length };
}

/** The product's own scoring, out of what it publishes. */
export function product(name: string, snapshot: ModelSnapshot, settings: CrossSellSettings): Contender {
  return {
    name,
    complements: (seeds, limit) =>
      scoreCrossSell(
        snapshot,
        seeds.map((item) => ({ item, weight: 1 })),
        { ...settings, limit },
      ).map(({ index }) => snapshot.items[index]!),
  };
}
