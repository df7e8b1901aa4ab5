/** Where a sequence is narrowest, in observations of both arms together, unless said otherwise. */
const TUNED_FOR = 10_000;

export type SequenceOptions = {
  /** Chance that the true value is ever outside, over all looks together; in (0, 1). */
  readonly alpha: number;
  /** Number of observations at which the interval is as narrow as such a sequence can be. */
  readonly tunedFor?: number;
};

/**
 * Half the width of an interval that holds the true value at every look at once, however often one looks and whenever
 * one stops: add it to and take it from the estimate. About 1.5 times as wide as a fixed test's at the tuned size.
 * Asymptotic, so the arms need some observations first. For any estimate that is about normal: a difference of means, of
 * ratios, or of means adjusted by what was so before.
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021, eq. 9 and 155.
 * @param standardError of the estimate
 * @param n observations of both arms together
 * @example sequenceReach(1, 10_000, { alpha: 0.05 }) // 3.035
 */
export function sequenceReach(standardError: number, n: number, options: SequenceOptions): number {
  const { alpha } = options;
  const mixing = n * mixingVariance(options);
  return standardError * Math.sqrt(((2 * (mixing + 1)) / mixing) * Math.log(Math.sqrt(mixing + 1) / alpha));
}

/**
 * The same for one end alone: the true value is never below the estimate less this (or never above the estimate with this
 * added, but not both) with probability 1 - alpha; alpha below 0.5.
 * Source: the same paper, eq. 134.
 * @example sequenceReachOneSided(1, 10_000, { alpha: 0.05 }) // 2.779
 */
export function sequenceReachOneSided(standardError: number, n: number, options: SequenceOptions): number {
  const { alpha } = options;
  const mixing = n * mixingVariance({ ...options, alpha: 2 * alpha });
  const log = Math.log1p(Math.sqrt(mixing + 1) / (2 * alpha));
  return standardError * Math.sqrt(((2 * (mixing + 1)) / mixing) * log);
}

/**
 * Logarithm of the evidence against a true value of 0: by what a fair gambler against it would have multiplied their stake.
 * Evidence of several experiments adds up.
 * @example sequenceLogEvidence(3.2, 1, 10_000, { alpha: 0.05 }) // 3.452
 */
export function sequenceLogEvidence(
  estimate: number,
  standardError: number,
  n: number,
  options: SequenceOptions,
): number {
  const mixing = n * mixingVariance(options);
  const square = (estimate / standardError) ** 2;
  return (mixing * square) / (2 * (mixing + 1)) - Math.log(mixing + 1) / 2;
}

/**
 * p-value against a true value of 0, right at every look at once: at most `alpha` exactly where the interval ends at 0.
 * @example sequencePValue(3.2, 1, 10_000, { alpha: 0.05 }) // 0.0317
 */
export function sequencePValue(
  estimate: number,
  standardError: number,
  n: number,
  options: SequenceOptions,
): number {
  return Math.min(1, Math.exp(-sequenceLogEvidence(estimate, standardError, n, options)));
}

/** rho² of the paper: the variance of the mixing distribution, for one observation. */
function mixingVariance({ alpha, tunedFor = TUNED_FOR }: SequenceOptions): number {
  const log = -2 * Math.log(alpha);
  return (log + Math.log(log + 1)) / tunedFor;
}
