import type { Basket } from "./baskets.ts";

/** Of one item's companions, by item number: in how many baskets, and for how many different customers, they met. */
export type Companions = {
  readonly items: Uint32Array;
  readonly times: Uint32Array;
  readonly customers: Uint32Array;
};

/** Every pair ever bought together, unbounded: counted when asked for, out of the baskets themselves. */
export type ExactPairs = {
  readonly ids: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Baskets with the item. */
  readonly counts: Uint32Array;
  readonly baskets: number;
  of(item: number): Companions;
};

/** Pairs kept at once, some 250 MB; beyond it they are counted again when asked for again. */
const KEPT_MAX = 20_000_000;

/** The naive recount that all else is held against: no bounds, no labels, no sketches. */
export function exactPairs(baskets: readonly Basket[]): ExactPairs {
  const ids = [...new Set(baskets.flatMap(({ items }) => items))];
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const counts = new Uint32Array(ids.length);
  const withItem: number[][] = ids.map(() => []);
  // By customer, so that each pair's baskets of one customer come one after the other.
  const sorted = [...baskets]
    .sort((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : 0))
    .map(({ who, items }) => ({ who, items: Uint32Array.from(items, (item) => indexOf.get(item)!) }));
  for (const [number, { items }] of sorted.entries()) {
    for (const item of items) {
      counts[item]! += 1;
      withItem[item]!.push(number);
    }
  }
  const rows = new Map<number, Companions>();
  let kept = 0;
  const times = new Uint32Array(ids.length);
  const customers = new Uint32Array(ids.length);
  const latest: string[] = [];
  const count = (item: number): Companions => {
    const met: number[] = [];
    for (const number of withItem[item]!) {
      const { who, items } = sorted[number]!;
      for (const other of items) {
        if (other === item) continue;
        if (times[other] === 0) met.push(other);
        if (times[other] === 0 || latest[other] !== who) customers[other]! += 1;
        latest[other] = who;
        times[other]! += 1;
      }
    }
    const row = {
      items: Uint32Array.from(met),
      times: Uint32Array.from(met, (other) => times[other]!),
      customers: Uint32Array.from(met, (other) => customers[other]!),
    };
    for (const other of met) times[other] = customers[other] = 0;
    return row;
  };
  const of = (item: number): Companions => {
    let row = rows.get(item);
    if (row) return row;
    row = count(item);
    if ((kept += row.items.length) > KEPT_MAX) {
      rows.clear();
      kept = row.items.length;
    }
    rows.set(item, row);
    return row;
  };
  return { ids, indexOf, counts, baskets: baskets.length, of };
}
