/**
 * How sure it is that two items meet more often than by chance, when they met `times` times and by chance would have met
 * `times ∕ lift` times: the log-likelihood ratio of a Poisson count, 2 × times × (ln lift − 1 + 1 ∕ lift); 0 for a lift
 * of 1 and below. 3.84 is one chance in twenty, 10.83 one in a thousand.
 *
 * Unlike a table of baskets with both, with one and with neither, it does not need `times` to be complete: the lift comes
 * from elsewhere, and fewer observations only make it less sure.
 * Source: Wilks's theorem for the Poisson mean; cf. Dunning, "Accurate methods for the statistics of surprise and
 * coincidence" (1993).
 * @example surprise(10, 3) // 8.64
 */
export function surprise(times: number, lift: number): number {
  return lift > 1 && times > 0 ? 2 * times * (Math.log(lift) - 1 + 1 / lift) : 0;
}
