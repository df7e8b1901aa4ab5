import type { Round } from "./load.ts";

/** The value below which so large a share of the sample lies, between neighbours by proportion. @example quantile([1, 2, 3, 4], 0.5) // 2.5 */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = Float64Array.from(sample).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (sample: readonly number[]): number => quantile(sample, 0.5);

/** A number with three significant digits. @example round(1234.5) // 1230 */
export const round = (value: number): number => Number(value.toPrecision(3));

/** What all rounds of one contender come to. */
export function summaryOf(rounds: readonly Round[]): Readonly<Record<string, number | undefined>> {
  const latencies = rounds.flatMap((one) => one.latencies);
  const cpu = rounds.map((one) => one.serverCpuUs).filter((us) => us !== undefined);
  return {
    rps: round(median(rounds.map((one) => one.rps))),
    "rps min": round(Math.min(...rounds.map((one) => one.rps))),
    "rps max": round(Math.max(...rounds.map((one) => one.rps))),
    "p50 ms": round(quantile(latencies, 0.5)),
    "p90 ms": round(quantile(latencies, 0.9)),
    "p99 ms": round(quantile(latencies, 0.99)),
    "p99.9 ms": round(quantile(latencies, 0.999)),
    "server CPU µs": cpu.length === 0 ? undefined : round(median(cpu)),
    "bench CPU µs": round(median(rounds.map((one) => one.ownCpuUs))),
  };
}

/** What came out, and how far the rounds disagree. */
export type Outcome = { readonly median: number; readonly min: number; readonly max: number };
export type Verdict = Outcome & {
  readonly what: string;
  readonly target: string;
  readonly verdict: "met" | "missed";
};

function outcomeOf(ratios: readonly number[]): Outcome {
  return {
    median: round(median(ratios)),
    min: round(Math.min(...ratios)),
    max: round(Math.max(...ratios)),
  };
}

/** Ratios of two contenders' throughputs, round by round: noise of the machine mostly hits neighbours alike. */
export const ratiosOf = (above: readonly Round[], below: readonly Round[]): Outcome =>
  outcomeOf(above.map((one, i) => one.rps / below[i]!.rps));

/** Ratios of two contenders' median latencies, round by round. */
export const timesOf = (above: readonly Round[], below: readonly Round[]): Outcome =>
  outcomeOf(above.map((one, i) => median(one.latencies) / median(below[i]!.latencies)));

/** Ratios of two contenders' 99th percentiles, round by round. */
export const tailsOf = (above: readonly Round[], below: readonly Round[]): Outcome =>
  outcomeOf(above.map((one, i) => quantile(one.latencies, 0.99) / quantile(below[i]!.latencies, 0.99)));

export const atLeast = (target: number, what: string, outcome: Outcome): Verdict => ({
  what,
  ...outcome,
  target: `≥ ${target}`,
  verdict: outcome.median >= target ? "met" : "missed",
});

export const atMost = (target: number, what: string, outcome: Outcome): Verdict => ({
  what,
  ...outcome,
  target: `≤ ${target}`,
  verdict: outcome.median <= target ? "met" : "missed",
});
