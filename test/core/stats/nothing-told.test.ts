import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { posteriorOf } from "../../../src/core/stats/bayes.ts";
import { cuped, relativeCupedByDelta } from "../../../src/core/stats/cuped.ts";
import {
  differenceOf,
  relativeDifferenceByDelta,
  type Difference,
} from "../../../src/core/stats/difference.ts";
import {
  meanEstimate,
  proportionEstimate,
  ratioEstimate,
  type MeanEstimate,
} from "../../../src/core/stats/mean-estimate.ts";
import { meanOf, varianceOf } from "../../../src/core/stats/moments.ts";
import type { PairMoments } from "../../../src/core/stats/pair-moments.ts";
import { quantileEstimate } from "../../../src/core/stats/quantile-estimate.ts";
import { tTest } from "../../../src/core/stats/t-test.ts";
import { meanInterval, welch } from "../../../src/core/stats/welch.ts";

/** Sums no shop should have, and all that a broken one may. */
const sums = fc.oneof(
  fc.constantFrom(0, -0, 1, 1e-320, 1e-160, 1e155, 1e200, 1.7e308, Infinity, -Infinity, Number.NaN),
  fc.integer({ min: -1000, max: 100_000 }),
  fc.double(),
);
const counts = fc.oneof(fc.constantFrom(0, 1, 2, Infinity, Number.NaN, -3), fc.integer({ min: 0, max: 1e9 }));
const pairs: fc.Arbitrary<PairMoments> = fc.record({
  n: counts,
  sum: sums,
  sumSquares: sums,
  otherSum: sums,
  otherSumSquares: sums,
  sumProducts: sums,
});

/** Fails on any figure that is not finite; open ends of one-sided intervals are checked apart. */
function expectTold(figures: object | number | undefined): void {
  for (const value of typeof figures === "object" ? Object.values(figures) : [figures ?? 0]) {
    expect(Number.isFinite(value)).toBe(true);
  }
}

function expectDifferenceTold(difference: Difference | undefined): void {
  expectTold(difference);
  if (difference === undefined) return;
  expect(difference.standardError).toBeGreaterThan(0);
  const both = tTest(difference);
  expectTold(both);
  if (both !== undefined) {
    expect(both.p).toBeGreaterThanOrEqual(0);
    expect(both.p).toBeLessThanOrEqual(1 + 1e-12);
    expect(both.low).toBeLessThanOrEqual(both.high);
  }
  const greater = tTest(difference, { side: "greater" });
  const less = tTest(difference, { side: "less" });
  expectTold(greater && { low: greater.low, p: greater.p });
  expectTold(less && { high: less.high, p: less.p });
  for (const prior of [undefined, { mean: 0, variance: 0.09 }, { mean: 1e300, variance: 1e-300 }]) {
    const posterior = posteriorOf(difference, prior);
    expectTold(posterior);
    if (posterior !== undefined) {
      expect(posterior.lossOfControl).toBeGreaterThanOrEqual(0);
      expect(posterior.lossOfTreatment).toBeGreaterThanOrEqual(0);
    }
  }
}

describe("whatever the sums: finite figures, or nothing told", () => {
  test("means, shares, ratios, adjusted means, and their differences", () => {
    fc.assert(
      fc.property(pairs, pairs, (control, treatment) => {
        const kinds: ((pair: PairMoments) => MeanEstimate | undefined)[] = [
          meanEstimate,
          ratioEstimate,
          ({ sum, n }) => proportionEstimate(sum, n),
        ];
        for (const estimate of kinds) {
          const [before, after] = [estimate(control), estimate(treatment)];
          expectTold(before);
          expectTold(after);
          if (before === undefined || after === undefined) continue;
          expectDifferenceTold(differenceOf(before, after));
          expectDifferenceTold(relativeDifferenceByDelta(before, after));
        }
        const adjusted = cuped(control, treatment);
        expectTold(adjusted?.theta);
        if (adjusted !== undefined) {
          expectTold(adjusted.control);
          expectTold(adjusted.treatment);
          expectDifferenceTold(differenceOf(adjusted.control, adjusted.treatment));
        }
        expectDifferenceTold(relativeCupedByDelta(control, treatment));
        expectTold(welch(control, treatment));
        expectTold(meanInterval(control));
        expectTold(meanOf(control));
        expectTold(varianceOf(control));
      }),
      { numRuns: 2000 },
    );
  });

  test("quantiles", () => {
    fc.assert(
      fc.property(counts, sums, sums, sums, (n, at, low, high) =>
        expectTold(quantileEstimate(n, { at, low, high })),
      ),
    );
  });
});

const usual = { n: 10, mean: 1, variance: 1 };
test.each<[name: string, got: unknown]>([
  ["one customer", meanEstimate({ n: 1, sum: 3, sumSquares: 9 })],
  ["one customer's share", proportionEstimate(1, 1)],
  ["more successes than customers", proportionEstimate(11, 10)],
  ["infinite revenue", meanEstimate({ n: 9, sum: Infinity, sumSquares: Infinity })],
  ["no variance anywhere", differenceOf({ ...usual, variance: 0 }, { ...usual, variance: 0 })],
  ["a lift over nothing", relativeDifferenceByDelta({ ...usual, mean: 0 }, usual)],
  [
    "a ratio over nothing",
    ratioEstimate({ n: 9, sum: 9, sumSquares: 9, otherSum: 0, otherSumSquares: 0, sumProducts: 0 }),
  ],
  ["a prior of no width", posteriorOf(differenceOf(usual, usual)!, { mean: 0, variance: 0 })],
])("%s: nothing told", (_, got) => expect(got).toBeUndefined());

test("an earlier measure without variance takes nothing out", () => {
  const pair = { n: 4, sum: 6, sumSquares: 12, otherSum: 4, otherSumSquares: 4, sumProducts: 6 };
  expect(cuped(pair, pair)).toEqual({
    theta: 0,
    control: { n: 4, mean: 1.5, variance: 1 },
    treatment: { n: 4, mean: 1.5, variance: 1 },
  });
});

test("a ratio that is the same for everybody has no variance, whatever rounding leaves", () => {
  // Three customers with 1, 2 and 3 orders of 0.1 each.
  const pair = {
    n: 3,
    sum: 0.1 + 0.2 + 0.30000000000000004,
    sumSquares: 0.01 + 0.04 + 0.09000000000000002,
    otherSum: 6,
    otherSumSquares: 14,
    sumProducts: 0.1 + 0.4 + 0.9000000000000001,
  };
  expect(ratioEstimate(pair)?.variance).toBe(0);
});
