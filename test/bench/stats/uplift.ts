/**
 * Treat-who-gains on trials with known effects: how often advice is wrong, how much nearer the shrunken effects are than
 * the raw ones, and whether their intervals hold. Eight segments of 200 to 4,000 customers per arm, 10% conversion.
 * `npx node test/bench/stats/uplift.ts [--runs 2000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { proportionMoments } from "../../../src/core/stats/moments.ts";
import { normalQuantile } from "../../../src/core/stats/normal.ts";
import { upliftPerSegment } from "../../../src/core/uplift/segment-uplift.ts";
import { whoGains } from "../../../src/core/uplift/who-gains.ts";

const BASE = 0.1;

export type SegmentSettings = {
  readonly runs: number;
  readonly segments: number;
  /** Mean and standard deviation of the true effects, as differences of conversion rates. */
  readonly mean: number;
  readonly spread: number;
};

const gaussian = (rng: Rng): number => normalQuantile(Math.max(rng(), 1e-12));

/** Conversions among customers; by the normal approximation, good beyond twenty conversions. */
function conversions(rng: Rng, users: number, rate: number): number {
  const drawn = users * rate + Math.sqrt(users * rate * (1 - rate)) * gaussian(rng);
  return Math.min(users, Math.max(0, Math.round(drawn)));
}

export function runSegments({ runs, segments, mean, spread }: SegmentSettings) {
  const rng = seededRng(`uplift-${mean}-${spread}`);
  const total = { wrong: 0, told: 0, covered: 0, raw: 0, shrunk: 0, measured: 0 };
  for (let run = 0; run < runs; run++) {
    const truth = new Map<string, number>();
    const tallies = Array.from({ length: segments }, (_, i) => {
      const effect = Math.max(-0.09, mean + spread * gaussian(rng));
      const users = Math.round(200 * 20 ** rng());
      truth.set(`${i}`, effect);
      return {
        segment: `${i}`,
        treated: proportionMoments(conversions(rng, users, BASE + effect), users),
        control: proportionMoments(conversions(rng, users, BASE), users),
      };
    });
    let isWrong = false;
    for (const { segment, advice } of whoGains(tallies).segments) {
      const effect = truth.get(segment)!;
      if (advice !== "unclear") total.told++;
      if ((advice === "treat" && effect <= 0) || (advice === "spare" && effect >= 0)) isWrong = true;
    }
    if (isWrong) total.wrong++;
    for (const { segment, alone, uplift } of upliftPerSegment(tallies).segments) {
      const effect = truth.get(segment)!;
      total.measured++;
      total.raw += (alone.difference - effect) ** 2;
      total.shrunk += (uplift.value - effect) ** 2;
      if (uplift.low <= effect && effect <= uplift.high) total.covered++;
    }
  }
  return {
    runs,
    segments,
    mean,
    spread,
    /** Share of reports that tell any segment wrongly. */
    wrongShare: total.wrong / runs,
    /** Share of segments that are told at all. */
    toldShare: total.told / (runs * segments),
    coverage: total.covered / total.measured,
    /** Root mean square error of the shrunken effects over that of the raw ones. */
    shrunkToRaw: Math.sqrt(total.shrunk / total.raw),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: "string" } } });
  const size = { runs: Number(values.runs ?? 2000), segments: 8 };
  const uplift = {
    none: runSegments({ ...size, mean: 0, spread: 0 }),
    equal: runSegments({ ...size, mean: 0.02, spread: 0 }),
    some: runSegments({ ...size, mean: 0.01, spread: 0.015 }),
    much: runSegments({ ...size, mean: 0, spread: 0.04 }),
  };
  console.log(JSON.stringify({ uplift }));
}
