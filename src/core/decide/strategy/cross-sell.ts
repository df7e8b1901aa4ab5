import { scoreCrossSell } from "../../recommend/score/complements.ts";
import type { CatalogItem } from "../../catalog/item.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Weight of the shop's own `goesWith` beside what was learned: above nothing, below evidence. */
const SHOP_PAIR_SCORE = 1e-4;
const VARIANTS_MAX = 12;

/**
 * A complement to what is in hand: size-normalised co-purchase minus co-view (McAuley's and P-Companion's substitutes),
 * significance as a gate only; then the pairs the shop itself names.
 */
export const crossSell: Strategy = {
  name: "cross_sell",
  propose({ scene, seeds, settings, limit }) {
    const { world } = scene;
    const { catalog, model, toCatalog, toModel } = world;
    // What goes with the sage kettle goes with the clay one: all variants of a seed speak for it.
    const known = seeds.flatMap((ordinal) =>
      catalog.members[catalog.family[ordinal]!]!.filter((variant) => toModel[variant]! >= 0)
        .slice(0, VARIANTS_MAX)
        .map((variant) => ({ item: catalog.items[variant]!.id, weight: 1 / seeds.length })),
    );
    const scored = scoreCrossSell(model, known, {
      boughtWeight: settings.boughtWeight,
      popularityDamping: settings.popularityDamping,
      limit,
    });
    const candidates: Candidate[] = [];
    const proposed = new Set(seeds);
    for (const { index, score, evidence } of scored) {
      const ordinal = toCatalog[index]!;
      if (ordinal < 0 || proposed.has(ordinal)) continue;
      const isBought = evidence.row === "coPurchase";
      // Looked at together and of one kind is an alternative, not a complement.
      if (
        !isBought &&
        isSubstitute(
          catalog.items[ordinal]!,
          seeds.map((seed) => catalog.items[seed]!),
        )
      )
        continue;
      proposed.add(ordinal);
      candidates.push({
        ordinal,
        score,
        evidence: {
          code: isBought ? "bought_together" : "viewed_together",
          with: toCatalog[evidence.seed]!,
          times: evidence.times,
          customers: evidence.customers,
        },
      });
    }
    for (const seed of seeds) {
      catalog.items[seed]!.goesWith?.forEach((id, place) => {
        const ordinal = catalog.ordinal.get(id);
        if (ordinal === undefined || proposed.has(ordinal)) return;
        proposed.add(ordinal);
        candidates.push({
          ordinal,
          score: SHOP_PAIR_SCORE / (1 + place),
          evidence: { code: "shop_pairs", with: seed },
        });
      });
    }
    return candidates;
  },
};

const isSubstitute = (item: CatalogItem, seeds: readonly CatalogItem[]): boolean =>
  item.type !== undefined && seeds.some((seed) => seed.type === item.type);
