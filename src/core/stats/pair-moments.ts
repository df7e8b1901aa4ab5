import { ROUNDING, varianceOf, type Moments } from "./moments.ts";

/**
 * Moments of a measure and of another one of the same customers: a ratio's denominator, or the same measure before the
 * experiment. Sums like `Moments`: added up across shards, and exact while they are whole numbers below 2^53.
 */
export type PairMoments = Moments & {
  readonly otherSum: number;
  readonly otherSumSquares: number;
  /** Sum over customers of the measure times the other one. */
  readonly sumProducts: number;
};

/** The other measure's own moments. */
export function otherMoments({ n, otherSum, otherSumSquares }: PairMoments): Moments {
  return { n, sum: otherSum, sumSquares: otherSumSquares };
}

/** Both groups together. */
export function addPairMoments(a: PairMoments, b: PairMoments): PairMoments {
  return {
    n: a.n + b.n,
    sum: a.sum + b.sum,
    sumSquares: a.sumSquares + b.sumSquares,
    otherSum: a.otherSum + b.otherSum,
    otherSumSquares: a.otherSumSquares + b.otherSumSquares,
    sumProducts: a.sumProducts + b.sumProducts,
  };
}

/**
 * Unbiased covariance of the two measures, or `undefined` for fewer than two customers and for sums beyond a double.
 * @example covarianceOf({ n: 2, sum: 3, sumSquares: 5, otherSum: 3, otherSumSquares: 5, sumProducts: 5 }) // 0.5
 */
export function covarianceOf({ n, sum, otherSum, sumProducts }: PairMoments): number | undefined {
  const products = sumProducts - (sum * otherSum) / n;
  return n >= 2 && n < Infinity && Number.isFinite(products) ? products / (n - 1) : undefined;
}

/**
 * Variance of (measure - slope times the other measure), one customer's; what rounding leaves of none is 0. `undefined`
 * like `covarianceOf`.
 */
export function residualVariance(pair: PairMoments, slope: number): number | undefined {
  const own = varianceOf(pair);
  const other = varianceOf(otherMoments(pair));
  const covariance = covarianceOf(pair);
  if (own === undefined || other === undefined || covariance === undefined) return undefined;
  const parts = own + slope * slope * other;
  const variance = parts - 2 * slope * covariance;
  if (!Number.isFinite(variance)) return undefined;
  return variance > parts * ROUNDING ? variance : 0;
}
