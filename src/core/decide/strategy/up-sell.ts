import { priceOf } from "../../catalog/item.ts";
import { tradeUpCounts } from "../../recommend/score/related.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Dearer buyers choose most often, measured on grocery trade-ups: the median of what people paid more. */
const RATIO_MEDIAN = 1.33;
const RATIO_SPREAD = 0.35;
const TRADE_UP_WEIGHT = 2;

/**
 * A better item for the same need: same product type, dearer within a band; trade-ups that customers really made count
 * most, then popularity, a price prior around the usual step, and the maker. Where the shop states cost, an alternative
 * that earns less than the current item is left out.
 * Evidence for the ingredients: observed trade-ups are the best single ranker, price distance alone nearly worthless.
 */
export const upSell: Strategy = {
  name: "up_sell",
  propose({ scene, seeds, settings, limit }) {
    const { catalog, model, toModel } = scene.world;
    const seed = seeds[0] ?? -1;
    const item = catalog.items[seed];
    const price = item && priceOf(item, scene.market);
    if (!item?.type || !price || price.minor <= 0) return [];
    const tradeUps = new Map(tradeUpCounts(model, item.id).map((one) => [one.index, one]));
    const candidates: Candidate[] = [];
    for (const ordinal of catalog.byType.get(item.type) ?? []) {
      if (ordinal === seed || catalog.family[ordinal] === catalog.family[seed]) continue;
      const other = catalog.items[ordinal]!;
      const otherPrice = priceOf(other, scene.market);
      if (!otherPrice || otherPrice.currency !== price.currency) continue;
      const ratio = otherPrice.minor / price.minor;
      if (ratio < settings.priceRatioMin || ratio > settings.priceRatioMax) continue;
      if (earns(other, otherPrice.minor) < earns(item, price.minor)) continue;
      const index = toModel[ordinal]!;
      const tradeUp = index < 0 ? undefined : tradeUps.get(index);
      const popularity = index < 0 ? 0 : Math.log1p(model.buyers[index]! * 3 + model.visits[index]!);
      const prior = Math.exp(-((Math.log(ratio / RATIO_MEDIAN) / RATIO_SPREAD) ** 2) / 2);
      const brand = other.brand !== undefined && other.brand === item.brand ? 1.2 : 1;
      candidates.push({
        ordinal,
        score:
          (TRADE_UP_WEIGHT * Math.log1p(tradeUp?.weight ?? 0) + 0.2 + 0.3 * popularity) *
          (0.3 + prior) *
          brand,
        evidence: tradeUp
          ? { code: "trade_up", from: seed, customers: tradeUp.customers }
          : { code: "step_up", from: seed },
      });
    }
    return candidates.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
  },
};

/** What the shop keeps of a price; without a stated cost, nothing can be said against an item. */
function earns(item: { readonly cost?: { readonly minor: number } | undefined }, priceMinor: number): number {
  return item.cost ? priceMinor - item.cost.minor : Number.POSITIVE_INFINITY;
}
