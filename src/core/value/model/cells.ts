import type { Cell, PurchaseSummary } from "./summary.ts";

/** Counts customers with the same summary, row by row, for whoever reads them in portions. */
export type CellCount = {
  readonly add: (row: PurchaseSummary) => void;
  readonly cells: () => Cell[];
};

/**
 * An empty count. The cost of a fit goes with the cells, and most customers of a shop bought once: of 100,000 a few
 * thousand to some ten thousand cells remain.
 */
export function countCells(): CellCount {
  // By x, then T, then tx: three look-ups of numbers are cheaper than one of a text made of them.
  const byOrders = new Map<number, Map<number, Map<number, { -readonly [Key in keyof Cell]: Cell[Key] }>>>();
  const all: Cell[] = [];
  return {
    add({ x, tx, T }) {
      let byAge = byOrders.get(x);
      if (!byAge) byOrders.set(x, (byAge = new Map()));
      let byLast = byAge.get(T);
      if (!byLast) byAge.set(T, (byLast = new Map()));
      const known = byLast.get(tx);
      if (known) {
        known.n++;
        return;
      }
      const cell = { x, tx, T, n: 1 };
      byLast.set(tx, cell);
      all.push(cell);
    },
    cells: () => all,
  };
}

/** Customers' summaries as cells. @example aggregate([{ x: 0, tx: 0, T: 9 }, { x: 0, tx: 0, T: 9 }]) // one cell, n: 2 */
export function aggregate(rows: Iterable<PurchaseSummary>): Cell[] {
  const count = countCells();
  for (const row of rows) count.add(row);
  return count.cells();
}
