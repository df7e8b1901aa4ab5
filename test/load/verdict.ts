import { quantile, round } from "../bench/serve/figures.ts";

/** One thing that has to hold, what was found, and whether it holds. */
export type Verdict = {
  readonly what: string;
  readonly target: string;
  readonly measured: number | string;
  readonly met: boolean;
};

export const below = (what: string, max: number, measured: number): Verdict => ({
  what,
  target: `< ${max}`,
  measured: round(measured),
  met: measured < max,
});

export const atLeast = (what: string, min: number, measured: number): Verdict => ({
  what,
  target: `≥ ${min}`,
  measured: round(measured),
  met: measured >= min,
});

export const equal = (what: string, expected: number | string, measured: number | string): Verdict => ({
  what,
  target: String(expected),
  measured,
  met: measured === expected,
});

export const holds = (what: string, met: boolean, measured: number | string): Verdict => ({
  what,
  target: "yes",
  measured,
  met,
});

/** The 99th percentile of milliseconds; infinite where nobody was answered. */
export const p99 = (latencies: readonly number[]): number =>
  latencies.length === 0 ? Infinity : quantile(latencies, 0.99);
