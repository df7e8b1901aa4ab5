import { describe, expect, test } from "vitest";
import { posteriorOf, priorInUnits } from "../../../src/core/stats/bayes.ts";
import { cuped } from "../../../src/core/stats/cuped.ts";
import { tTest } from "../../../src/core/stats/t-test.ts";
import {
  controlMeanOf,
  gbstatsCases,
  gbstatsDifference,
  pairOf,
  type BayesRow,
  type GbstatsCase,
} from "./gbstats-vectors.ts";
import { relativeError } from "./relative-error.ts";

const cases = gbstatsCases ?? [];
const TOLERANCE = 1e-9;
/** gbstats takes tails by subtraction from 1 and small losses as differences: what is below this is its rounding. */
const ITS_ROUNDING = 2e-15;

function expectNear(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * TOLERANCE);
}

function expectNearOrRounding(got: number, wanted: number, rounding = ITS_ROUNDING): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * TOLERANCE + rounding);
}

const CASES = cases.map((row, i): [name: string, row: GbstatsCase] => [
  `${i}: ${row.input.control.type}, ${row.input.difference_type}`,
  row,
]);

describe.skipIf(gbstatsCases === undefined)("gbstats 0.8.0, every result within 1e-9 relative", () => {
  test("96 inputs: twelve of each kind of measure, absolute and relative", () => {
    const kinds = Map.groupBy(CASES, ([name]) => name.replace(/^\d+: /, ""));
    expect(kinds.size).toBe(8);
    for (const rows of kinds.values()) expect(rows).toHaveLength(12);
  });

  test.each(CASES)("%s: t, two-sided and one-sided", (_, { input, expected }) => {
    const difference = gbstatsDifference(input);
    expectNear(difference.estimate, expected.two_sided_t.expected);
    expectNear(difference.standardError, expected.two_sided_t.uplift.stddev);
    expectNear(difference.df, expected.dof);

    const level = 1 - input.alpha;
    const both = tTest(difference, { level })!;
    expectNear(both.low, expected.two_sided_t.ci[0] as number);
    expectNear(both.high, expected.two_sided_t.ci[1] as number);
    expectNearOrRounding(both.p, expected.two_sided_t.pValue);

    const greater = tTest(difference, { level, side: "greater" })!;
    expectNear(greater.low, expected.one_sided_greater_t.ci[0] as number);
    expect(expected.one_sided_greater_t.ci[1]).toBe("inf");
    expect(greater.high).toBe(Infinity);
    expectNearOrRounding(greater.p, expected.one_sided_greater_t.pValue);
  });

  test.each(CASES)("%s: Bayesian, flat and proper prior", (_, { input, expected }) => {
    const difference = gbstatsDifference(input);
    const level = 1 - input.alpha;
    const lift = { mean: 0, variance: 0.3 ** 2 };
    const prior = input.difference_type === "absolute" ? priorInUnits(lift, controlMeanOf(input)) : lift;
    const check = (got: ReturnType<typeof posteriorOf>, wanted: BayesRow) => {
      expectNear(got!.mean, wanted.expected);
      expectNear(got!.standardDeviation, wanted.uplift.stddev);
      expectNear(got!.low, wanted.ci[0]);
      expectNear(got!.high, wanted.ci[1]);
      expectNear(got!.chanceToWin, wanted.chanceToWin);
      const rounding = ITS_ROUNDING * (Math.abs(got!.mean) + got!.standardDeviation);
      expectNearOrRounding(got!.lossOfControl, wanted.risk[0], rounding);
      expectNearOrRounding(got!.lossOfTreatment, wanted.risk[1], rounding);
    };
    check(posteriorOf(difference, undefined, level), expected.bayes_flat);
    check(posteriorOf(difference, prior, level), expected["bayes_prior_N(0,0.3^2)"]);
  });

  const cupedCases = CASES.filter(([, { input }]) => input.control.type === "cuped");
  test.each(cupedCases)("%s: theta", (_, { input, expected }) => {
    const got = cuped(pairOf(input.control), pairOf(input.treatment))!;
    expect(relativeError(got.theta, expected.theta!)).toBeLessThan(TOLERANCE);
  });
});
