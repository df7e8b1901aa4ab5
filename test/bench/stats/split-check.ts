/**
 * The check of the split, looked at after every ten visitors: how often it blocks a right one, beside Pearson's test, and
 * after how many visitors it blocks a wrong one (looked at every 100). Last, how much the error of a holdout of a twentieth
 * shrinks by reading it against everybody else. `node test/bench/stats/split-check.ts [--runs 4000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { differenceOf } from "../../../src/core/stats/difference.ts";
import { sequentialSrmPValue } from "../../../src/core/stats/sequential-srm.ts";
import { SRM_THRESHOLD, srmPValue } from "../../../src/core/stats/srm.ts";
import { binomialSampler } from "./samplers.ts";

const USERS_TO = 20_000;
const DETECT_TO = 2_000_000;

export function falseAlarms(runs: number): { ours: number; pearson: number } {
  const rng = seededRng("split null");
  const ten = binomialSampler(10, 0.5);
  const alarms = { ours: 0, pearson: 0 };
  for (let run = 0; run < runs; run++) {
    let [one, isOurs, isPearson] = [0, false, false];
    for (let n = 10; n <= USERS_TO; n += 10) {
      one += ten(rng);
      // Far from the threshold of either a p-value need not be worked out.
      if ((2 * one - n) ** 2 < 9 * n) continue;
      const users = [one, n - one];
      isOurs ||= sequentialSrmPValue(users, [0.5, 0.5]) < SRM_THRESHOLD;
      isPearson ||= srmPValue(users, [0.5, 0.5]) < SRM_THRESHOLD;
    }
    alarms.ours += isOurs ? 1 : 0;
    alarms.pearson += isPearson ? 1 : 0;
  }
  return { ours: alarms.ours / runs, pearson: alarms.pearson / runs };
}

/** Median number of visitors of both arms until a split of `share` is blocked that should be even. */
export function medianUntilBlocked(share: number, runs: number): number {
  const rng = seededRng(`split ${share}`);
  const hundred = binomialSampler(100, share);
  const found = Array.from({ length: runs }, () => {
    let one = 0;
    for (let n = 100; n < DETECT_TO; n += 100) {
      one += hundred(rng);
      if ((2 * one - n) ** 2 < 9 * n) continue;
      if (sequentialSrmPValue([one, n - one], [0.5, 0.5]) < SRM_THRESHOLD) return n;
    }
    return DETECT_TO;
  });
  return found.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

/** Standard error of a holdout of a twentieth read against all others, as a share of that against an equal number. */
export function holdoutErrorShare(): number {
  const arm = (n: number) => ({ n, mean: 0.03, variance: 0.03 * 0.97 });
  const whole = differenceOf(arm(50_000), arm(950_000))!.standardError;
  return whole / differenceOf(arm(50_000), arm(50_000))!.standardError;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: "string" } } });
  const runs = Number(values.runs ?? 1000);
  const medians = Math.ceil(runs / 4);
  const split = {
    runs,
    falseAlarms: falseAlarms(runs),
    median51: medianUntilBlocked(0.51, medians),
    median52: medianUntilBlocked(0.52, medians),
    holdoutErrorShare: holdoutErrorShare(),
  };
  console.table({ ...split, falseAlarms: split.falseAlarms.ours, pearson: split.falseAlarms.pearson });
  console.log(JSON.stringify({ split }));
}
