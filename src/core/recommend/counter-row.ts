import { blockOf, emptyRows, roomyBlockOf, type Block, type RowStore } from "./row-store.ts";

/** One counter as it is read: how strongly, how often and for how many different people two items went together. */
export type Counter = {
  readonly item: number;
  readonly weight: number;
  /** Events counted. */
  readonly times: number;
  /** Distinct people, exact up to the store's `supportersCap`. */
  readonly customers: number;
};

/**
 * Counts that `item` went with the row's owner once more, for the person labelled `label` (not 0). A full row gives
 * way as in frequent-item sketches: its smallest counter is decremented by `weight`; at zero it is replaced by the new
 * item, which starts again with no supporters but this one. So a row keeps what comes often, in bounded memory.
 * Source: Misra and Gries, "Finding repeated elements" (1982), with one counter decremented rather than all.
 */
export function count(store: RowStore, owner: number, item: number, weight: number, label: number): void {
  const length = store.lengths[owner] ?? 0;
  const cap = store.supportersCap;
  if (length > 0) {
    const block = blockOf(store, owner);
    const { words, floats } = block;
    let slot = 0;
    while (slot < length && words[block.items + slot] !== item) slot++;
    if (slot < length) {
      floats[block.weights + slot]! += weight;
      words[block.times + slot]! += 1;
      support(words, block.labels + slot * cap, cap, label);
      return;
    }
    if (length >= store.lengthMax) {
      let smallest = block.weights;
      for (let at = smallest + 1; at < block.weights + length; at++) {
        if (floats[at]! < floats[smallest]!) smallest = at;
      }
      floats[smallest]! -= weight;
      if (floats[smallest]! <= 0) begin(block, smallest - block.weights, cap, item, weight, label);
      return;
    }
  }
  begin(roomyBlockOf(store, owner), length, cap, item, weight, label);
  store.lengths[owner] = length + 1;
}

function begin(block: Block, slot: number, cap: number, item: number, weight: number, label: number): void {
  block.words[block.items + slot] = item;
  block.floats[block.weights + slot] = weight;
  block.words[block.times + slot] = 1;
  const labels = block.labels + slot * cap;
  block.words.fill(0, labels, labels + cap);
  block.words[labels] = label;
}

/** Notes a person among the first few at a place, once. */
export function support(words: Uint32Array, at: number, cap: number, label: number): void {
  for (let i = at; i < at + cap && words[i] !== label; i++) {
    if (words[i] !== 0) continue;
    words[i] = label;
    return;
  }
}

/** How many different people are noted at a place. */
export function supporters(words: Uint32Array, at: number, cap: number): number {
  let people = 0;
  while (people < cap && words[at + people] !== 0) people++;
  return people;
}

/** The counters of an item's row, in no particular order. */
export function countersOf(store: RowStore, owner: number): Counter[] {
  const length = store.lengths[owner] ?? 0;
  if (length === 0) return [];
  const { words, floats, items, weights, times, labels } = blockOf(store, owner);
  const cap = store.supportersCap;
  return Array.from({ length }, (_, slot) => ({
    item: words[items + slot]!,
    weight: floats[weights + slot]!,
    times: words[times + slot]!,
    customers: supporters(words, labels + slot * cap, cap),
  }));
}

/**
 * The rows and counters of the `kept` items only, each under its new place.
 * @param places new place per item; −1 for one that is forgotten
 */
export function keepCounters(store: RowStore, kept: readonly number[], places: Int32Array): RowStore {
  const next = emptyRows(store.lengthMax, store.supportersCap);
  const cap = store.supportersCap;
  for (const [place, owner] of kept.entries()) {
    const length = store.lengths[owner] ?? 0;
    if (length === 0) continue;
    const old = blockOf(store, owner);
    for (let slot = 0; slot < length; slot++) {
      const item = places[old.words[old.items + slot]!]!;
      if (item < 0) continue;
      const block = roomyBlockOf(next, place);
      const to = next.lengths[place]!;
      block.words[block.items + to] = item;
      block.words[block.weights + to] = old.words[old.weights + slot]!;
      block.words[block.times + to] = old.words[old.times + slot]!;
      const labels = old.labels + slot * cap;
      block.words.set(old.words.subarray(labels, labels + cap), block.labels + to * cap);
      next.lengths[place] = to + 1;
    }
  }
  return next;
}
