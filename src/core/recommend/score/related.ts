import type { ItemId } from "../../primitives/ids.ts";
import { addDirect, addOnward, close, takeFrom, open, strongest, type Scored } from "./scratch.ts";
import { significance } from "./significance.ts";
import type { RowName } from "../settings.ts";
import {
  neighboursOf,
  weightOf,
  type ModelSnapshot,
  type Neighbour,
  type RaggedRows,
} from "../snapshot/snapshot.ts";

/** How many are returned unless told: enough to leave some after the caller's own filters. */
const LIMIT = 100;

/** A pair that meets no more often than this is chance. Low: the supporters' threshold already hides rare pairs. */
const SIGNIFICANCE_MIN = 1;

/** An item to sell something with: what the page shows, or a line of the cart. Weights are relative. */
export type Seed = { readonly item: ItemId; readonly weight: number };

/** An item of the running visit; the current one has `ageRank` 0, the one before it 1, and so on. */
export type Recent = { readonly item: ItemId; readonly ageRank: number };

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
    if (found === 0) addRow(snapshot, "coVisit", index, share, addDirect);
    else addRow(snapshot, "coVisit", index, (boughtWeight - 1) * share, takeFrom);
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

// The first two held best over four public click sets; the step onward was fitted on the validation part of
// serenade-sample. test/bench/model.ts reports the test part.
const SEQUENCE_SHARE = 0.1;
const FADE_RANKS = 2;
const RECENT_MAX = 20;
const ONWARD_ITEMS = 10;
const ONWARD_SHARE = 0.5;

/**
 * What others who viewed the recent items viewed too: their co-visit rows and, for 20 %, their sequence rows, each
 * fading by exp(−`ageRank` ∕ 2). Then one step further: the ten strongest so far lend their own co-visit rows at half
 * weight, which fills short lists; where nothing else speaks for an answer its evidence is not `isDirect`.
 *
 * Recent items are among the answers, as strong as others came back to them; whether they may be shown again is the
 * slot's choice. One for which only that speaks has itself as the seed of its evidence.
 */
export function scoreAlsoViewed(snapshot: ModelSnapshot, recent: readonly Recent[], limit = LIMIT): Scored[] {
  open(snapshot);
  let taken = 0;
  for (const { item, ageRank } of recent) {
    const seed = snapshot.index.get(item);
    if (seed === undefined) continue;
    if (++taken > RECENT_MAX) break;
    const weight = Math.exp(-Math.max(0, ageRank) / FADE_RANKS);
    addRow(snapshot, "coVisit", seed, weight * (1 - SEQUENCE_SHARE), addDirect, addOnward);
    addRow(snapshot, "sequence", seed, weight * SEQUENCE_SHARE, addDirect);
  }
  for (const { index, score } of strongest(ONWARD_ITEMS)) {
    addRow(snapshot, "coVisit", index, ONWARD_SHARE * score, addOnward);
  }
  return close(snapshot, limit, () => false);
}

/** Adds a row's neighbours one way and, if told how, its owner another way. */
function addRow(
  snapshot: ModelSnapshot,
  row: RowName,
  seed: number,
  weight: number,
  add: typeof addDirect,
  addOwner?: typeof addDirect,
): void {
  const rows = snapshot.rows[row];
  const unit = (weight * rows.scales[seed]!) / 65_535;
  for (let e = rows.offsets[seed]!; e < rows.offsets[seed + 1]!; e++) {
    const index = rows.neighbours[e]!;
    if (index !== seed) add(index, rows.weights[e]! * unit, row, seed, e);
    else addOwner?.(index, rows.weights[e]! * unit, row, seed, e);
  }
}

/**
 * Items that people bought after they had only viewed this one, or had bought this one before; most frequent first.
 * Whether such an item is a better one for the same need is for the caller to see, who knows types and prices.
 */
export function tradeUpCounts(snapshot: ModelSnapshot, item: ItemId): Neighbour[] {
  const index = snapshot.index.get(item);
  return index === undefined ? [] : neighboursOf(snapshot, "tradeUp", index);
}
