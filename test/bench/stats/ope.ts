/**
 * How far off-policy estimates are from a truth that is known: ten items, five kinds of visitors, 10,000 logged picks,
 * binary rewards by a logistic model as in the Open Bandit Pipeline's synthetic data. A softmax of the true rewards
 * logs, an other one is judged. `npx node test/bench/stats/ope.ts [--seeds 200] [--rows 10000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { estimatePolicy } from "../../../src/core/offpolicy/estimate.ts";
import { sumPolicy } from "../../../src/core/offpolicy/evaluate-policy.ts";
import type { ExposureRow } from "../../../src/core/offpolicy/exposure-row.ts";
import { tallyRewards } from "../../../src/core/offpolicy/reward-model.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { normalQuantile } from "../../../src/core/stats/normal.ts";

const ITEMS = Array.from({ length: 10 }, (_, i) => `item-${i}`);
const KINDS = 5;
const ESTIMATORS = ["ips", "snips", "dm", "dr", "switchDr"] as const;

export type TruthSettings = {
  readonly seeds: number;
  readonly rows: number;
  /** Shift of the log-odds of a reward: 0 is about every second pick, -3 about one in fourteen. */
  readonly shift?: number;
  /** How strongly the target prefers what is good; the log's strength is 0.5. */
  readonly strength?: number;
};

const gaussian = (rng: Rng): number => normalQuantile(Math.max(rng(), 1e-12));

function softmax(scores: readonly number[]): number[] {
  const powers = scores.map((score) => Math.exp(score));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function draw(shares: readonly number[], rng: Rng): number {
  let left = rng();
  for (let i = 0; i < shares.length; i++) if ((left -= shares[i]!) < 0) return i;
  return shares.length - 1;
}

function world(seed: number, { rows, shift = 0, strength = 1 }: TruthSettings) {
  const rng = seededRng(`truth-${seed}`);
  const rewards = Array.from({ length: KINDS }, () => {
    const kind = gaussian(rng);
    return ITEMS.map(() => 1 / (1 + Math.exp(-(shift + kind + gaussian(rng)))));
  });
  const logits = rewards.map((row) => row.map((q) => Math.log(q / (1 - q))));
  // The log prefers good items a little, and so does the target, by other noise.
  const policy = (preference: number) =>
    logits.map((row) => softmax(row.map((logit) => preference * logit + gaussian(rng) / 2)));
  const [logging, target] = [policy(0.5), policy(strength)];
  const log: ExposureRow[] = Array.from({ length: rows }, (_, i) => {
    const kind = Math.floor(rng() * KINDS);
    const item = draw(logging[kind]!, rng);
    const clicked = rng() < rewards[kind]![item]! ? [ITEMS[item]!] : [];
    return {
      decisionId: `${i}`,
      slot: "home",
      context: `${kind}`,
      candidates: ITEMS,
      picks: [[ITEMS[item]!, logging[kind]![item]!]],
      clicked,
    };
  });
  const truth =
    target.flatMap((row, kind) => row.map((p, item) => p * rewards[kind]![item]!)).reduce((a, b) => a + b) /
    KINDS;
  return { log, target, truth };
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle - 0.25)]! + sorted[Math.floor(middle + 0.25)]!) / 2;
};

/** Median relative errors, coverage of the 95% intervals, and DR's error over that of IPS. */
export function runTruth(settings: TruthSettings) {
  const errors = Object.fromEntries(ESTIMATORS.map((name) => [name, [] as number[]]));
  const covered = { ips: 0, snips: 0, dr: 0, switchDr: 0 };
  const sizes: number[] = [];
  let refused = 0;
  for (let seed = 0; seed < settings.seeds; seed++) {
    const { log, target, truth } = world(seed, settings);
    const probability = (item: string, { row }: { row: ExposureRow }) =>
      target[Number(row.context)]![ITEMS.indexOf(item)]!;
    const answer = estimatePolicy(sumPolicy(log, probability, tallyRewards(log)));
    if (answer.kind === "refused") {
      refused++;
      continue;
    }
    sizes.push(answer.effectiveSampleSize);
    for (const name of ESTIMATORS) {
      const estimate = answer.estimators[name]!;
      const value = typeof estimate === "number" ? estimate : estimate.value;
      errors[name]!.push(Math.abs(value - truth) / truth);
      if (typeof estimate !== "number" && name !== "dm" && estimate.low <= truth && truth <= estimate.high)
        covered[name]++;
    }
  }
  const medians = Object.fromEntries(ESTIMATORS.map((name) => [name, median(errors[name]!)]));
  const answered = settings.seeds - refused;
  return {
    ...settings,
    refused,
    effectiveSampleSize: Math.round(median(sizes)),
    medianRelativeError: medians,
    drToIps: medians["dr"]! / medians["ips"]!,
    coverage: Object.fromEntries(
      Object.entries(covered).map(([name, count]) => [name, count / answered]),
    ) as Record<keyof typeof covered, number>,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seeds: { type: "string" }, rows: { type: "string" } } });
  const size = { seeds: Number(values.seeds ?? 200), rows: Number(values.rows ?? 10_000) };
  const settings = {
    often: size,
    seldom: { ...size, shift: -3 },
    sharp: { ...size, strength: 4 },
  };
  const ope = Object.fromEntries(Object.entries(settings).map(([name, one]) => [name, runTruth(one)]));
  console.log(JSON.stringify({ ope }));
}
