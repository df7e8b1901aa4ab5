import { throughTwins, withArrivals } from "../../../src/core/decide/strategy/cold.ts";
import type { Candidate } from "../../../src/core/decide/strategy/strategy.ts";
import type { World } from "../../../src/core/decide/world.ts";
import { contentNeighbours } from "../../../src/core/recommend/content/neighbours.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import { popularItems } from "../../../src/core/recommend/score/ranked.ts";
import { isHidden, worldWithout, type Shop } from "./shop.ts";

/** Items of a list. */
const SHOWN = 10;
/** Candidates that a list is cut from. */
const DEPTH = 50;

type Tally = Record<string, { sum: number; count: number }>;

function note(tally: Tally, name: string, value: number, count = 1): void {
  const one = (tally[name] ??= { sum: 0, count: 0 });
  one.sum += value;
  one.count += count;
}

const idsOf = (world: World, list: readonly { readonly ordinal: number }[]): string[] =>
  list.slice(0, SHOWN).map(({ ordinal }) => world.catalog.items[ordinal]!.id);

const ordinalOf = (world: World, id: string): number => world.catalog.ordinal.get(id)!;

/** What is bought with one item that has rows, as learned candidates. */
function learnedFor(world: World, id: string): Candidate[] {
  const scored = scoreCrossSell(world.model, [{ item: id, weight: 1 }], { limit: DEPTH });
  return scored.flatMap(({ index, score, evidence }) => {
    const ordinal = world.toCatalog[index]!;
    const { times, customers } = evidence;
    const pair = { code: "bought_together", with: ordinalOf(world, id), times, customers } as const;
    return ordinal < 0 ? [] : [{ ordinal, score, evidence: pair }];
  });
}

/** The product's list for a cold item. */
function coldList(world: World, id: string): Candidate[] {
  return throughTwins(
    world,
    [ordinalOf(world, id)],
    (voices) =>
      scoreCrossSell(
        world.model,
        voices.map(({ ordinal, weight }) => ({ item: world.catalog.items[ordinal]!.id, weight })),
        { limit: DEPTH },
      ),
    DEPTH,
  );
}

/**
 * One hidden item of each later basket, by lot but always the same, asks for ten others: is one of them in the basket?
 * Beside the product: popularity, likeness alone, and what the item's own rows say where they are not hidden.
 */
function seeds(shop: Shop, world: World, whole: World, fold: number, tally: Tally): void {
  const popular = popularItems(world.model, SHOWN).map(({ index }) => world.model.items[index]!);
  const lists = new Map<string, Record<string, readonly string[]>>();
  for (const basket of shop.later) {
    const known = basket.items.filter((id) => shop.sold.has(id) && world.catalog.ordinal.has(id));
    const cold = known.filter((id) => isHidden(id, fold));
    const rest = new Set(known.filter((id) => !isHidden(id, fold)));
    if (cold.length === 0 || rest.size === 0) continue;
    const seed = cold[Number.parseInt(basket.id, 10) % cold.length]!;
    if (!lists.has(seed)) {
      const from = performance.now();
      const ours = coldList(world, seed);
      note(tally, "coldUs", (performance.now() - from) * 1000);
      const own = learnedFor(whole, seed).filter(
        ({ ordinal }) => !isHidden(world.catalog.items[ordinal]!.id, fold),
      );
      const isKnown = (ordinal: number) => world.toModel[ordinal]! >= 0;
      lists.set(seed, {
        ours: idsOf(world, ours),
        alike: idsOf(world, contentNeighbours(world.catalog, ordinalOf(world, seed), SHOWN, isKnown)),
        popular,
        own: idsOf(whole, own),
      });
    }
    const answer = lists.get(seed)!;
    for (const [name, list] of Object.entries(answer))
      note(tally, `seed.${name}`, list.some((id) => rest.has(id)) ? 1 : 0);
    note(tally, "seed.answered", answer["ours"]!.length > 0 ? 1 : 0);
  }
}

/** One known item of each later basket asks for ten others: do cold ones come up, are they right, what do they cost? */
function candidates(shop: Shop, world: World, whole: World, fold: number, tally: Tally): void {
  for (const basket of shop.later) {
    const known = basket.items.filter((id) => shop.sold.has(id) && world.catalog.ordinal.has(id));
    const warm = known.filter((id) => !isHidden(id, fold));
    if (warm.length === 0 || known.length < 2) continue;
    const seed = warm[Number.parseInt(basket.id, 10) % warm.length]!;
    const wanted = new Set(known.filter((id) => id !== seed));
    const learned = learnedFor(world, seed);
    const from = performance.now();
    const both = withArrivals(world, [ordinalOf(world, seed)], learned, DEPTH);
    note(tally, "arrivalsUs", (performance.now() - from) * 1000);
    const isWanted = (id: string) => wanted.has(id);
    const without = idsOf(world, learned);
    const shown = idsOf(world, both);
    const coldShown = shown.filter((id) => isHidden(id, fold));
    const coldWanted = [...wanted].filter((id) => isHidden(id, fold));
    note(tally, "list.hrWithout", without.some(isWanted) ? 1 : 0);
    note(tally, "list.hrWith", shown.some(isWanted) ? 1 : 0);
    note(tally, "list.precisionWithout", without.filter(isWanted).length / SHOWN);
    note(tally, "list.precisionWith", shown.filter(isWanted).length / SHOWN);
    note(tally, "list.coldShown", coldShown.length);
    note(tally, "list.coldPrecision", coldShown.filter(isWanted).length, coldShown.length);
    note(tally, "list.coldRecall", coldWanted.filter((id) => shown.includes(id)).length, coldWanted.length);
    const own = idsOf(whole, learnedFor(whole, seed));
    note(tally, "list.ownRecall", coldWanted.filter((id) => own.includes(id)).length, coldWanted.length);
  }
}

/** All figures of a shop at one threshold of customers, over some folds; shares are means over baskets. */
export function measure(shop: Shop, minCustomers: number, folds: readonly number[]): Record<string, number> {
  const tally: Tally = {};
  const whole = worldWithout(shop, minCustomers);
  for (const fold of folds) {
    const world = worldWithout(shop, minCustomers, fold);
    seeds(shop, world, whole, fold, tally);
    candidates(shop, world, whole, fold, tally);
  }
  const figures = Object.entries(tally).map(([name, { sum, count }]) => [
    name,
    Number((sum / Math.max(1, count)).toFixed(name.endsWith("Us") ? 0 : 4)),
  ]);
  return { ...Object.fromEntries(figures), "seed.tests": tally["seed.ours"]?.count ?? 0 };
}
