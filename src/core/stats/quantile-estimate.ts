import type { MeanEstimate } from "./mean-estimate.ts";
import { normalQuantile } from "./normal.ts";

/** Places in the sorted values, the smallest being 1. */
export type QuantileRanks = { readonly at: number; readonly low: number; readonly high: number };

/**
 * Which of the sorted values are the quantile and the ends of its interval, for values of different customers: the number
 * of values below a quantile is binomial. `undefined` where an end would be outside the values: too few for this quantile.
 * @param share of the values below the quantile, in (0, 1): 0.5 for the median
 * @example quantileRanks(100, 0.5) // { at: 50, low: 40, high: 61 }
 */
export function quantileRanks(n: number, share: number, level = 0.95): QuantileRanks | undefined {
  const reach = -normalQuantile((1 - level) / 2) * Math.sqrt(n * share * (1 - share));
  const ranks = {
    at: Math.ceil(n * share),
    low: Math.floor(n * share - reach),
    high: Math.ceil(n * share + reach) + 1,
  };
  return ranks.low >= 1 && ranks.high <= n ? ranks : undefined;
}

/**
 * A quantile as an estimate that can be compared like a mean, from the sorted values at `quantileRanks`. Where several
 * values are of one customer, the ends must come from a wider interval (Deng, Knoblich and Lu 2018).
 * `undefined` where the ends do not differ, which tells nothing of the noise.
 * @param values at the quantile and at the ends of its interval of confidence `level`
 * @example quantileEstimate(100, { at: 5, low: 4, high: 6 })?.mean // 5
 */
export function quantileEstimate(n: number, values: QuantileRanks, level = 0.95): MeanEstimate | undefined {
  const standardError = (values.high - values.low) / (-2 * normalQuantile((1 - level) / 2));
  const variance = standardError * standardError * n;
  const isTold = n >= 2 && standardError > 0 && Number.isFinite(variance) && Number.isFinite(values.at);
  return isTold ? { n, mean: values.at, variance } : undefined;
}
