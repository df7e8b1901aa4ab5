import type { MeanEstimate } from "./mean-estimate.ts";

/** An estimated difference of two variations; every figure is finite, and the standard error above 0. */
export type Difference = {
  /** Treatment less control, in the measure's own unit, or as a share of the control's mean where it is relative. */
  readonly estimate: number;
  readonly standardError: number;
  /** Satterthwaite's degrees of freedom, not whole. */
  readonly df: number;
  /** Customers of both variations together. */
  readonly n: number;
};

/**
 * Mean of the treatment less mean of the control. `undefined` where neither has any variance, or one has fewer than two
 * customers.
 * @example differenceOf({ n: 100, mean: 1, variance: 2 }, { n: 100, mean: 2, variance: 2 })?.standardError // 0.2
 */
export function differenceOf(control: MeanEstimate, treatment: MeanEstimate): Difference | undefined {
  return differenceFrom(
    treatment.mean - control.mean,
    control.variance / control.n + treatment.variance / treatment.n,
    control,
    treatment,
  );
}

/**
 * (Treatment - control) / |control|, with the delta method's standard error: the same as gbstats 0.8.0 with
 * `difference_type="relative"`. Only for comparing with it. The approximation is poor for rare or skewed measures and worse
 * under repeated looks; an interval for a verdict is one of the absolute difference.
 * @example relativeDifferenceByDelta({ n: 100, mean: 1, variance: 2 }, { n: 100, mean: 2, variance: 2 })?.estimate // 1
 */
export function relativeDifferenceByDelta(
  control: MeanEstimate,
  treatment: MeanEstimate,
): Difference | undefined {
  const unit = Math.abs(control.mean);
  const ratio = treatment.mean / unit;
  return differenceFrom(
    (treatment.mean - control.mean) / unit,
    (treatment.variance / treatment.n + (ratio * ratio * control.variance) / control.n) / (unit * unit),
    control,
    treatment,
  );
}

/** Checks a difference and adds its degrees of freedom. */
export function differenceFrom(
  estimate: number,
  squaredError: number,
  control: MeanEstimate,
  treatment: MeanEstimate,
): Difference | undefined {
  const standardError = Math.sqrt(squaredError);
  const df = degreesOfFreedom(control, treatment);
  const isTold = Number.isFinite(estimate) && Number.isFinite(standardError) && Number.isFinite(df);
  return isTold && standardError > 0 && df > 0
    ? { estimate, standardError, df, n: control.n + treatment.n }
    : undefined;
}

/** Satterthwaite 1946. From shares instead of squares of variances: those overflow or vanish with large or small units. */
function degreesOfFreedom(control: MeanEstimate, treatment: MeanEstimate): number {
  const c = control.variance / control.n;
  const t = treatment.variance / treatment.n;
  return 1 / ((c / (c + t)) ** 2 / (control.n - 1) + (t / (c + t)) ** 2 / (treatment.n - 1));
}
