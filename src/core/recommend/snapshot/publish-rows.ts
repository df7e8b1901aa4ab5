import { likedShare } from "../learn/liked-share.ts";
import { supporters } from "../learn/counter-row.ts";
import type { Model } from "../learn/model.ts";
import { blockOf, type Block, type RowStore } from "../learn/row-store.ts";
import { ROW_NAMES, type RowName } from "../settings.ts";
import type { RaggedRows } from "./snapshot.ts";
import type { ToldCounts } from "./told-counts.ts";

/** How hard popular neighbours are held back where nothing else says: the exponent on a neighbour's visits. */
const VISIT_DAMPING = 0.2;

/** Items of the model that are published, each with its place; −1 for one that is not. */
type Published = { readonly kept: readonly number[]; readonly places: Int32Array };

/**
 * The rows that may be told: of each only counters with `minCustomers` different people behind them, and of those no
 * more than let all rows fit into `bytesMax`, the heaviest first and the same number in every row.
 * @param keep has the last word on each kind of rows, one kind after the other, so that they are never all held twice
 */
export function publishRows(
  model: Model,
  published: Published,
  told: ToldCounts,
  minCustomers: number,
  bytesMax: number,
  keep: (name: RowName, fresh: RaggedRows) => RaggedRows = (_, fresh) => fresh,
): Record<RowName, RaggedRows> {
  const lengths = new Map(
    ROW_NAMES.map((name) => [name, toldLengths(model.rows[name], published, minCustomers)] as const),
  );
  const entryBytes = published.kept.length <= 65_536 ? 7 : 9;
  const longest = longestWithin([...lengths.values()], Math.floor(bytesMax / entryBytes));
  return Object.fromEntries(
    ROW_NAMES.map((name) => [
      name,
      keep(
        name,
        rowsOf(
          model,
          name,
          published,
          minCustomers,
          lengths.get(name)!.map((length) => Math.min(length, longest)),
          told,
        ),
      ),
    ]),
  ) as Record<RowName, RaggedRows>;
}

function isTold(
  store: RowStore,
  block: Block,
  slot: number,
  places: Int32Array,
  minCustomers: number,
): boolean {
  const cap = store.supportersCap;
  return (
    minCustomers <= cap &&
    block.bytes[block.labels + slot * cap + minCustomers - 1] !== 0 &&
    places[block.words[block.items + slot]!]! >= 0
  );
}

function toldLengths(store: RowStore, { kept, places }: Published, minCustomers: number): Uint16Array {
  return Uint16Array.from(kept, (item) => {
    const length = store.lengths[item] ?? 0;
    if (length === 0) return 0;
    const block = blockOf(store, item);
    let told = 0;
    for (let slot = 0; slot < length; slot++) if (isTold(store, block, slot, places, minCustomers)) told++;
    return told;
  });
}

/** The greatest length that rows may have so that no more than `entriesMax` entries are left, by eighths. */
function longestWithin(lengths: readonly Uint16Array[], entriesMax: number): number {
  let longest = 0;
  for (const some of lengths) for (const length of some) if (length > longest) longest = length;
  while (longest > 1) {
    let entries = 0;
    for (const some of lengths) for (const length of some) entries += Math.min(length, longest);
    if (entries <= entriesMax) break;
    longest = Math.floor((longest * 7) / 8);
  }
  return longest;
}

function rowsOf(
  model: Model,
  name: RowName,
  { kept, places }: Published,
  minCustomers: number,
  lengths: Uint16Array,
  told: ToldCounts,
): RaggedRows {
  const store = model.rows[name];
  const cap = store.supportersCap;
  const isShare = name === "coVisit" || name === "sequence";
  const offsets = new Uint32Array(kept.length + 1);
  for (let place = 0; place < kept.length; place++) offsets[place + 1] = offsets[place]! + lengths[place]!;
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
  const slots: number[] = [];
  for (const [place, item] of kept.entries()) {
    if (lengths[place] === 0) continue;
    const block = blockOf(store, item);
    slots.length = 0;
    let total = 0;
    for (let slot = 0; slot < store.lengths[item]!; slot++) {
      if (!isTold(store, block, slot, places, minCustomers)) continue;
      const other = block.words[block.items + slot]!;
      const visits = told.visits[places[other]!]!;
      const liked = name === "coPurchase" ? likedShare(model.counts, other, model.baskets) : 1;
      const weight = block.floats[block.weights + slot]! * liked;
      weights[slot] = isShare ? weight / (visits + 1) ** VISIT_DAMPING : weight;
      total += weights[slot]!;
      slots.push(slot);
    }
    slots.sort((a, b) => weights[b]! - weights[a]! || a - b);
    const largest = weights[slots[0]!]!;
    rows.scales[place] = isShare ? largest / total : largest;
    for (let i = 0; i < lengths[place]!; i++) {
      const slot = slots[i]!;
      const entry = offsets[place]! + i;
      rows.neighbours[entry] = places[block.words[block.items + slot]!]!;
      rows.weights[entry] = Math.max(1, Math.round((weights[slot]! / largest) * 65_535));
      rows.times[entry] = block.shorts[block.times + slot]!;
      rows.customers[entry] = Math.min(255, supporters(block.bytes, block.labels + slot * cap, cap));
    }
  }
  return rows;
}
