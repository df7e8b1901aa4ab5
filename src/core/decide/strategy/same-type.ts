import { priceOf } from "../../catalog/item.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Items of the same product type, near in price and brand: content alone, for an item nobody has looked at yet. */
export const sameType: Strategy = {
  name: "same_type",
  propose({ scene, seeds, limit }) {
    const { catalog, model, toModel } = scene.world;
    const seed = seeds[0] ?? scene.current;
    const item = catalog.items[seed];
    if (!item?.type) return [];
    const price = priceOf(item, scene.market)?.minor;
    const candidates: Candidate[] = [];
    for (const ordinal of catalog.byType.get(item.type) ?? []) {
      if (ordinal === seed) continue;
      const other = catalog.items[ordinal]!;
      const otherPrice = priceOf(other, scene.market)?.minor;
      const near = price && otherPrice ? Math.exp(-Math.abs(Math.log(otherPrice / price))) : 0.5;
      const index = toModel[ordinal]!;
      const popularity = index < 0 ? 0 : Math.log1p(model.visits[index]!);
      candidates.push({
        ordinal,
        evidence: { code: "same_type", as: seed },
        score:
          near * (other.brand !== undefined && other.brand === item.brand ? 1.3 : 1) * (1 + 0.1 * popularity),
      });
    }
    return candidates.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
  },
};
