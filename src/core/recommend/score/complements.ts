import type { ItemId } from "../../primitives/ids.ts";
import { weightOf, type ModelSnapshot, type RaggedRows } from "../snapshot/snapshot.ts";
import { addDirect, close, open, takeFrom, type Scored } from "./scratch.ts";
import { significance } from "./significance.ts";

/** How many are returned unless told: enough to leave some after the caller's own filters. */
const LIMIT = 100;

/** A pair that meets no more often than this is chance. Low: the supporters' threshold already hides rare pairs. */
const SIGNIFICANCE_MIN = 1;

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
 * drown the rest. Where nobody has bought anything with any seed, what is viewed beside them stands in; the evidence
 * tells which. The seeds themselves are never among the answers.
 * Source: Hao et al., "P-Companion" (2020), for purchases minus views.
 */
export function scoreCrossSell(
  snapshot: ModelSnapshot,
  seeds: readonly Seed[],
  { boughtWeight = 0.8, popularityDamping = 0.22, limit = LIMIT }: CrossSellSettings = {},
): Scored[] {
  const known = seeds.flatMap(({ item, weight }) => {
    const index = snapshot.index.get(item);
    return index === undefined || !(weight > 0) ? [] : [{ index, weight }];
  });
  const isSeed = (index: number) => known.some((seed) => seed.index === index);
  open(snapshot);
  let found = 0;
  for (const { index, weight } of known) {
    if (boughtWeight > 0) found += addComplements(snapshot, index, boughtWeight * weight, popularityDamping);
  }
  for (const { index, weight } of known) {
    const share = weight / othersShare(snapshot.rows.coVisit, index);
    if (found === 0) addViewed(snapshot, index, share, addDirect);
    else addViewed(snapshot, index, (boughtWeight - 1) * share, takeFrom);
  }
  return close(snapshot, limit, isSeed);
}

/** What an item's row leaves for others than itself, above 0. */
function othersShare(rows: RaggedRows, item: number): number {
  const row = rows.neighbours.subarray(rows.offsets[item]!, rows.offsets[item + 1]!);
  const own = row.indexOf(item);
  return own < 0 ? 1 : Math.max(1e-6, 1 - weightOf(rows, item, rows.offsets[item]! + own));
}

// Reused by every call; a row is at most as long as the model's longest.
const amounts: number[] = [];

function addComplements(snapshot: ModelSnapshot, seed: number, weight: number, damping: number): number {
  const { inBaskets, baskets } = snapshot;
  const rows = snapshot.rows.coPurchase;
  const from = rows.offsets[seed]!;
  const to = rows.offsets[seed + 1]!;
  let total = 0;
  for (let e = from; e < to; e++) {
    const other = inBaskets[rows.neighbours[e]!]!;
    const isChance = significance(rows.times[e]!, inBaskets[seed]!, other, baskets) < SIGNIFICANCE_MIN;
    const amount = isChance ? 0 : weightOf(rows, seed, e) / (other + 1) ** damping;
    amounts[e - from] = amount;
    total += amount;
  }
  if (total === 0) return 0;
  for (let e = from; e < to; e++) {
    const amount = amounts[e - from]!;
    if (amount > 0) addDirect(rows.neighbours[e]!, (weight * amount) / total, "coPurchase", seed, e);
  }
  return to - from;
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
