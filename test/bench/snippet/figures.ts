import { seededRng } from "../../../src/core/primitives/rng.ts";

/**
 * The value below which a share of all values lies: the smallest one with at least that share at or below it.
 * @example quantile([4, 1, 3, 2], 0.5) // 2
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The middle value; of an even count the mean of the two in the middle.
 * @example median([4, 1, 3, 2]) // 2.5
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0
    ? Number.NaN
    : (sorted[Math.ceil(half) - 1]! + sorted[Math.min(sorted.length - 1, Math.floor(half))]!) / 2;
}

/** A median with the range in which it lies with 95 % confidence. */
export type Ranged = { readonly median: number; readonly low: number; readonly high: number };

/** Resamples of a bootstrap: the range's ends then move by less than the clock's resolution from seed to seed. */
const RESAMPLES = 4000;

/**
 * A median and its 95 % percentile bootstrap interval (Efron 1979). Few values give a wide one, as they should; from a
 * single value there is none to be had, and it is infinite.
 */
export function bootstrapMedian(values: readonly number[]): Ranged {
  if (values.length < 2) return { median: median(values), low: -Infinity, high: Infinity };
  const rng = seededRng("bench:snippet");
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(rng() * values.length)]!)),
  );
  return { median: median(values), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

/** To one decimal, or as many as are given. */
export const round = (value: number, decimals = 1): number => Number(value.toFixed(decimals));
