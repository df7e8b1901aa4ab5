import { differenceFrom, type Difference } from "./difference.ts";
import type { MeanEstimate } from "./mean-estimate.ts";
import { meanOf, varianceOf } from "./moments.ts";
import {
  addPairMoments,
  covarianceOf,
  otherMoments,
  residualVariance,
  type PairMoments,
} from "./pair-moments.ts";

/** Two variations after what the customers' own earlier behaviour explains was taken out. */
export type CupedEstimates = {
  /** How much of the measure goes with one unit of the earlier one, from both variations together. */
  readonly theta: number;
  /** The means are not means of the measure any more; their difference is as before, only less noisy. */
  readonly control: MeanEstimate;
  readonly treatment: MeanEstimate;
};

/**
 * CUPED: each variation's mean less theta times its mean before the experiment. The earlier measure is `other` of the
 * pairs, and must be from before the first exposure. Without variance in it nothing is taken out (theta 0).
 * `undefined` for fewer than two customers in a variation and for sums beyond a double.
 * Source: Deng, Xu, Kohavi and Walker 2013.
 */
export function cuped(control: PairMoments, treatment: PairMoments): CupedEstimates | undefined {
  const both = addPairMoments(control, treatment);
  const covariance = covarianceOf(both);
  const earlier = varianceOf(otherMoments(both));
  if (covariance === undefined || earlier === undefined) return undefined;
  const theta = earlier > 0 ? covariance / earlier : 0;
  const adjusted = { control: adjust(control, theta), treatment: adjust(treatment, theta) };
  if (adjusted.control === undefined || adjusted.treatment === undefined) return undefined;
  return { theta, control: adjusted.control, treatment: adjusted.treatment };
}

/**
 * The adjusted difference as a share of the control's mean that was not adjusted, with the delta method's standard error
 * for that quotient: the same as gbstats 0.8.0. Only for comparing with it, like `relativeDifferenceByDelta`.
 */
export function relativeCupedByDelta(control: PairMoments, treatment: PairMoments): Difference | undefined {
  const adjusted = cuped(control, treatment);
  const base = meanOf(control);
  const reached = meanOf(treatment);
  const own = varianceOf(control);
  const earlier = varianceOf(otherMoments(control));
  const covariance = covarianceOf(control);
  if (adjusted === undefined || base === undefined || reached === undefined) return undefined;
  if (own === undefined || earlier === undefined || covariance === undefined) return undefined;
  const { theta } = adjusted;
  const unit = Math.abs(base);
  // Slopes of the quotient: by the control's mean, and by its mean before the experiment.
  const byMean = -reached / base;
  const controlVariance = byMean * byMean * own + theta * theta * earlier + 2 * theta * byMean * covariance;
  const { control: adjustedControl, treatment: adjustedTreatment } = adjusted;
  return differenceFrom(
    (adjustedTreatment.mean - adjustedControl.mean) / unit,
    (adjustedTreatment.variance / treatment.n + controlVariance / control.n) / (base * base),
    adjustedControl,
    adjustedTreatment,
  );
}

function adjust(pair: PairMoments, theta: number): MeanEstimate | undefined {
  const mean = meanOf(pair);
  const earlier = meanOf(otherMoments(pair));
  const variance = residualVariance(pair, theta);
  if (mean === undefined || earlier === undefined || variance === undefined) return undefined;
  const adjusted = mean - theta * earlier;
  return Number.isFinite(adjusted) ? { n: pair.n, mean: adjusted, variance } : undefined;
}
