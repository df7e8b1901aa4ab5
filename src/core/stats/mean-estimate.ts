import { meanOf, varianceOf, type Moments } from "./moments.ts";
import { residualVariance, type PairMoments } from "./pair-moments.ts";

/** What one variation tells of a measure, whatever kind of measure it is. All three are finite, the variance is not negative. */
export type MeanEstimate = {
  /** Customers. */
  readonly n: number;
  readonly mean: number;
  /** Of one customer's contribution: the squared standard error of the mean is `variance / n`. */
  readonly variance: number;
};

/**
 * The mean of a measure. `undefined` for fewer than two customers and for sums beyond a double.
 * @example meanEstimate({ n: 4, sum: 6, sumSquares: 12 }) // { n: 4, mean: 1.5, variance: 1 }
 */
export function meanEstimate(moments: Moments): MeanEstimate | undefined {
  return estimateOf(moments.n, meanOf(moments), varianceOf(moments));
}

/**
 * A share of customers, with the variance m (1 - m) of gbstats 0.8.0; `meanEstimate` of the same sums has Bessel's
 * correction, a factor of n / (n - 1).
 * @example proportionEstimate(2, 10) // { n: 10, mean: 0.2, variance: 0.16 }
 */
export function proportionEstimate(successes: number, n: number): MeanEstimate | undefined {
  const mean = successes / n;
  if (!(mean >= 0 && mean <= 1)) return undefined;
  return n < 2 ? undefined : estimateOf(n, mean, mean * (1 - mean));
}

/**
 * A ratio of two measures of the same customers, such as revenue per order: `sum` over `otherSum`. Its variance is by the
 * delta method, right for many customers. `undefined` for a denominator of zero as well.
 * @example ratioEstimate({ n: 2, sum: 6, sumSquares: 20, otherSum: 3, otherSumSquares: 5, sumProducts: 10 })?.mean // 2
 */
export function ratioEstimate(pair: PairMoments): MeanEstimate | undefined {
  const ratio = pair.sum / pair.otherSum;
  const denominator = pair.otherSum / pair.n;
  const residual = Number.isFinite(ratio) ? residualVariance(pair, ratio) : undefined;
  return estimateOf(
    pair.n,
    ratio,
    residual === undefined ? undefined : residual / (denominator * denominator),
  );
}

function estimateOf(
  n: number,
  mean: number | undefined,
  variance: number | undefined,
): MeanEstimate | undefined {
  if (mean === undefined || variance === undefined) return undefined;
  return Number.isFinite(n) && Number.isFinite(mean) && Number.isFinite(variance)
    ? { n, mean, variance }
    : undefined;
}
