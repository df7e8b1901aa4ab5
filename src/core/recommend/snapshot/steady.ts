import type { RowName } from "../settings.ts";
import { weightOf, type ModelSnapshot, type RaggedRows } from "./snapshot.ts";

/**
 * Keeps a row as it was told before until its item's own told number has moved: until then too few people have acted on
 * the item for the difference not to be about one of them. When a row does move, it moves for everybody who acted since.
 * Only a pair that has just found its last missing supporter does not wait, and what may not be told any more goes.
 *
 * What was told before holds on to people: after an erasure start from nothing.
 * @param previous what was told before, by the same terms
 * @param now the items that are told now, their numbers in steps
 * @returns what becomes of each kind of rows; no row is longer than the longest that was handed in
 */
export function steadily(
  previous: ModelSnapshot,
  now: Pick<ModelSnapshot, "index" | "visits" | "inBaskets">,
): (name: RowName, fresh: RaggedRows) => RaggedRows {
  const places = Int32Array.from(previous.items, (id) => now.index.get(id) ?? -1);
  return (name, fresh) => {
    const number = name === "coPurchase" || name === "tradeUp" ? "inBaskets" : "visits";
    const heldAs = new Int32Array(now.index.size).fill(-1);
    for (const [before, place] of places.entries())
      if (place >= 0 && previous[number][before] === now[number][place]) heldAs[place] = before;
    return steadyRows({ rows: previous.rows[name], places }, fresh, heldAs);
  };
}

/** Rows as they were told, and where their items stand now; −1: nowhere. */
type Old = { readonly rows: RaggedRows; readonly places: Int32Array };

/** @param heldAs the place that an item's row had before, where it is held; −1 where it is told anew */
function steadyRows(old: Old, fresh: RaggedRows, heldAs: Int32Array): RaggedRows {
  const owners = heldAs.length;
  let longest = 0;
  for (let place = 0; place < owners; place++) longest = Math.max(longest, lengthOf(fresh, place));
  // Which row an item was last found in: tells what a held row has from what has just arrived.
  const foundIn = new Int32Array(owners).fill(-1);
  const isAsBefore = new Uint8Array(owners);
  const offsets = new Uint32Array(owners + 1);
  for (let place = 0; place < owners; place++) {
    const before = heldAs[place]!;
    let length = lengthOf(fresh, place);
    if (before >= 0) {
      const held = markHeld(old, before, place, foundIn);
      const all = held + countArrived(fresh, place, foundIn);
      length = Math.min(longest, all);
      isAsBefore[place] = all === length && held === length && held === lengthOf(old.rows, before) ? 1 : 0;
    }
    offsets[place + 1] = offsets[place]! + length;
  }
  const size = offsets[owners]!;
  const rows = {
    offsets,
    neighbours: fresh.neighbours instanceof Uint16Array ? new Uint16Array(size) : new Uint32Array(size),
    scales: new Float32Array(owners),
    weights: new Uint16Array(size),
    times: new Uint16Array(size),
    customers: new Uint8Array(size),
  };
  for (let place = 0; place < owners; place++) {
    const before = heldAs[place]!;
    if (before < 0) copyRow(fresh, place, rows, place);
    else if (isAsBefore[place] === 1) copyRow(old.rows, before, rows, place, old.places);
    else {
      markHeld(old, before, place, foundIn);
      mixRow(old, before, fresh, rows, place, foundIn);
    }
  }
  return rows;
}

const lengthOf = (rows: RaggedRows, row: number): number => rows.offsets[row + 1]! - rows.offsets[row]!;

/** Marks the items of a held row as found in it. @returns how many are left */
function markHeld({ rows, places }: Old, before: number, place: number, foundIn: Int32Array): number {
  const end = rows.offsets[before + 1]!;
  let left = 0;
  for (let e = rows.offsets[before]!; e < end; e++) {
    const neighbour = places[rows.neighbours[e]!]!;
    if (neighbour < 0) continue;
    foundIn[neighbour] = place;
    left++;
  }
  return left;
}

/** Entries of a fresh row whose items were not marked as found in it. */
function countArrived(fresh: RaggedRows, place: number, foundIn: Int32Array): number {
  const end = fresh.offsets[place + 1]!;
  let count = 0;
  for (let e = fresh.offsets[place]!; e < end; e++) if (foundIn[fresh.neighbours[e]!] !== place) count++;
  return count;
}

function copyRow(from: RaggedRows, row: number, to: RaggedRows, place: number, places?: Int32Array): void {
  const start = from.offsets[row]!;
  const end = from.offsets[row + 1]!;
  if (start === end) return;
  const at = to.offsets[place]!;
  to.scales[place] = from.scales[row]!;
  to.weights.set(from.weights.subarray(start, end), at);
  to.times.set(from.times.subarray(start, end), at);
  to.customers.set(from.customers.subarray(start, end), at);
  for (let e = start; e < end; e++) {
    const neighbour = from.neighbours[e]!;
    to.neighbours[at + e - start] = places ? places[neighbour]! : neighbour;
  }
}

/** A row in which items went or came: what is left and what arrived, the heaviest first, as many as have room. */
function mixRow(
  { rows: old, places }: Old,
  before: number,
  fresh: RaggedRows,
  to: RaggedRows,
  place: number,
  foundIn: Int32Array,
): void {
  const entryOf = (rows: RaggedRows, row: number, e: number, neighbour: number) => ({
    neighbour,
    weight: weightOf(rows, row, e),
    times: rows.times[e]!,
    customers: rows.customers[e]!,
  });
  const entries: ReturnType<typeof entryOf>[] = [];
  for (let e = fresh.offsets[place]!; e < fresh.offsets[place + 1]!; e++)
    if (foundIn[fresh.neighbours[e]!] !== place) entries.push(entryOf(fresh, place, e, fresh.neighbours[e]!));
  for (let e = old.offsets[before]!; e < old.offsets[before + 1]!; e++) {
    const neighbour = places[old.neighbours[e]!]!;
    if (neighbour >= 0) entries.push(entryOf(old, before, e, neighbour));
  }
  entries.sort((a, b) => b.weight - a.weight || a.neighbour - b.neighbour);
  const largest = entries[0]?.weight ?? 0;
  to.scales[place] = largest;
  for (const [i, entry] of entries.slice(0, lengthOf(to, place)).entries()) {
    const at = to.offsets[place]! + i;
    to.neighbours[at] = entry.neighbour;
    to.weights[at] = Math.max(1, Math.round((entry.weight / largest) * 65_535));
    to.times[at] = entry.times;
    to.customers[at] = entry.customers;
  }
}
