import { fnv1a32 } from "../../primitives/hash.ts";
import { blockOf, emptyRows, roomyBlockOf, type Block, type RowStore } from "./row-store.ts";

/** One counter as it is read: how strongly, how often and for how many different people two items went together. */
export type Counter = {
  readonly item: number;
  readonly weight: number;
  /** Events counted, up to 65,535. */
  readonly times: number;
  /** Distinct people up to the store's `supportersCap`. */
  readonly customers: number;
};

const TIMES_MAX = 65_535;

/** Half a word that stands for a person. Never 0. */
export function labelOf(who: string): number {
  const hash = fnv1a32(who);
  // 0 marks a free place.
  return (hash ^ (hash >>> 16)) & 0xffff || 1;
}

/**
 * Counts that `item` went with the row's owner once more, for the person labelled `label` (not 0). A full row gives
 * way as in frequent-item sketches: its smallest counter is decremented by `weight`; at zero it is replaced by the new
 * item, which starts again with no supporters but this one. So a row keeps what comes often, in bounded memory.
 * Source: Misra and Gries, "Finding repeated elements" (1982), with one counter decremented rather than all.
 */
export function count(store: RowStore, owner: number, item: number, weight: number, label: number): void {
  const length = store.lengths[owner] ?? 0;
  const cap = store.supportersCap;
  const block = length > 0 ? blockOf(store, owner) : undefined;
  if (block) {
    const { words, floats, shorts, bytes } = block;
    let slot = 0;
    while (slot < length && words[block.items + slot] !== item) slot++;
    if (slot < length) {
      floats[block.weights + slot]! += weight;
      if (shorts[block.times + slot]! < TIMES_MAX) shorts[block.times + slot]! += 1;
      support(bytes, block.labels + slot * cap, cap, byteOf(label));
      return;
    }
  }
  const roomy = roomyBlockOf(store, owner);
  if (roomy) {
    begin(roomy, length, cap, item, weight, label);
    store.lengths[owner] = length + 1;
  } else if (block) {
    const { floats, weights } = block;
    let smallest = weights;
    for (let at = weights + 1; at < weights + length; at++)
      if (floats[at]! < floats[smallest]!) smallest = at;
    floats[smallest]! -= weight;
    if (floats[smallest]! <= 0) begin(block, smallest - weights, cap, item, weight, label);
  }
}

function begin(block: Block, slot: number, cap: number, item: number, weight: number, label: number): void {
  block.words[block.items + slot] = item;
  block.floats[block.weights + slot] = weight;
  block.shorts[block.times + slot] = 1;
  const labels = block.labels + slot * cap;
  block.bytes.fill(0, labels, labels + cap);
  block.bytes[labels] = byteOf(label);
}

/**
 * A byte of a label, which is what a counter has room for: two of five different people share one in 4 % of counters, and
 * then count as one, so that a threshold errs on the side of silence.
 */
const byteOf = (label: number): number => (label % 255) + 1;

/** Notes a person among the first few at a place, once. */
export function support(labels: Uint16Array | Uint8Array, at: number, cap: number, label: number): void {
  for (let i = at; i < at + cap && labels[i] !== label; i++) {
    if (labels[i] !== 0) continue;
    labels[i] = label;
    return;
  }
}

/** How many different people are noted at a place. */
export function supporters(labels: Uint16Array | Uint8Array, at: number, cap: number): number {
  let people = 0;
  while (people < cap && labels[at + people] !== 0) people++;
  return people;
}

/** The counters of an item's row, in no particular order. */
export function countersOf(store: RowStore, owner: number): Counter[] {
  const length = store.lengths[owner] ?? 0;
  if (length === 0) return [];
  const { words, floats, shorts, bytes, items, weights, times, labels } = blockOf(store, owner);
  const cap = store.supportersCap;
  return Array.from({ length }, (_, slot) => ({
    item: words[items + slot]!,
    weight: floats[weights + slot]!,
    times: shorts[times + slot]!,
    customers: supporters(bytes, labels + slot * cap, cap),
  }));
}

/**
 * The rows and counters of the `kept` items only, each under its new place.
 * @param places new place per item; −1 for one that is forgotten
 */
export function keepCounters(store: RowStore, kept: readonly number[], places: Int32Array): RowStore {
  const next = emptyRows(store.lengthMax, store.supportersCap, store.wordsMax * 4);
  const cap = store.supportersCap;
  for (const [place, owner] of kept.entries()) {
    const length = store.lengths[owner] ?? 0;
    if (length === 0) continue;
    const old = blockOf(store, owner);
    for (let slot = 0; slot < length; slot++) {
      const item = places[old.words[old.items + slot]!]!;
      const block = item < 0 ? undefined : roomyBlockOf(next, place);
      if (!block) continue;
      const to = next.lengths[place]!;
      block.words[block.items + to] = item;
      block.floats[block.weights + to] = old.floats[old.weights + slot]!;
      block.shorts[block.times + to] = old.shorts[old.times + slot]!;
      const labels = old.labels + slot * cap;
      block.bytes.set(old.bytes.subarray(labels, labels + cap), block.labels + to * cap);
      next.lengths[place] = to + 1;
    }
  }
  return next;
}
