import { ROW_NAMES, type RowName } from "../settings.ts";
import { weightOf, type ModelSnapshot, type RaggedRows } from "./snapshot.ts";

type Entry = {
  readonly neighbour: number;
  readonly weight: number;
  readonly times: number;
  readonly customers: number;
};

/**
 * The new snapshot, where a row stays as it was told before until its item's own told number has moved: until then too
 * few people have acted on the item for the difference not to be about one of them. When a row does move, it moves for
 * everybody who acted since. Only a pair that has just found its last missing supporter does not wait.
 * @param previous what was told before; the same `minCustomers`
 * @param fresh what the model says now, its items' numbers in steps
 */
export function steady(previous: ModelSnapshot, fresh: ModelSnapshot): ModelSnapshot {
  const places = Int32Array.from(previous.items, (id) => fresh.index.get(id) ?? -1);
  const rows = (name: RowName) => {
    const isBought = name === "coPurchase" || name === "tradeUp";
    const [was, is] = [previous, fresh].map((one) => (isBought ? one.inBaskets : one.visits));
    return steadyRows(previous.rows[name], fresh.rows[name], places, (place) => {
      const before = previous.index.get(fresh.items[place]!);
      return before !== undefined && was![before] === is![place] ? before : -1;
    });
  };
  return {
    ...fresh,
    rows: Object.fromEntries(ROW_NAMES.map((name) => [name, rows(name)])) as Record<RowName, RaggedRows>,
  };
}

/** @param heldAs the place that an item's row had before, where it is held; −1 where it is told anew */
function steadyRows(
  old: RaggedRows,
  fresh: RaggedRows,
  places: Int32Array,
  heldAs: (place: number) => number,
): RaggedRows {
  const owners = fresh.scales.length;
  const all: Entry[][] = [];
  for (let place = 0; place < owners; place++) {
    const entries = entriesOf(fresh, place);
    const before = heldAs(place);
    if (before < 0) {
      all.push(entries);
      continue;
    }
    const held = entriesOf(old, before)
      .map((entry) => ({ ...entry, neighbour: places[entry.neighbour]! }))
      .filter(({ neighbour }) => neighbour >= 0);
    const known = new Set(held.map(({ neighbour }) => neighbour));
    const arrived = entries.filter(({ neighbour }) => !known.has(neighbour));
    all.push(arrived.length === 0 ? held : [...held, ...arrived].sort((a, b) => b.weight - a.weight));
  }
  return packed(all, fresh.neighbours instanceof Uint16Array);
}

function entriesOf(rows: RaggedRows, place: number): Entry[] {
  const entries: Entry[] = [];
  for (let e = rows.offsets[place]!; e < rows.offsets[place + 1]!; e++)
    entries.push({
      neighbour: rows.neighbours[e]!,
      weight: weightOf(rows, place, e),
      times: rows.times[e]!,
      customers: rows.customers[e]!,
    });
  return entries;
}

function packed(all: readonly (readonly Entry[])[], isNarrow: boolean): RaggedRows {
  const offsets = new Uint32Array(all.length + 1);
  for (const [place, entries] of all.entries()) offsets[place + 1] = offsets[place]! + entries.length;
  const size = offsets[all.length]!;
  const rows = {
    offsets,
    neighbours: isNarrow ? new Uint16Array(size) : new Uint32Array(size),
    scales: new Float32Array(all.length),
    weights: new Uint16Array(size),
    times: new Uint16Array(size),
    customers: new Uint8Array(size),
  };
  for (const [place, entries] of all.entries()) {
    const largest = entries[0]?.weight ?? 0;
    rows.scales[place] = largest;
    for (const [i, entry] of entries.entries()) {
      const e = offsets[place]! + i;
      rows.neighbours[e] = entry.neighbour;
      rows.weights[e] = Math.max(1, Math.round((entry.weight / largest) * 65_535));
      rows.times[e] = entry.times;
      rows.customers[e] = entry.customers;
    }
  }
  return rows;
}
