import type { CatalogItem } from "../../catalog/item.ts";
import { scoreCrossSell } from "../../recommend/score/complements.ts";
import type { World } from "../world.ts";
import { throughTwins, withArrivals } from "./cold.ts";
import { keptAnswers } from "./kept-answers.ts";
import { boughtWithKind } from "./kind-pairs.ts";
import type { Ask, Candidate, Strategy } from "./strategy.ts";

/** Most that what nobody was seen to buy together scores beside what was learned: above nothing, below evidence. */
const BEHIND = 1e-4;
const VARIANTS_MAX = 12;
const ofPage = keptAnswers();

/**
 * A complement to what is in hand: size-normalised co-purchase minus co-view (McAuley's and P-Companion's substitutes),
 * significance as a gate only; then the pairs the shop itself names; then best sellers of the kinds that are bought with
 * the seeds' kinds.
 */
export const crossSell: Strategy = {
  name: "cross_sell",
  propose(ask) {
    const { world, market } = ask.scene;
    const { boughtWeight, popularityDamping, coldStart } = ask.settings;
    const seeds = [...new Set(ask.seeds)];
    // A page is everybody's, a cart is one's own.
    if (seeds.length > 1) return complements(ask, seeds);
    const key = [seeds[0], market, boughtWeight, popularityDamping, coldStart, ask.limit].join(" ");
    return ofPage(world, key, () => complements(ask, seeds));
  },
};

/** The same without remembering. Hangs on the shop, the market and the settings alone. */
function complements(ask: Ask, seeds: readonly number[]): Candidate[] {
  const { scene, limit } = ask;
  const taken = new Set(seeds);
  const take = (more: Candidate[]) => {
    for (const { ordinal } of more) taken.add(ordinal);
    return more;
  };
  const learned = take(boughtWith(ask, seeds));
  const named = take(behind(learned, namedByShop(scene.world, seeds, taken)));
  const cold = take(behind([...learned, ...named], coldOnes(ask, seeds, learned)));
  const known = [...learned, ...named, ...cold];
  return [...known, ...behind(known, boughtWithKind(scene, seeds, taken, Math.max(0, limit - known.length)))];
}

/** What people bought with the seeds; where nobody bought any, what they looked at beside them and is of another kind. */
function boughtWith({ scene, settings, limit }: Ask, seeds: readonly number[]): Candidate[] {
  const { catalog, model, toCatalog, toModel } = scene.world;
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
  const seedTypes = new Set(seeds.map((seed) => catalog.items[seed]!.type));
  // Looked at together and of one kind is an alternative, not a complement.
  const isSubstitute = ({ type }: CatalogItem) => type !== undefined && seedTypes.has(type);
  return scored.flatMap(({ index, score, evidence }): Candidate[] => {
    const ordinal = toCatalog[index]!;
    const isBought = evidence.row === "coPurchase";
    if (ordinal < 0 || seeds.includes(ordinal)) return [];
    if (!isBought && isSubstitute(catalog.items[ordinal]!)) return [];
    const { times, customers } = evidence;
    const code = isBought ? "bought_together" : "viewed_together";
    return [{ ordinal, score, evidence: { code, with: toCatalog[evidence.seed]!, times, customers } }];
  });
}

/**
 * Cold items that are like the complements; where nothing was learned of the seeds, what goes with their like. Scores in
 * (0, 1].
 */
function coldOnes(
  { scene, settings, limit }: Ask,
  seeds: readonly number[],
  learned: readonly Candidate[],
): Candidate[] {
  const { world } = scene;
  if (!settings.coldStart) return [];
  if (learned.length > 0) {
    const known = new Set(learned);
    const most = learned.reduce((max, { score }) => Math.max(max, score), 0);
    return withArrivals(world, seeds, learned, limit + learned.length)
      .filter((one) => !known.has(one))
      .map((one) => ({ ...one, score: one.score / most }));
  }
  const { boughtWeight, popularityDamping } = settings;
  const byTwins = throughTwins(
    world,
    seeds,
    (voices) =>
      scoreCrossSell(
        world.model,
        voices.map(({ ordinal, weight }) => ({ item: world.catalog.items[ordinal]!.id, weight })),
        { boughtWeight, popularityDamping, limit },
      ),
    limit,
  );
  // What is merely like a seed is an alternative to it, not a complement.
  const complements = byTwins.filter(({ evidence }) => evidence.code !== "same_type");
  const most = complements.reduce((max, { score }) => Math.max(max, score), 0);
  return complements.map((one) => ({ ...one, score: one.score / most }));
}

/** What the shop says goes with the seeds, each once: what it names first with any seed comes first. */
function namedByShop({ catalog }: World, seeds: readonly number[], taken: ReadonlySet<number>): Candidate[] {
  const named = new Map<number, Candidate>();
  for (const seed of seeds) {
    for (const [place, id] of (catalog.items[seed]!.goesWith ?? []).entries()) {
      const ordinal = catalog.ordinal.get(id);
      if (ordinal === undefined || taken.has(ordinal) || named.has(ordinal)) continue;
      named.set(ordinal, {
        ordinal,
        score: 1 / (1 + place),
        evidence: { code: "shop_pairs", with: seed },
      });
    }
  }
  return [...named.values()].sort((a, b) => b.score - a.score);
}

/** Candidates with scores in (0, 1], put behind others: the best of them scores half as much as the last of those. */
function behind(others: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const least = others.reduce((min, { score }) => Math.min(min, score / 2), BEHIND);
  return candidates.map((one) => ({ ...one, score: one.score * least }));
}
