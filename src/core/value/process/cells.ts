/** Customers as the models of repeat orders see them: repeats, time of the last one and age since the first order, in one unit. */
export type Summary = { readonly x: number; readonly tx: number; readonly T: number };

/** Equal customers counted together, as columns. */
export type Cells = {
  readonly size: number;
  /** Customers in all. */
  readonly customers: number;
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  readonly n: Float64Array;
};

/** Gathers customers into cells, one at a time: a year of a shop's customers are far fewer cells than customers. */
export class CellCounter {
  readonly #cells = new Map<number, Map<number, number>>();
  #size = 0;
  #customers = 0;

  add({ x, tx, T }: Summary, n = 1): void {
    // x is whole: one key for x and T, since a customer without repeats has no tx of its own.
    const outer = x * 1e6 + T;
    let inner = this.#cells.get(outer);
    if (!inner) this.#cells.set(outer, (inner = new Map()));
    if (!inner.has(tx)) this.#size++;
    inner.set(tx, (inner.get(tx) ?? 0) + n);
    this.#customers += n;
  }

  finish(): Cells {
    const size = this.#size;
    const cells = {
      size,
      customers: this.#customers,
      x: new Float64Array(size),
      tx: new Float64Array(size),
      T: new Float64Array(size),
      n: new Float64Array(size),
    };
    let at = 0;
    for (const [outer, inner] of this.#cells) {
      const x = Math.floor(outer / 1e6);
      for (const [tx, n] of inner) {
        cells.x[at] = x;
        cells.tx[at] = tx;
        cells.T[at] = outer - x * 1e6;
        cells.n[at++] = n;
      }
    }
    return cells;
  }
}

/** @example cellsOf([{ x: 0, tx: 0, T: 9 }, { x: 0, tx: 0, T: 9 }]).size // 1 */
export function cellsOf(customers: Iterable<Summary>): Cells {
  const counter = new CellCounter();
  for (const customer of customers) counter.add(customer);
  return counter.finish();
}
