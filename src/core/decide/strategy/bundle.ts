import { isAvailable, priceOf, type CatalogItem } from "../../catalog/item.ts";
import { completeSet, type Piece } from "../../recommend/score/bundle.ts";
import { scoreCrossSell } from "../../recommend/score/complements.ts";
import { settledOf } from "../eligibility.ts";
import type { Scene } from "../scene.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Pieces of a set at most; a slot that shows fewer shows the first of them, which are a set too. */
const SIZE_MAX = 6;
/** Complements that pieces are chosen from. */
const PIECES_MAX = 120;
const SEEDS_MAX = 20;

/**
 * Completes the set: two or more complements of the seeds that also go with each other, of different kinds, that together
 * cost at most `bundlePriceMax` times what they complete. Unlike other recipes it leaves out from the start what this
 * person may not be shown, because a set does not survive the loss of a piece. Without a price nothing can be said of a
 * seed's worth or a piece's cost, and such seeds and pieces are left out, as are those in another currency.
 */
export const bundle: Strategy = {
  name: "bundle",
  propose({ scene, seeds, settings, limit }) {
    const { catalog, model, toCatalog, toModel } = scene.world;
    const about = [...new Set(seeds)].filter((seed) => catalog.items[seed]).slice(0, SEEDS_MAX);
    const worth = worthOf(
      about.map((seed) => catalog.items[seed]!),
      scene.market,
    );
    if (!worth) return [];
    const known = about.map((seed) => toModel[seed]!).filter((index) => index >= 0);
    const pieces = piecesFor(scene, about, worth.currency, settings.popularityDamping);
    const kinds = about.flatMap((seed) => catalog.items[seed]!.type ?? []);
    const set = completeSet(model, known, new Set(kinds), pieces, {
      priceMax: worth.minor * settings.bundlePriceMax,
      sizeMax: Math.min(SIZE_MAX, limit),
      popularityDamping: settings.popularityDamping,
    });
    let last = 1;
    return set.map(({ piece, score, evidence: { with: other, times, customers } }): Candidate => {
      // Pieces are chosen one upon the other: a later one may fit better than an earlier, and still stands behind it.
      last = Math.min(last, score);
      return {
        ordinal: toCatalog[piece.index]!,
        score: last,
        evidence: { code: "bought_together", with: toCatalog[other]!, times, customers },
      };
    });
  },
};

/** What the items cost together, each once, in the currency of the first that has a price. */
function worthOf(items: readonly CatalogItem[], market: string | undefined) {
  const prices = items.flatMap((item) => priceOf(item, market) ?? []).filter(({ minor }) => minor > 0);
  const currency = prices[0]?.currency;
  if (currency === undefined) return undefined;
  const minor = prices.reduce((sum, price) => sum + (price.currency === currency ? price.minor : 0), 0);
  return { minor, currency };
}

/** Complements of the seeds that this person may be shown and that have a price in this currency; one per family. */
function piecesFor(
  scene: Scene,
  seeds: readonly number[],
  currency: string,
  popularityDamping: number,
): Piece[] {
  const { catalog, model, toCatalog, toModel } = scene.world;
  const { ownedAt, refused } = settledOf(scene);
  const families = new Set(
    [...seeds, ...scene.cart, scene.current].map((ordinal) => catalog.family[ordinal]),
  );
  const asked = seeds
    .filter((seed) => toModel[seed]! >= 0)
    .map((seed) => ({ item: catalog.items[seed]!.id, weight: 1 }));
  const scored = scoreCrossSell(model, asked, { boughtWeight: 1, popularityDamping, limit: PIECES_MAX });
  return scored.flatMap(({ index, evidence }): Piece[] => {
    const ordinal = toCatalog[index]!;
    if (ordinal < 0 || evidence.row !== "coPurchase" || scene.excluded.has(ordinal)) return [];
    const item = catalog.items[ordinal]!;
    const family = catalog.family[ordinal]!;
    const price = priceOf(item, scene.market);
    if (!isAvailable(item, scene.market) || price?.currency !== currency) return [];
    if (families.has(family) || ownedAt.has(family) || refused.has(family)) return [];
    families.add(family);
    return [{ index, price: price.minor, kind: item.type }];
  });
}
