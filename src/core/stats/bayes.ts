import type { Difference } from "./difference.ts";
import { normalCdf, normalExcess, normalQuantile } from "./normal.ts";
import type { Interval } from "./t-test.ts";

/** What is held of a difference before the experiment: normal, in the unit of the difference. */
export type NormalPrior = { readonly mean: number; readonly variance: number };

/** What is held of a difference after the experiment. */
export type Posterior = Interval & {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Chance that the treatment is better than the control, in [0, 1]. */
  readonly chanceToWin: number;
  /** What is lost on average by keeping the control, in the unit of the difference; 0 or more. */
  readonly lossOfControl: number;
  /** What is lost on average by choosing the treatment. */
  readonly lossOfTreatment: number;
};

/**
 * A prior on the lift for use with an absolute difference: scaled by the control's mean.
 * @example priorInUnits({ mean: 0.1, variance: 0.04 }, -5) // { mean: 0.5, variance: 1 }
 */
export function priorInUnits(prior: NormalPrior, controlMean: number): NormalPrior {
  return { mean: prior.mean * Math.abs(controlMean), variance: prior.variance * controlMean * controlMean };
}

/**
 * Posterior of a difference whose estimate is about normal. Without a prior nothing is held before (flat). The low and high
 * ends hold the difference with probability `level`, at this one look. `undefined` for a prior that is no distribution and
 * for figures beyond a double.
 * Source: the normal model of gbstats 0.8.0.
 * @example posteriorOf({ estimate: 0, standardError: 1, df: 98, n: 100 })?.chanceToWin // 0.5
 */
export function posteriorOf(
  difference: Difference,
  prior?: NormalPrior,
  level: number = 0.95,
): Posterior | undefined {
  if (prior !== undefined && !(prior.variance > 0 && prior.variance < Infinity)) return undefined;
  // Weight of the prior against the data's 1; a flat one leaves the estimate as it is.
  const weight = prior === undefined ? 0 : difference.standardError ** 2 / prior.variance;
  const share = 1 / (1 + weight);
  const mean = share * difference.estimate + share * weight * (prior?.mean ?? 0);
  const standardDeviation = difference.standardError * Math.sqrt(share);
  const z = mean / standardDeviation;
  const reach = -normalQuantile((1 - level) / 2) * standardDeviation;
  const posterior = {
    mean,
    standardDeviation,
    low: mean - reach,
    high: mean + reach,
    chanceToWin: normalCdf(z),
    lossOfControl: standardDeviation * normalExcess(-z),
    lossOfTreatment: standardDeviation * normalExcess(z),
  };
  return standardDeviation > 0 && Object.values(posterior).every(Number.isFinite) ? posterior : undefined;
}
