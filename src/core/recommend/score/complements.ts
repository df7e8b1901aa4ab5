import type { ItemId } from "../../primitives/ids.ts";
import { weightOf, type ModelSnapshot, type RaggedRows } from "../snapshot/snapshot.ts";
import { addDirect, addOnward, close, open, strongest, takeFrom, type Scored } from "./scratch.ts";
import { surprise } from "./surprise.ts";

/** How many are returned unless told: enough to leave some after the caller's own filters. */
const LIMIT = 100;

/** Different seeds that are read; no cart is that long, and time must not depend on who says so. */
const SEEDS_MAX = 500;

/** A pair that meets no more often than this is chance. Low: the supporters' threshold already hides rare pairs. */
const SURPRISE_MIN = 1;

/**
 * With fewer complements than this, what goes with those is asked too; so much of their score it has to share. A list of
 * one item is no list, and what a rare item's few companions are bought with is seldom far from it.
 */
const SHORT = 10;
const ONWARD_SHARE = 0.5;

/** An item to sell something with: what the page shows, or a line of the cart. Weights are relative. */
export type Seed = { readonly item: ItemId; readonly weight: number };

export type CrossSellSettings = {
  /** 0 to 1: what was bought together against what was viewed together; 0 asks for the latter alone. */
  readonly boughtWeight?: number | undefined;
  /** 0 favours bestsellers, 1 rarities. */
  readonly popularityDamping?: number | undefined;
  readonly limit?: number | undefined;
};

/**
 * Complements of the seeds: what is bought with them, popular items held back by
 * (baskets with the item + 1)^`popularityDamping`, less what is merely viewed beside them, since items that are
 * compared are substitutes. Each seed's row is brought to a sum of 1 first, so that a bestseller in the cart does not
 * drown the rest. The more seeds speak, the more pairs of mere luck do: with n of them each pair is weighed by how sure
 * it is to the power of 1 − 1 ∕ n, so that one seed alone is read as it is. Where nobody has bought anything with any
 * seed, what is viewed beside them stands in; the evidence tells which. The seeds themselves are never among the answers.
 * Source: Hao et al., "P-Companion" (2020), for purchases minus views.
 */
export function scoreCrossSell(
  snapshot: ModelSnapshot,
  seeds: readonly Seed[],
  settings: CrossSellSettings = {},
): Scored[] {
  const { limit = LIMIT } = settings;
  const boughtWeight = shareOf(settings.boughtWeight ?? 0.8);
  const popularityDamping = shareOf(settings.popularityDamping ?? 0.22);
  const known = knownSeeds(snapshot, seeds);
  const caution = 1 - 1 / seedsThatSpeak(known);
  open(snapshot);
  let found = 0;
  for (const [index, weight] of known) {
    if (!(boughtWeight > 0)) break;
    const shares = complementShares(snapshot, index, popularityDamping, caution);
    for (const { index: other, share, entry } of shares) {
      addDirect(other, boughtWeight * weight * share, "coPurchase", index, entry);
    }
    found += shares.length;
  }
  if (found > 0 && found < SHORT) {
    for (const { index, score } of strongest(SHORT)) {
      for (const { index: other, share, entry } of complementShares(
        snapshot,
        index,
        popularityDamping,
        caution,
      )) {
        addOnward(other, ONWARD_SHARE * score * share, "coPurchase", index, entry);
      }
    }
  }
  for (const [index, weight] of known) {
    const share = weight / othersShare(snapshot.rows.coVisit, index);
    if (found === 0) addViewed(snapshot, index, share, addDirect);
    else addViewed(snapshot, index, (boughtWeight - 1) * share, takeFrom);
  }
  return close(snapshot, limit, (index) => known.has(index));
}

/** A number brought into [0, 1]; what is none is 0. */
const shareOf = (value: number): number => (value > 0 ? Math.min(1, value) : 0);

/** The seeds that the snapshot knows, each once: named twice, it weighs twice. The heaviest of too many. */
function knownSeeds(snapshot: ModelSnapshot, seeds: readonly Seed[]): ReadonlyMap<number, number> {
  const known = new Map<number, number>();
  for (const { item, weight } of seeds) {
    const index = snapshot.index.get(item);
    if (index === undefined || !(weight > 0) || weight === Infinity) continue;
    known.set(index, (known.get(index) ?? 0) + weight);
  }
  if (known.size <= SEEDS_MAX) return known;
  return new Map([...known].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, SEEDS_MAX));
}

/** How many seeds of equal weight would be as much of a choir: (Σ w)² ∕ Σ w², at least 1. */
function seedsThatSpeak(known: ReadonlyMap<number, number>): number {
  let sum = 0;
  let squares = 0;
  for (const weight of known.values()) {
    sum += weight;
    squares += weight * weight;
  }
  const count = (sum * sum) / squares;
  return count > 1 ? count : 1;
}

/** A complement of one item, with its share of all that goes with it. */
export type Share = { readonly index: number; readonly share: number; readonly entry: number };

/**
 * What is bought with one item more often than by chance, as shares of 1, in the order of its row.
 * @param caution exponent, 0 to 1, on how sure a pair is
 */
export function complementShares(
  snapshot: ModelSnapshot,
  seed: number,
  damping: number,
  caution: number,
): Share[] {
  const { inBaskets } = snapshot;
  const rows = snapshot.rows.coPurchase;
  const from = rows.offsets[seed] ?? 0;
  const to = rows.offsets[seed + 1] ?? from;
  let rowWeight = 0;
  for (let e = from; e < to; e++) rowWeight += weightOf(rows, seed, e);
  // By chance an item would have the share of its own purchases in all others'. Weights are told of every basket, while
  // a large one gives only some of its pairs to be counted: so the lift comes from weights, and certainty from counts.
  const others = purchasesOf(snapshot) - inBaskets[seed]!;
  const shares: { index: number; share: number; entry: number }[] = [];
  let total = 0;
  for (let entry = from; entry < to; entry++) {
    const index = rows.neighbours[entry]!;
    const weight = weightOf(rows, seed, entry);
    const sure = surprise(
      rows.times[entry]!,
      (((weight * snapshot.liftSlack) / rowWeight) * others) / Math.max(1, inBaskets[index]!),
    );
    if (sure < SURPRISE_MIN) continue;
    const share = (weight / (inBaskets[index]! + 1) ** damping) * sure ** caution;
    total += share;
    shares.push({ index, share, entry });
  }
  if (!(total > 0)) return [];
  for (const one of shares) one.share /= total;
  return shares;
}

const purchases = new WeakMap<ModelSnapshot, number>();

/** Items in all baskets together, each item once a basket. Summed up once for a snapshot. */
function purchasesOf(snapshot: ModelSnapshot): number {
  let sum = purchases.get(snapshot);
  if (sum === undefined) {
    sum = snapshot.inBaskets.reduce((all, one) => all + one, 0);
    purchases.set(snapshot, sum);
  }
  return sum;
}

/** What an item's row leaves for others than itself, above 0. */
function othersShare(rows: RaggedRows, item: number): number {
  const row = rows.neighbours.subarray(rows.offsets[item]!, rows.offsets[item + 1]!);
  const own = row.indexOf(item);
  return own < 0 ? 1 : Math.max(1e-6, 1 - weightOf(rows, item, rows.offsets[item]! + own));
}

/** Adds what is viewed beside a seed, the seed itself left out. */
function addViewed(snapshot: ModelSnapshot, seed: number, weight: number, add: typeof addDirect): void {
  const rows = snapshot.rows.coVisit;
  const unit = (weight * rows.scales[seed]!) / 65_535;
  for (let e = rows.offsets[seed]!; e < rows.offsets[seed + 1]!; e++) {
    const index = rows.neighbours[e]!;
    if (index !== seed) add(index, rows.weights[e]! * unit, "coVisit", seed, e);
  }
}
