import type { EpochMs } from "../../primitives/time.ts";
import { supporters } from "../learn/counter-row.ts";
import { buyersOf, viewersOf } from "../learn/item-counts.ts";
import type { Model } from "../learn/model.ts";
import { blockOf, type Block } from "../learn/row-store.ts";
import { ROW_NAMES, type RowName } from "../settings.ts";
import type { ModelSnapshot, RaggedRows } from "./snapshot.ts";

/** How hard popular neighbours are held back where nothing else says: the exponent on a neighbour's visits. */
const VISIT_DAMPING = 0.2;

type Publication = {
  /** Different people that must stand behind a number for it to be published. Above the model's cap: nothing is. */
  readonly minCustomers: number;
  readonly version: number;
  readonly now: EpochMs;
};

/**
 * What may be told of the model now. A pair, a popularity count or a trending item with fewer than `minCustomers`
 * different people behind it is left out, and an item of which nothing may be told does not appear at all.
 */
export function publish(model: Model, { minCustomers, version, now }: Publication): ModelSnapshot {
  const { counts, settings } = model;
  const seen = (item: number) => viewersOf(counts, item) >= minCustomers;
  const sold = (item: number) => buyersOf(counts, item) >= minCustomers;
  const kept = model.ids.map((_, item) => item).filter((item) => seen(item) || sold(item));
  const places = new Int32Array(model.ids.length).fill(-1);
  for (const [place, item] of kept.entries()) places[item] = place;
  const items = kept.map((item) => model.ids[item]!);
  const visits = Uint32Array.from(kept, (item) => (seen(item) ? counts.visits[item]! : 0));
  const inBaskets = Uint32Array.from(kept, (item) => (sold(item) ? counts.baskets[item]! : 0));
  const buyers = Uint32Array.from(kept, (item) => (sold(item) ? counts.buyers[item]! : 0));
  const fade = 2 ** ((counts.zeroAt - now) / settings.trendingHalfLifeMs);
  const heat = Float32Array.from(kept, (item) =>
    seen(item) ? Math.min(counts.heat[item]! * fade, 3e38) : 0,
  );
  const ranked = (value: (place: number) => number) =>
    Uint32Array.from(kept.keys())
      .filter((place) => value(place) > 0)
      .sort((a, b) => value(b) - value(a) || a - b);
  const most = visits.reduce((max, one) => Math.max(max, one), 0) + 1;
  const rows = (name: RowName) => rowsOf(model, name, kept, places, minCustomers);
  return {
    version,
    publishedAt: now,
    minCustomers,
    supportersCap: settings.supportersCap,
    baskets: model.baskets,
    items,
    index: new Map(items.map((id, place) => [id, place])),
    visits,
    inBaskets,
    buyers,
    heat,
    popular: ranked((place) => buyers[place]! + visits[place]! / most),
    trending: ranked((place) => heat[place]!),
    rows: Object.fromEntries(ROW_NAMES.map((name) => [name, rows(name)])) as Record<RowName, RaggedRows>,
  };
}

function rowsOf(
  model: Model,
  name: RowName,
  kept: readonly number[],
  places: Int32Array,
  minCustomers: number,
): RaggedRows {
  const store = model.rows[name];
  const cap = store.supportersCap;
  const isShare = name === "coVisit" || name === "sequence";
  const isTold = ({ words, shorts, items, labels }: Block, slot: number) =>
    minCustomers <= cap &&
    shorts[labels + slot * cap + minCustomers - 1] !== 0 &&
    places[words[items + slot]!]! >= 0;
  // Two passes over the counters, so that the only thing made besides the answer is one row at a time.
  const rowOf = (item: number) => {
    if (!store.lengths[item]) return undefined;
    const block = blockOf(store, item);
    const slots: number[] = [];
    for (let slot = 0; slot < store.lengths[item]!; slot++) if (isTold(block, slot)) slots.push(slot);
    return { block, slots };
  };
  const offsets = new Uint32Array(kept.length + 1);
  for (const [place, item] of kept.entries()) {
    offsets[place + 1] = offsets[place]! + (rowOf(item)?.slots.length ?? 0);
  }
  const size = offsets[kept.length]!;
  const rows = {
    offsets,
    neighbours: kept.length <= 65_536 ? new Uint16Array(size) : new Uint32Array(size),
    scales: new Float32Array(kept.length),
    weights: new Uint16Array(size),
    times: new Uint16Array(size),
    customers: new Uint8Array(size),
  };
  const weights = new Float64Array(store.lengthMax);
  for (const [place, item] of kept.entries()) {
    const row = rowOf(item);
    if (!row || row.slots.length === 0) continue;
    const { block, slots } = row;
    let total = 0;
    for (const slot of slots) {
      const visits = model.counts.visits[block.words[block.items + slot]!]!;
      const weight = block.floats[block.weights + slot]!;
      weights[slot] = isShare ? weight / (visits + 1) ** VISIT_DAMPING : weight;
      total += weights[slot]!;
    }
    slots.sort((a, b) => weights[b]! - weights[a]! || a - b);
    const largest = weights[slots[0]!]!;
    rows.scales[place] = isShare ? largest / total : largest;
    for (const [i, slot] of slots.entries()) {
      const entry = offsets[place]! + i;
      rows.neighbours[entry] = places[block.words[block.items + slot]!]!;
      rows.weights[entry] = Math.max(1, Math.round((weights[slot]! / largest) * 65_535));
      rows.times[entry] = block.shorts[block.times + slot]!;
      rows.customers[entry] = Math.min(255, supporters(block.shorts, block.labels + slot * cap, cap));
    }
  }
  return rows;
}
