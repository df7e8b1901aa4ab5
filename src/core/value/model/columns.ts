import { isPossible, type Cell } from "./summary.ts";

/** Cells as columns, with time in units of the customers' mean age, so that no fit depends on the caller's unit. */
export type Columns = {
  readonly n: Float64Array;
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly age: Float64Array;
  /** Which of the ascending `counts` each cell has: what depends on x alone is computed once for each count. */
  readonly which: Uint32Array;
  readonly counts: readonly number[];
  readonly customers: number;
  readonly repeatOrders: number;
  /** The caller's units in one of ours. */
  readonly unit: number;
};

/** Why nothing can be fitted. */
export type NoFitReason =
  | "no_customers"
  | "one_customer"
  | "no_time_passed"
  | "no_repeat_orders"
  | "impossible_rows"
  | "no_optimum";

/** Cells read before the turn is given away. */
const CELLS_PER_SLICE = 5_000;

/** Cells as columns, or why a purchase model cannot be told from them; in slices. */
export function* columnsOf(cells: readonly Cell[]): Generator<void, Columns | NoFitReason> {
  let [customers, time, repeatOrders] = [0, 0, 0];
  const distinct = new Set<number>();
  for (let i = 0; i < cells.length; i++) {
    if (i % CELLS_PER_SLICE === 0) yield;
    const cell = cells[i]!;
    distinct.add(cell.x);
    if (!isPossible(cell) || !(cell.n > 0 && cell.n < Infinity)) return "impossible_rows";
    customers += cell.n;
    time += cell.n * cell.T;
    repeatOrders += cell.n * cell.x;
  }
  if (customers === 0) return "no_customers";
  if (customers <= 1) return "one_customer";
  if (time === 0) return "no_time_passed";
  if (repeatOrders === 0) return "no_repeat_orders";
  if (!Number.isFinite(time) || !Number.isFinite(repeatOrders)) return "impossible_rows";
  const unit = time / customers;
  const counts = [...distinct].sort((a, b) => a - b);
  const indexes = new Map(counts.map((x, index) => [x, index]));
  const columns = {
    n: new Float64Array(cells.length),
    x: new Float64Array(cells.length),
    tx: new Float64Array(cells.length),
    age: new Float64Array(cells.length),
    which: new Uint32Array(cells.length),
  };
  for (let i = 0; i < cells.length; i++) {
    if (i % CELLS_PER_SLICE === 0) yield;
    const { n, x, tx, T } = cells[i]!;
    columns.n[i] = n;
    columns.x[i] = x;
    columns.tx[i] = tx / unit;
    columns.age[i] = T / unit;
    columns.which[i] = indexes.get(x)!;
  }
  return { ...columns, counts, customers, repeatOrders, unit };
}
