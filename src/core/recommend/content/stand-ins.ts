import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import { contentNeighbours, type Alike } from "./neighbours.ts";

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

/** Whether enough people saw or bought an item for the snapshot to tell of it; else it is cold. */
export function isWarm({ model, toModel }: Learned, ordinal: number): boolean {
  const index = toModel[ordinal] ?? -1;
  return index >= 0 && (model.visits[index]! > 0 || model.inBaskets[index]! > 0);
}

/** Whether an item has a published row, so that it can speak for others. */
export function hasRow({ model, toModel }: Learned, ordinal: number): boolean {
  const index = toModel[ordinal] ?? -1;
  if (index < 0) return false;
  const { coVisit, coPurchase } = model.rows;
  return lengthOf(coVisit.offsets, index) > 0 || lengthOf(coPurchase.offsets, index) > 0;
}

const lengthOf = (offsets: Uint32Array, index: number): number => offsets[index + 1]! - offsets[index]!;

/**
 * The items with learned rows that are most like one, best first: what was learned of them stands in for what is not
 * known of it yet. None for a sensitive item, and none where nothing is like it.
 * @example standIns(world, ordinalOfTheNewTeapot) // [{ ordinal: 7, similarity: 0.61 }, …]
 */
export function standIns(learned: Learned, ordinal: number, limit = TWINS_MAX): Alike[] {
  if (learned.sensitive.has(ordinal) || learned.model.items.length === 0) return [];
  return contentNeighbours(learned.catalog, ordinal, limit, (other) => hasRow(learned, other));
}

/** An item that speaks in a score: a seed for itself, or a twin for a cold seed. */
export type Voice = {
  readonly ordinal: number;
  /** Share of its seed's say; a seed that speaks for itself has 1, the twins of a cold one have 1 together. */
  readonly weight: number;
  /** The seed it speaks for. */
  readonly about: number;
  /** How like the seed it is; 1 for the seed itself. */
  readonly similarity: number;
};

/** Who speaks for some seeds: each that has a row for itself, else those most like it. Seeds nobody is like are silent. */
export function voicesOf(learned: Learned, seeds: readonly number[]): Voice[] {
  return seeds.flatMap((about): Voice[] => {
    if (hasRow(learned, about)) return [{ ordinal: about, weight: 1, about, similarity: 1 }];
    const twins = standIns(learned, about);
    const total = twins.reduce((sum, { similarity }) => sum + similarity ** SHARPNESS, 0);
    return twins.map(({ ordinal, similarity }) => ({
      ordinal,
      weight: similarity ** SHARPNESS / total,
      about,
      similarity,
    }));
  });
}

/** How much more the most alike have to say than those less so. */
const SHARPNESS = 2;
