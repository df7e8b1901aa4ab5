/**
 * All that the purchase models need to know of a customer. Time is in any unit, the same for all of a fit: days or weeks,
 * whole or not.
 */
export type PurchaseSummary = {
  /** Repeat orders: days with an order after the first one. A whole number of 0 or more. */
  readonly x: number;
  /** From the first order to the last one; 0 without a repeat order, and only then. */
  readonly tx: number;
  /** From the first order to now: the customer's age. At least `tx`. */
  readonly T: number;
};

/** `n` customers with the same summary. */
export type Cell = PurchaseSummary & { readonly n: number };

/** Whether a summary can be true of a customer; what is not would make a likelihood meaningless. */
export function isPossible({ x, tx, T }: PurchaseSummary): boolean {
  return Number.isSafeInteger(x) && x >= 0 && tx >= 0 && T >= tx && T < Infinity && x > 0 === tx > 0;
}
