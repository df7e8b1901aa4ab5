/**
 * What bandits lose: conversions fewer than with the best variation from the start, on three instances with known rates,
 * ours beside others in the same run; the same with rates that drift or swap; and contexts.
 * `npx node test/bench/stats/bandit.ts [--full]`; last line JSON. Full: 300 runs an instance instead of 40.
 */
import { allocate, BANDIT_DEFAULTS } from "../../../src/core/bandit/allocate.ts";
import { withFloor } from "../../../src/core/bandit/floor.ts";
import { nextPeriod, refreshShares } from "../../../src/core/bandit/refresh.ts";
import type { Period } from "../../../src/core/bandit/period.ts";
import { bestArmProbabilities } from "../../../src/core/bandit/race.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { proportionMoments, type Moments } from "../../../src/core/stats/moments.ts";
import { contextFigures } from "./bandit-contexts.ts";
import { offer, proportions } from "./draws.ts";

export type Instance = {
  readonly name: string;
  /** Rates of the arms when a share of all visitors has come. */
  readonly rates: (progress: number) => readonly number[];
  readonly visitors: number;
};

const still = (name: string, rates: readonly number[], visitors: number): Instance => ({
  name,
  rates: () => rates,
  visitors,
});

export const INSTANCES: readonly Instance[] = [
  still("5 arms 4.5-6%", [0.045, 0.05, 0.05, 0.055, 0.06], 100_000),
  still("2 arms 5/5.5%", [0.05, 0.055], 100_000),
  still(
    "10 arms 3-4.8%",
    Array.from({ length: 10 }, (_, i) => 0.03 + 0.002 * i),
    200_000,
  ),
];

const MOVING: readonly Instance[] = [
  {
    name: "5 arms, days from half to double",
    visitors: 100_000,
    rates: (progress) => INSTANCES[0]!.rates(0).map((rate) => rate * 2 ** Math.sin(progress * 14 * Math.PI)),
  },
  {
    name: "5 arms, the best fades to 4% halfway",
    visitors: 200_000,
    rates: (progress) => [0.045, 0.05, 0.05, 0.055, progress < 0.5 ? 0.07 : 0.04],
  },
];

type Policy = (periods: readonly Period[], sums: readonly Moments[]) => readonly number[];

const equal = (sums: readonly Moments[]): number[] => sums.map(() => 1 / sums.length);

/** Thompson with Beta(1, 1) and a constant additive floor. */
const betaThompson: Policy = (_, sums) =>
  withFloor(
    bestArmProbabilities(sums.map(({ n, sum }) => ({ family: "beta", a: 1 + sum, b: 1 + n - sum }))),
    0.01,
  );

/** As GrowthBook's: a normal of prior variance 10,000 from a hundred visitors per arm on, and a floor of 1 %. */
const gaussianThompson: Policy = (_, sums) => {
  if (sums.some(({ n }) => n < 100)) return equal(sums);
  const beliefs = sums.map(({ n, sum }) => {
    const mean = sum / n;
    const precision = 1 / 1e4 + n / Math.max(mean * (1 - mean), 1e-9);
    return {
      family: "normal" as const,
      mean: (mean * (precision - 1 / 1e4)) / precision,
      sd: precision ** -0.5,
    };
  });
  return withFloor(bestArmProbabilities(beliefs), 0.01);
};

export const POLICIES: Readonly<Record<string, Policy>> = {
  uniform: (_, sums) => equal(sums),
  betaThompson,
  gaussianThompson,
  ours: (periods, sums) => refreshShares(periods, sums.length, BANDIT_DEFAULTS).weights,
  oursWithoutMemoryOfPeriods: (_, sums) => allocate(sums.map((moments) => ({ moments }))),
};

/** Conversions lost in one run. */
export function regretOf(instance: Instance, policy: Policy, batch: number, rng: Rng): number {
  const arms = instance.rates(0).length;
  const periods: Period[] = [];
  const sums = Array.from({ length: arms }, () => ({ n: 0, sum: 0, sumSquares: 0 }));
  let lost = 0;
  for (let seen = 0; seen < instance.visitors; seen += batch) {
    const rates = instance.rates(seen / instance.visitors);
    const best = Math.max(...rates);
    const weights = policy(periods, sums);
    const drawn = proportions(rng, offer(rng, batch, weights), rates);
    drawn.forEach(({ n, sum }, i) => {
      lost += n * (best - rates[i]!);
      sums[i]!.n += n;
      sums[i]!.sum += sum;
      sums[i]!.sumSquares += sum;
    });
    periods.push({ ...nextPeriod(periods.at(-1), weights, seen), arms: drawn });
  }
  return lost;
}

export function regretFigures(
  instances: readonly Instance[],
  policies: readonly string[],
  batch: number,
  runs: number,
) {
  return Object.fromEntries(
    instances.map((instance) => [
      instance.name,
      Object.fromEntries(policies.map((name) => [name, meanRegret(instance, POLICIES[name]!, batch, runs)])),
    ]),
  );
}

function meanRegret(instance: Instance, policy: Policy, batch: number, runs: number) {
  const rng = seededRng(`bandit ${instance.name} ${batch}`);
  let [sum, squares] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const lost = regretOf(instance, policy, batch, rng);
    sum += lost;
    squares += lost * lost;
  }
  const se = Math.sqrt((squares / runs - (sum / runs) ** 2) / (runs - 1));
  return { regret: round(sum / runs), se: round(se) };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** How long the allocation of ten arms takes, in milliseconds. */
function allocationMs(): number {
  const arms = Array.from({ length: 10 }, (_, i) => ({ moments: proportionMoments(400 + 15 * i, 10_000) }));
  for (let i = 0; i < 300; i++) allocate(arms);
  const from = performance.now();
  for (let i = 0; i < 500; i++) allocate(arms);
  return (performance.now() - from) / 500;
}

export function banditFigures({ isFull }: { readonly isFull: boolean }) {
  const runs = isFull ? 300 : 40;
  const all = Object.keys(POLICIES);
  return {
    runs,
    allocationMs: Math.round(allocationMs() * 1000) / 1000,
    batches1000: regretFigures(INSTANCES, all, 1000, runs),
    batches200: regretFigures(INSTANCES.slice(0, 2), ["betaThompson", "ours"], 200, Math.ceil(runs / 5)),
    moving: regretFigures(
      MOVING,
      ["betaThompson", "gaussianThompson", "ours", "oursWithoutMemoryOfPeriods"],
      1000,
      Math.ceil(runs / 3),
    ),
    contexts: contextFigures(Math.ceil(runs / 4)),
  };
}

if (import.meta.main) {
  const bandit = banditFigures({ isFull: process.argv.includes("--full") });
  for (const part of [bandit.batches1000, bandit.batches200, bandit.moving])
    for (const [name, figures] of Object.entries(part)) console.log(name, figures);
  console.log(bandit.contexts);
  console.log(JSON.stringify({ bandit }));
}
