import { allocate, BANDIT_DEFAULTS } from "../../../src/core/bandit/allocate.ts";
import { allocateLeaves } from "../../../src/core/bandit/leaves.ts";
import {
  addLinear,
  allocateLinear,
  customerSums,
  fitLinear,
  noSums,
  type LinearSums,
} from "../../../src/core/bandit/linear.ts";
import { totalOf } from "../../../src/core/bandit/posterior.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { addMoments, offer, proportions } from "./draws.ts";

/** Rates by context and arm. With a difference, each context has an arm of its own that is best there. */
export const RATES = {
  different: [
    [0.07, 0.04, 0.04, 0.045],
    [0.04, 0.07, 0.04, 0.045],
    [0.04, 0.04, 0.07, 0.045],
    [0.045, 0.04, 0.04, 0.065],
  ],
  alike: Array.from({ length: 4 }, () => [0.045, 0.05, 0.055, 0.06]),
};

const VISITORS = 100_000;
const BATCH = 1000;
const MIX = [0.4, 0.3, 0.2, 0.1];

type Kind = "contextFree" | "leaves" | "linear";

/** Conversions of one run. */
export function conversionsOf(rates: readonly (readonly number[])[], kind: Kind, rng: Rng): number {
  const arms = rates[0]!.length;
  let sums = rates.map((each) => each.map(() => ({ n: 0, sum: 0, sumSquares: 0 })));
  let linear: LinearSums[] = Array.from({ length: arms }, () => noSums(rates.length));
  let won = 0;
  for (let seen = 0; seen < VISITORS; seen += BATCH) {
    const fitted = kind === "linear" ? fitLinear(linear) : undefined;
    const shares = sharesOf(kind, sums, (x) => allocateLinear(fitted, x, arms, BANDIT_DEFAULTS));
    const drawn = offer(rng, BATCH, MIX).map((users, leaf) =>
      proportions(rng, offer(rng, users, shares[leaf]!), rates[leaf]!),
    );
    won += totalOf(drawn.flat()).sum;
    sums = sums.map((each, leaf) => each.map((one, i) => addMoments(one, drawn[leaf]![i]!)));
    if (kind === "linear")
      linear = linear.map((one, i) =>
        drawn.reduce((total, each, leaf) => {
          const { n, sum } = each[i]!;
          const bought = scaled(customerSums(features(leaf), 1), sum);
          return addLinear(total, addLinear(bought, scaled(customerSums(features(leaf), 0), n - sum)));
        }, one),
      );
  }
  return won;
}

function sharesOf(
  kind: Kind,
  sums: readonly (readonly { n: number; sum: number; sumSquares: number }[])[],
  linear: (x: readonly number[]) => readonly number[],
): readonly (readonly number[])[] {
  if (kind === "linear") return sums.map((_, leaf) => linear(features(leaf)));
  if (kind === "leaves")
    return allocateLeaves(
      sums.map((each) => each.map((moments) => ({ moments }))),
      BANDIT_DEFAULTS,
    );
  const whole = sums[0]!.map((_, i) => ({ moments: totalOf(sums.map((each) => each[i]!)) }));
  const shares = allocate(whole);
  return sums.map(() => shares);
}

/** A constant, and one feature for each context but the first. */
const features = (leaf: number): number[] => MIX.map((_, i) => (i === 0 || i === leaf ? 1 : 0));

const scaled = (one: LinearSums, by: number): LinearSums => ({
  n: one.n * by,
  xx: one.xx.map((value) => value * by),
  xy: one.xy.map((value) => value * by),
  yy: one.yy * by,
});

/** Mean conversions of each kind, and of each kind over the one that knows no contexts, less 1. */
export function contextFigures(runs: number) {
  return Object.fromEntries(
    Object.entries(RATES).map(([name, rates]) => {
      const mean = (kind: Kind) => {
        const rng = seededRng(`contexts ${name}`);
        let sum = 0;
        for (let run = 0; run < runs; run++) sum += conversionsOf(rates, kind, rng);
        return sum / runs;
      };
      const base = mean("contextFree");
      const gain = (kind: Kind) => Math.round((mean(kind) / base - 1) * 1000) / 10;
      return [
        name,
        {
          contextFree: Math.round(base),
          leavesGainPercent: gain("leaves"),
          linearGainPercent: gain("linear"),
        },
      ];
    }),
  );
}
