/** One arm's figure, as far as a test of it needs to know. */
export type Figure = {
  /** Mean, share or ratio. */
  readonly value: number;
  /** Variance of `value`: its squared standard error. */
  readonly variance: number;
};

/** A relative lift: shares of the control's figure. */
export type RelativeInterval = {
  readonly estimate: number;
  /** -Infinity where nothing bounds it. */
  readonly low: number;
  /** Infinity where nothing bounds it: the control's figure cannot be told from 0. */
  readonly high: number;
  readonly isUnbounded: boolean;
};

export type RelativeOptions = {
  /**
   * Part of the error that both figures share, as their squared standard error: with CUPED the slope's square times the
   * variance of the mean before the experiment. It cancels in the difference and not here.
   */
  readonly shared?: number;
  /** Whether the true figures may be below 0, as a margin may; then less can be ruled out. */
  readonly isSigned?: boolean;
};

/**
 * The lifts d for which "treatment = (1 + d) × control" cannot be ruled out: the test of T - (1 + d) C turned round
 * (Fieller 1954). It holds whenever that test holds, so with the reach of a confidence sequence at every look at once. The
 * delta method, which divides by the control's figure as if that were certain, does not at small counts. An end that the
 * data do not bound is infinite. `undefined` where the control's figure is not above 0.
 * @param z how many standard errors the test reaches
 * @example relativeInterval({ value: 10, variance: 1 }, { value: 12, variance: 1 }, 2)?.low // -0.0727
 */
export function relativeInterval(
  control: Figure,
  treatment: Figure,
  z: number,
  { shared = 0, isSigned = false }: RelativeOptions = {},
): RelativeInterval | undefined {
  if (!(control.value > 0) || !Number.isFinite(treatment.value / control.value)) return undefined;
  // (t - f c)² <= z² (vt + f² vc + (1 - f)² s) in f = 1 + d, scaled by c: a f² - 2 b f + e <= 0.
  const t = treatment.value / control.value;
  const square = (z / control.value) ** 2;
  const a = 1 - square * (control.variance + shared);
  const b = t - square * shared;
  const e = t * t - square * (treatment.variance + shared);
  const estimate = t - 1;
  const root = Math.sqrt(b * b - a * e);
  // With figures of 0 or more nothing is below -1, and it is a true bound.
  const least = isSigned ? -Infinity : -1;
  const interval = (low: number, high: number): RelativeInterval => ({
    estimate,
    low: Math.max(least, low),
    high,
    isUnbounded: high === Infinity || low === -Infinity,
  });
  if (a > 0) return interval((b - root) / a - 1, (b + root) / a - 1);
  if (!(root > 0) || a === 0) return interval(least, Infinity);
  // The control may be 0, and lifts between the two roots are ruled out. Those below are of figures below 0.
  const [lower, upper] = [(b + root) / a, (b - root) / a];
  return interval(!isSigned && lower <= 0 ? upper - 1 : least, Infinity);
}
