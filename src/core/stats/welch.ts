import { meanOf, varianceOf, type Moments } from "./moments.ts";
import { studentTQuantile, studentTTwoSided } from "./student-t.ts";

/** The range that holds the true value in `level` of all experiments that are looked at once. */
export type Interval = { readonly low: number; readonly high: number };

/** What two arms tell about the difference of their means. */
export type WelchTest = Interval & {
  /** Mean of the treatment minus mean of the control, in the measure's own unit. */
  readonly difference: number;
  readonly standardError: number;
  /** Satterthwaite's degrees of freedom, not whole. */
  readonly df: number;
  /** Two-sided p-value against "no difference". */
  readonly p: number;
};

/**
 * Welch's t-test on the absolute difference of two means with unequal variances. Right for a single look planned in
 * advance; looking again and again and stopping at the first p below 0.05 finds a difference where there is none.
 * `undefined` when nothing can be told: an arm with fewer than two observations, or no variance in either arm.
 * Source: Welch 1947; the same figures as gbstats 0.8.0 with `difference_type="absolute"`.
 * @param level confidence level of the interval, in (0, 1)
 * @example welch({ n: 3, sum: 6, sumSquares: 14 }, { n: 3, sum: 12, sumSquares: 50 })?.difference // 2
 */
export function welch(control: Moments, treatment: Moments, level = 0.95): WelchTest | undefined {
  const controlVariance = varianceOf(control);
  const treatmentVariance = varianceOf(treatment);
  if (controlVariance === undefined || treatmentVariance === undefined) return undefined;
  const c = controlVariance / control.n;
  const t = treatmentVariance / treatment.n;
  const standardError = Math.sqrt(c + t);
  // Shares rather than squares of variances: those would overflow or vanish with large or small units.
  const controlShare = c / (c + t);
  const treatmentShare = t / (c + t);
  const df = 1 / (controlShare ** 2 / (control.n - 1) + treatmentShare ** 2 / (treatment.n - 1));
  const difference = treatment.sum / treatment.n - control.sum / control.n;
  const reach = studentTQuantile((1 + level) / 2, df) * standardError;
  const test = {
    difference,
    standardError,
    df,
    low: difference - reach,
    high: difference + reach,
    p: studentTTwoSided(difference / standardError, df),
  };
  return Object.values(test).every(Number.isFinite) ? test : undefined;
}

/**
 * Student's interval for one mean. `undefined` for fewer than two observations or no variance.
 * @example meanInterval({ n: 3, sum: 6, sumSquares: 14 })?.high // 4.484137710431485
 */
export function meanInterval(moments: Moments, level = 0.95): Interval | undefined {
  const mean = meanOf(moments);
  const variance = varianceOf(moments);
  if (mean === undefined || variance === undefined || variance === 0) return undefined;
  const reach = studentTQuantile((1 + level) / 2, moments.n - 1) * Math.sqrt(variance / moments.n);
  const interval = { low: mean - reach, high: mean + reach };
  return Number.isFinite(reach) && Number.isFinite(mean) ? interval : undefined;
}
