import type { Difference } from "./difference.ts";
import { studentTQuantile, studentTSf, studentTTwoSided } from "./student-t.ts";

/** The range that holds the true value in `level` of all experiments that are looked at once. */
export type Interval = { readonly low: number; readonly high: number };

export type TTest = Interval & {
  /** p-value against "no difference", or against "no better" (`greater`) and "no worse" (`less`). */
  readonly p: number;
};

export type TTestOptions = {
  /** Confidence level of the interval, in (0, 1); 0.95 unless said. */
  readonly level?: number;
  /** `greater` leaves the interval open above (Infinity), `less` below. */
  readonly side?: "both" | "greater" | "less";
};

/**
 * Student's test of a difference, for a single look planned in advance: looking again and again and stopping at the first
 * p below 0.05 finds a difference where there is none. `undefined` where a bound is beyond a double.
 * @example tTest({ estimate: 2, standardError: 1, df: 10, n: 12 })?.p // 0.07338803477074037
 */
export function tTest(difference: Difference, options: TTestOptions = {}): TTest | undefined {
  const { level = 0.95, side = "both" } = options;
  const { estimate, standardError, df } = difference;
  const t = estimate / standardError;
  // Of the lower tail, which keeps its precision for levels near 1.
  const miss = side === "both" ? (1 - level) / 2 : 1 - level;
  const reach = -studentTQuantile(miss, df) * standardError;
  const low = estimate - reach;
  const high = estimate + reach;
  if (!Number.isFinite(low) || !Number.isFinite(high) || !Number.isFinite(t)) return undefined;
  if (side === "greater") return { low, high: Infinity, p: studentTSf(t, df) };
  if (side === "less") return { low: -Infinity, high, p: studentTSf(-t, df) };
  return { low, high, p: studentTTwoSided(t, df) };
}
