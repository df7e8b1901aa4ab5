import { priceOf, type CatalogItem } from "../../catalog/item.ts";
import { scoreUpSell, type UpSellOption } from "../../recommend/score/up-sell.ts";
import { keptAnswers } from "./kept-answers.ts";
import type { Ask, Candidate, Strategy } from "./strategy.ts";

/**
 * Of a type of so many items all are looked at anew once for each item asked about, until catalog or model change: it is nobody's
 * own, and a thousand of them take a third of a millisecond.
 */
const LARGE_TYPE = 100;
const ofLargeType = keptAnswers();

/**
 * A better item for the same need: same product type, another family, the same currency, never cheaper, dearer within the
 * slot's band; ranked by what customers switch to. Where the shop states cost, an alternative that earns less than the
 * current item is left out.
 */
export const upSell: Strategy = {
  name: "up_sell",
  propose(ask) {
    const { world, market } = ask.scene;
    const seed = ask.seeds[0] ?? -1;
    const type = world.catalog.items[seed]?.type;
    if (!type) return [];
    if ((world.catalog.byType.get(type)?.length ?? 0) < LARGE_TYPE) return better(ask, seed);
    const { priceRatioMin, priceRatioMax } = ask.settings;
    const key = [seed, market, priceRatioMin, priceRatioMax, ask.limit].join(" ");
    return ofLargeType(world, key, () => better(ask, seed));
  },
};

/** The same without remembering. Hangs on the shop, the market and the band alone. */
function better({ scene, settings, limit }: Ask, seed: number): Candidate[] {
  const { catalog, model, toModel } = scene.world;
  const item = catalog.items[seed];
  const price = item && priceOf(item, scene.market);
  if (!item?.type || !price || !isPrice(price.minor)) return [];
  const brand = brandOf(item);
  const earned = keptOf(item, price);
  const options: (UpSellOption & { readonly ordinal: number })[] = [];
  for (const ordinal of catalog.byType.get(item.type) ?? []) {
    if (catalog.family[ordinal] === catalog.family[seed]) continue;
    const other = catalog.items[ordinal]!;
    const otherPrice = priceOf(other, scene.market);
    if (!otherPrice || otherPrice.currency !== price.currency || !isPrice(otherPrice.minor)) continue;
    const ratio = otherPrice.minor / price.minor;
    if (ratio < Math.max(1, settings.priceRatioMin) || ratio > settings.priceRatioMax) continue;
    if (earned !== undefined && (keptOf(other, otherPrice) ?? earned) < earned) continue;
    const isSameBrand = brand !== undefined && brandOf(other) === brand;
    options.push({ ordinal, index: toModel[ordinal]!, ratio, isSameBrand });
  }
  return scoreUpSell(model, toModel[seed]!, options)
    .map(({ score, customers }, i) => ({
      ordinal: options[i]!.ordinal,
      score,
      evidence:
        customers > 0
          ? ({ code: "trade_up", from: seed, customers } as const)
          : ({ code: "step_up", from: seed } as const),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, limit);
}

const isPrice = (minor: number): boolean => minor > 0 && Number.isSafeInteger(minor);
const brandOf = ({ brand }: CatalogItem): string | undefined => brand?.trim().toLowerCase() || undefined;

type Price = { readonly minor: number; readonly currency: string };

/** What the shop keeps of a price; unknown without a cost stated in the same currency. */
function keptOf({ cost }: CatalogItem, { minor, currency }: Price): number | undefined {
  return cost?.currency === currency && Number.isFinite(cost.minor) ? minor - cost.minor : undefined;
}
