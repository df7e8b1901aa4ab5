import { chiSquareSf } from "../stats/chi-square.ts";
import type { Moments } from "../stats/moments.ts";
import { normalQuantile } from "../stats/normal.ts";
import { welch, type Interval, type WelchTest } from "../stats/welch.ts";

/** What a segment's treated and untreated customers did, per customer: conversions (0 or 1), or an amount. */
export type SegmentTally = {
  readonly segment: string;
  readonly treated: Moments;
  readonly control: Moments;
};

/** A segment's effect per customer. */
export type SegmentUplift = {
  readonly segment: string;
  /** As measured in the segment alone, its interval widened for the number of segments (Bonferroni). */
  readonly alone: WelchTest;
  /** The best guess: drawn towards all segments by as much as chance alone makes segments differ. */
  readonly uplift: Interval & { readonly value: number };
};

export type SegmentUplifts = {
  readonly segments: readonly SegmentUplift[];
  /** p-value that all segments have the same effect (Cochran's Q); 1 for fewer than two. */
  readonly sameP: number;
  /** The effect over all segments, each weighed by its precision; `null` where there is no segment. */
  readonly overall: (Interval & { readonly value: number }) | null;
};

/** Fewest segments from whose spread it can be learned how much segments differ (Morris 1983). */
const SEGMENTS_MIN = 4;

/**
 * The effect of a treatment per segment. Small segments scatter widely by chance, so every effect is drawn towards the
 * average, the more so the less precise it is and the less the segments differ beyond chance (empirical Bayes); the
 * interval includes that the spread itself is only estimated. Below four segments nothing is drawn. Segments with too
 * few customers or without variance are left out.
 * Sources: DerSimonian & Laird 1986 (spread), Morris 1983 (shrinkage and its interval).
 * @param level confidence level of the intervals; that of `alone` is for all segments together
 */
export function upliftPerSegment(tallies: readonly SegmentTally[], level = 0.95): SegmentUplifts {
  const each = 1 - (1 - level) / Math.max(1, tallies.length);
  const measured = tallies.flatMap(({ segment, treated, control }) => {
    const alone = welch(control, treated, each);
    const variance = alone === undefined ? 0 : alone.standardError ** 2;
    return alone === undefined || !(variance > 0) || !Number.isFinite(1 / variance)
      ? []
      : { segment, alone, variance, difference: alone.difference };
  });
  if (measured.length === 0) return { segments: [], sameP: 1, overall: null };
  const reach = normalQuantile((1 + level) / 2);
  const { spread, sameP } = spreadOf(measured);
  const { mean, standardError } = pooled(measured, spread);
  const k = measured.length;
  const segments = measured.map(({ segment, alone, variance, difference }) => {
    // The share of a segment's deviation that is taken for chance, kept below 1 because the spread is uncertain.
    const chance = k < SEGMENTS_MIN ? 0 : (((k - 3) / (k - 1)) * variance) / (variance + spread);
    const value = difference - chance * (difference - mean);
    const uncertainty = k < SEGMENTS_MIN ? 0 : (2 / (k - 3)) * (chance * (difference - mean)) ** 2;
    const width = reach * Math.sqrt(variance * (1 - (chance * (k - 1)) / k) + uncertainty);
    return { segment, alone, uplift: { value, low: value - width, high: value + width } };
  });
  const width = reach * standardError;
  return { segments, sameP, overall: { value: mean, low: mean - width, high: mean + width } };
}

type Measured = { readonly difference: number; readonly variance: number };

function pooled(segments: readonly Measured[], spread: number): { mean: number; standardError: number } {
  const weights = segments.map(({ variance }) => 1 / (variance + spread));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Shares first: weights of very precise segments are large.
  const mean = segments.reduce((sum, { difference }, i) => sum + difference * (weights[i]! / total), 0);
  return { mean, standardError: Math.sqrt(1 / total) };
}

/** Variance of the true effects among segments beyond chance, never negative, and the p-value that there is none. */
function spreadOf(segments: readonly Measured[]): { spread: number; sameP: number } {
  if (segments.length < 2) return { spread: 0, sameP: 1 };
  const { mean } = pooled(segments, 0);
  const weights = segments.map(({ variance }) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const q = segments.reduce((sum, { difference }, i) => sum + weights[i]! * (difference - mean) ** 2, 0);
  const scale = total - weights.reduce((sum, weight) => sum + weight * (weight / total), 0);
  const df = segments.length - 1;
  // One segment may be so precise that it outweighs all others together: then they tell no spread.
  const spread = scale > 0 ? Math.max(0, (q - df) / scale) : 0;
  return { spread, sameP: chiSquareSf(q, df) };
}
