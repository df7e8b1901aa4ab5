/** What must be kept of a measure to know its mean and variance: three sums that can be added up across shards. */
export type Moments = { readonly n: number; readonly sum: number; readonly sumSquares: number };

/** Rounding error that a sum of squares may carry, relative to its parts. What is smaller is not a variance. */
export const ROUNDING = 1e-13;

/** Moments of a yes/no measure: squares of 0 and 1 are 0 and 1. @example proportionMoments(3, 10).sumSquares // 3 */
export function proportionMoments(successes: number, n: number): Moments {
  return { n, sum: successes, sumSquares: successes };
}

/**
 * Arithmetic mean, or `undefined` for no observation and for a sum beyond a double.
 * @example meanOf({ n: 4, sum: 6, sumSquares: 12 }) // 1.5
 */
export function meanOf({ n, sum }: Moments): number | undefined {
  const mean = sum / n;
  return n > 0 && Number.isFinite(mean) ? mean : undefined;
}

/**
 * Unbiased variance (Bessel's correction), or `undefined` for fewer than two observations and for sums beyond a double.
 * Never negative: what rounding leaves of equal values is 0.
 * @example varianceOf({ n: 4, sum: 6, sumSquares: 12 }) // 1
 */
export function varianceOf({ n, sum, sumSquares }: Moments): number | undefined {
  const squares = sumSquares - (sum * sum) / n;
  if (!(n >= 2 && n < Infinity && Number.isFinite(squares))) return undefined;
  return squares > sumSquares * ROUNDING ? squares / (n - 1) : 0;
}
