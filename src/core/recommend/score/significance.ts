const entropyTerm = (x: number): number => (x > 0 ? x * Math.log(x) : 0);

/**
 * How sure it is that two items meet more often than by chance: the log-likelihood ratio G² of their 2 × 2 table,
 * 0 where they meet no more often than chance would have it. 3.84 is one chance in twenty, 10.83 one in a thousand.
 * Source: Dunning, "Accurate methods for the statistics of surprise and coincidence" (1993).
 * @param both baskets with both items
 * @param one baskets with the first
 * @param other baskets with the second
 * @param all all baskets
 * @example significance(10, 20, 30, 1000) // 46.5
 */
export function significance(both: number, one: number, other: number, all: number): number {
  const met = Math.min(both, one, other);
  const neither = Math.max(0, all - one - other + met);
  const total = one + other - met + neither;
  if (total <= 0 || met * total <= one * other) return 0;
  const cells = entropyTerm(met) + entropyTerm(one - met) + entropyTerm(other - met) + entropyTerm(neither);
  const margins =
    entropyTerm(one) + entropyTerm(total - one) + entropyTerm(other) + entropyTerm(total - other);
  return Math.max(0, 2 * (cells - margins + entropyTerm(total)));
}
