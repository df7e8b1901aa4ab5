import { differenceOf } from "./difference.ts";
import { meanEstimate } from "./mean-estimate.ts";
import { meanOf, varianceOf, type Moments } from "./moments.ts";
import { studentTQuantile } from "./student-t.ts";
import { tTest, type Interval } from "./t-test.ts";

export type { Interval } from "./t-test.ts";

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
  const before = meanEstimate(control);
  const after = meanEstimate(treatment);
  if (before === undefined || after === undefined) return undefined;
  const difference = differenceOf(before, after);
  const test = difference === undefined ? undefined : tTest(difference, { level });
  if (difference === undefined || test === undefined) return undefined;
  const { estimate, standardError, df } = difference;
  return { difference: estimate, standardError, df, ...test };
}

/**
 * Student's interval for one mean. `undefined` for fewer than two observations or no variance.
 * @example meanInterval({ n: 3, sum: 6, sumSquares: 14 })?.high // 4.48413771175033
 */
export function meanInterval(moments: Moments, level = 0.95): Interval | undefined {
  const mean = meanOf(moments);
  const variance = varianceOf(moments);
  if (mean === undefined || variance === undefined || variance === 0) return undefined;
  const reach = studentTQuantile((1 + level) / 2, moments.n - 1) * Math.sqrt(variance / moments.n);
  const interval = { low: mean - reach, high: mean + reach };
  return Number.isFinite(reach) && Number.isFinite(mean) ? interval : undefined;
}
