import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import type { ModelSnapshot, RaggedRows } from "../snapshot/snapshot.ts";
import { contentNeighbours, type Alike } from "./neighbours.ts";
import { remembered } from "./remembered.ts";

/** A catalog, what was learned about it, and which item is which; `World` is one. */
export type Learned = {
  readonly catalog: CatalogIndex;
  readonly model: ModelSnapshot;
  readonly toModel: Int32Array;
  readonly toCatalog: Int32Array;
  readonly sensitive: ReadonlySet<number>;
};

/** Items that speak together for a cold one. More say more about its kind and less about itself. */
const TWINS_MAX = 5;
/** Twins that may be shown themselves; nobody asks for more. */
const SHOWN_TWINS_MAX = 10;

/** Cold seeds that are asked about: each costs a search. */
const SEEDS_MAX = 3;
/** How much more the most alike have to say than those less so. */
const SHARPNESS = 2;

/** Whether enough people saw or bought an item for the snapshot to tell of it; else it is cold. */
export function isWarm({ model, toModel }: Learned, ordinal: number): boolean {
  const index = toModel[ordinal] ?? -1;
  return index >= 0 && (model.visits[index]! > 0 || model.inBaskets[index]! > 0);
}

/** Whether an item's published rows name others, so that it can speak for something. */
export function hasRow({ model, toModel }: Learned, ordinal: number): boolean {
  const index = toModel[ordinal] ?? -1;
  return index >= 0 && (namesOthers(model.rows.coVisit, index) || namesOthers(model.rows.coPurchase, index));
}

/** A co-visit row may hold its owner alone. */
function namesOthers({ offsets, neighbours }: RaggedRows, index: number): boolean {
  const from = offsets[index]!;
  const length = offsets[index + 1]! - from;
  return length > 1 || (length === 1 && neighbours[from] !== index);
}

/**
 * The items with learned rows that are most like one, best first: what was learned of them stands in for what is not
 * known of it yet. None for a sensitive item, and none where nothing is like it.
 * @example standIns(world, ordinalOfTheNewTeapot) // [{ ordinal: 7, similarity: 0.61 }, …]
 */
export function standIns(learned: Learned, ordinal: number, limit = TWINS_MAX): readonly Alike[] {
  if (learned.sensitive.has(ordinal) || learned.model.items.length === 0) return [];
  const isAbout = (other: number) => hasRow(learned, other);
  const all = remembered(learned, 2 * ordinal, () =>
    contentNeighbours(learned.catalog, ordinal, SHOWN_TWINS_MAX, isAbout),
  );
  return all.slice(0, limit);
}

/** A twin that speaks for a cold seed in a score. */
export type Voice = {
  readonly ordinal: number;
  /** The seed it speaks for. */
  readonly about: number;
  /** Its part of what is said; all voices of a question together have 1. */
  readonly weight: number;
  readonly similarity: number;
};

/** Who speaks for seeds that have nothing to say themselves: the twins of the first few. Each twin once. */
export function voicesOf(learned: Learned, seeds: readonly number[]): Voice[] {
  const heard = new Map<number, Voice>();
  for (const about of seeds.slice(0, SEEDS_MAX)) {
    for (const { ordinal, similarity } of standIns(learned, about)) {
      if (seeds.includes(ordinal) || similarity <= (heard.get(ordinal)?.similarity ?? 0)) continue;
      heard.set(ordinal, { ordinal, about, similarity, weight: similarity ** SHARPNESS });
    }
  }
  const voices = [...heard.values()];
  const total = voices.reduce((sum, { weight }) => sum + weight, 0);
  return voices.map((voice) => ({ ...voice, weight: voice.weight / total }));
}

/** Places deep in a list count less and less; at 10 the eleventh counts half of the first. */
const RANK_OFFSET = 10;

/**
 * What twins' rows say of a cold seed, and the twins themselves, fused by rank: two opinions without a common scale.
 * Scores come out on the scale of `ranked`; without any, the first has ½.
 * Source: reciprocal rank fusion, Cormack, Clarke and Büttcher (2009).
 * @param ranked what was learned of the twins, the best first
 * @param asTwin makes the candidate that a twin alone is
 */
export function fuseTwins<C extends { readonly ordinal: number; readonly score: number }>(
  learned: Learned,
  seed: number,
  ranked: readonly C[],
  asTwin: (twin: Alike) => C,
): C[] {
  const unit = ((ranked[0]?.score ?? 1) * RANK_OFFSET) / 2;
  const fused = new Map<number, C>();
  const add = (one: C, rank: number) => {
    const score = unit / (RANK_OFFSET + rank);
    const before = fused.get(one.ordinal);
    fused.set(one.ordinal, { ...(before ?? one), score: (before?.score ?? 0) + score });
  };
  for (const [rank, one] of ranked.entries()) add(one, rank);
  for (const [rank, twin] of standIns(learned, seed, SHOWN_TWINS_MAX).entries()) add(asTwin(twin), rank);
  return [...fused.values()].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
}
