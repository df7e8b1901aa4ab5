/**
 * Holm's adjusted p-values: telling only those at or below alpha keeps the chance of any false finding among all at alpha,
 * however the comparisons hang together. In the order given.
 * Source: Holm 1979.
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let largest = 0;
  risingOrder(pValues).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[index]! * (pValues.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Benjamini and Hochberg's adjusted p-values: among those told at or below alpha, a share of at most alpha is false on
 * average, for comparisons that are independent or hang together positively. In the order given.
 * Source: Benjamini and Hochberg 1995.
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  const order = risingOrder(pValues);
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[index]! * pValues.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}

function risingOrder(pValues: readonly number[]): number[] {
  return pValues.map((_, index) => index).toSorted((a, b) => pValues[a]! - pValues[b]!);
}
