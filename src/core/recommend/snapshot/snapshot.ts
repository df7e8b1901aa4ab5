import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { ROW_NAMES, type RowName } from "../settings.ts";
import type { TypePairs } from "./type-pairs.ts";
import { noSessions, type RecentSessions } from "./recent-sessions.ts";

/**
 * Rows of all items, one after the other: row `i` is the entries from `offsets[i]` up to `offsets[i + 1]`, the
 * heaviest first. An entry's weight is `weights[e] ∕ 65,535 × scales[i]`.
 */
export type RaggedRows = {
  readonly offsets: Uint32Array;
  readonly neighbours: Uint16Array | Uint32Array;
  readonly scales: Float32Array;
  readonly weights: Uint16Array;
  /** Events behind the entry; 65,535 means that or more. */
  readonly times: Uint16Array;
  /** Distinct people behind it; `supportersCap` means that or more. */
  readonly customers: Uint8Array;
};

/**
 * What isolates know of the model: only what at least `minCustomers` different people stand behind, numbers without
 * names. Immutable; `index` and all rows speak of items by their place in `items`.
 */
export type ModelSnapshot = {
  readonly version: number;
  readonly publishedAt: EpochMs;
  readonly minCustomers: number;
  readonly supportersCap: number;
  /** Baskets the model has seen. */
  readonly baskets: number;
  readonly items: readonly ItemId[];
  readonly index: ReadonlyMap<ItemId, number>;
  /** Per item: sessions that saw it, baskets with it, different buyers. 0 where too few people stand behind. */
  readonly visits: Uint32Array;
  readonly inBaskets: Uint32Array;
  readonly buyers: Uint32Array;
  /** Recent visits at `publishedAt`, each fading by the model's half-life. */
  readonly heat: Float32Array;
  /** Items from the most bought (then the most seen) down, and from the hottest down; those counted 0 are left out. */
  readonly popular: Uint32Array;
  readonly trending: Uint32Array;
  /**
   * `coVisit` and `sequence` weights are shares of their row, popular neighbours held back; a `coVisit` row includes
   * its owner, as heavy as it is visited. `coPurchase` weights are sums of 1 ∕ (basket size − 1); `tradeUp` weights
   * are counts.
   */
  readonly rows: Readonly<Record<RowName, RaggedRows>>;
  /**
   * How many times too low a lift made of these numbers may be, since rows and numbers do not move at the same time; 1:
   * not at all.
   */
  readonly liftSlack: number;
  readonly sessions: RecentSessions;
  readonly typePairs: TypePairs;
};

/** One neighbour of an item, with the numbers that speak for it. */
export type Neighbour = {
  readonly index: number;
  readonly weight: number;
  readonly times: number;
  readonly customers: number;
};

const noRows = (): RaggedRows => ({
  offsets: new Uint32Array(1),
  neighbours: new Uint16Array(0),
  scales: new Float32Array(0),
  weights: new Uint16Array(0),
  times: new Uint16Array(0),
  customers: new Uint8Array(0),
});

/** What a site knows before anybody came. @example emptySnapshot().items // [] */
export function emptySnapshot(): ModelSnapshot {
  return {
    version: 0,
    publishedAt: 0,
    minCustomers: 1,
    supportersCap: 1,
    baskets: 0,
    items: [],
    index: new Map(),
    visits: new Uint32Array(0),
    inBaskets: new Uint32Array(0),
    buyers: new Uint32Array(0),
    heat: new Float32Array(0),
    popular: new Uint32Array(0),
    trending: new Uint32Array(0),
    rows: Object.fromEntries(ROW_NAMES.map((name) => [name, noRows()])) as Record<RowName, RaggedRows>,
    liftSlack: 1,
    sessions: noSessions(),
    typePairs: new Map(),
  };
}

/** Weight of an entry of item `index`'s row. */
export const weightOf = (rows: RaggedRows, index: number, entry: number): number =>
  (rows.weights[entry]! / 65_535) * rows.scales[index]!;

/** The neighbours of an item in one row, heaviest first; none for an item the snapshot does not know. */
export function neighboursOf(snapshot: ModelSnapshot, row: RowName, index: number): Neighbour[] {
  const rows = snapshot.rows[row];
  const from = rows.offsets[index] ?? 0;
  const to = rows.offsets[index + 1] ?? from;
  const all = Array.from({ length: to - from }, (_, place) => ({
    index: rows.neighbours[from + place]!,
    weight: weightOf(rows, index, from + place),
    times: rows.times[from + place]!,
    customers: rows.customers[from + place]!,
  }));
  return all.filter((one) => one.index !== index);
}
