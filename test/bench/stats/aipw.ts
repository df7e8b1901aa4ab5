/**
 * Whether an arm's mean can be told after a bandit: bias and coverage of 95 % intervals of the plain mean and of the
 * product's estimate, for the product's own shares and for Beta Thompson with a 1 % floor.
 * `npx node test/bench/stats/aipw.ts [--full]`; last line JSON. Full: 2,000 runs an instance instead of 200.
 */
import { armEstimates } from "../../../src/core/bandit/aipw.ts";
import { sumPeriods, type Period } from "../../../src/core/bandit/period.ts";
import { nextPeriod } from "../../../src/core/bandit/refresh.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { POLICIES } from "./bandit.ts";
import { offer, proportions } from "./draws.ts";

type Instance = { readonly name: string; readonly rates: readonly number[]; readonly visitors: number };

const INSTANCES: readonly Instance[] = [
  { name: "2 arms equal 5%", rates: [0.05, 0.05], visitors: 20_000 },
  { name: "2 arms 5/5.5%", rates: [0.05, 0.055], visitors: 20_000 },
  { name: "5 arms", rates: [0.045, 0.05, 0.06, 0.0475, 0.05], visitors: 50_000 },
];

const BATCH = 1000;

function bandit({ rates, visitors }: Instance, policy: string, rng: Rng): Period[] {
  const periods: Period[] = [];
  for (let seen = 0; seen < visitors; seen += BATCH) {
    const weights = POLICIES[policy]!(periods, sumPeriods(periods, rates.length));
    const arms = proportions(rng, offer(rng, BATCH, weights), rates);
    periods.push({ ...nextPeriod(periods.at(-1), weights, seen), arms });
  }
  return periods;
}

type Interval = {
  readonly mean: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
};

const METHODS: Readonly<
  Record<string, (periods: readonly Period[], arms: number) => (Interval | undefined)[]>
> = {
  sampleMean: (periods, arms) =>
    sumPeriods(periods, arms).map(({ n, sum }) => {
      const mean = sum / n;
      const standardError = Math.sqrt((mean * (1 - mean)) / n);
      return { mean, standardError, low: mean - 1.96 * standardError, high: mean + 1.96 * standardError };
    }),
  product: (periods) => armEstimates(periods, "proportion", 0.95),
  steadiedByRoot: (periods) => armEstimates(periods, "proportion", 0.95, 0.5),
};

function figuresOf(instance: Instance, policy: string, runs: number) {
  const rng = seededRng(`aipw ${instance.name} ${policy}`);
  const { rates } = instance;
  const all = Object.fromEntries(
    Object.keys(METHODS).map((name) => [name, rates.map(() => ({ sum: 0, covered: 0, se: 0, told: 0 }))]),
  );
  for (let run = 0; run < runs; run++) {
    const periods = bandit(instance, policy, rng);
    for (const [name, method] of Object.entries(METHODS))
      method(periods, rates.length).forEach((one, i) => {
        if (!one) return;
        const total = all[name]![i]!;
        total.told++;
        total.sum += one.mean;
        total.se += one.standardError;
        if (one.low <= rates[i]! && rates[i]! <= one.high) total.covered++;
      });
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, arms]) => [
      name,
      {
        biasPercent: arms.map(({ sum, told }, i) => round((sum / told / rates[i]! - 1) * 100, 100)),
        coverage: arms.map(({ covered, told }) => round(covered / told, 1000)),
        standardError: arms.map(({ se, told }) => round(se / told, 1e5)),
      },
    ]),
  );
}

const round = (value: number, by: number): number => Math.round(value * by) / by;

export type AipwSettings = { readonly runs: number; readonly policies: readonly string[] };

/** By policy, instance and method. */
export function aipwFigures({ runs, policies }: AipwSettings) {
  const of = (policy: string) =>
    Object.fromEntries(INSTANCES.map((instance) => [instance.name, figuresOf(instance, policy, runs)]));
  return Object.fromEntries(policies.map((policy) => [policy, of(policy)]));
}

if (import.meta.main) {
  const runs = process.argv.includes("--full") ? 2000 : 200;
  const aipw = aipwFigures({ runs, policies: ["ours", "betaThompson"] });
  for (const [policy, instances] of Object.entries(aipw))
    for (const [name, methods] of Object.entries(instances))
      for (const [method, figures] of Object.entries(methods))
        console.log(policy, "|", name, "|", method, JSON.stringify(figures));
  console.log(JSON.stringify({ aipw: { runs, ...aipw } }));
}
