import { describe, expect, test } from "vitest";
import { meanOf, proportionMoments, varianceOf, type Moments } from "../../../src/core/stats/moments.ts";
import { meanInterval, welch } from "../../../src/core/stats/welch.ts";
import { readShared } from "../../support/shared.ts";
import { relativeError } from "./relative-error.ts";

type Arm = { type: string; n: number; sum: number; sum_squares?: number };
type Case = {
  input: { control: Arm; treatment: Arm; difference_type: string; alpha: number };
  expected: {
    two_sided_t: { expected: number; ci: [number, number]; uplift: { stddev: number }; pValue: number };
    dof: number;
  };
};

const text = readShared("vectors/gbstats/gbstats_vectors.json");
const cases = text === undefined ? [] : (JSON.parse(text) as { tests: Case[] }).tests;
const absolute = (type: string) =>
  cases.filter(({ input }) => input.control.type === type && input.difference_type === "absolute");

const momentsOf = ({ n, sum, sum_squares }: Arm): Moments => ({ n, sum, sumSquares: sum_squares ?? sum });

describe.skipIf(text === undefined)("gbstats 0.8.0, absolute differences", () => {
  test("twelve of means and twelve of proportions", () => {
    expect([absolute("mean").length, absolute("proportion").length]).toEqual([12, 12]);
  });

  // gbstats computes p by subtraction from 1, so a p is good to about 1e-15 absolute there.
  test.each(absolute("mean"))(
    "means of $input.control.n and $input.treatment.n users, within 1e-9",
    ({ input, expected }) => {
      const got = welch(momentsOf(input.control), momentsOf(input.treatment), 1 - input.alpha)!;
      const wanted = expected.two_sided_t;
      const scale = wanted.uplift.stddev;
      expect(Math.abs(got.difference - wanted.expected) / scale).toBeLessThan(1e-9);
      expect(Math.abs(got.low - wanted.ci[0]) / scale).toBeLessThan(1e-9);
      expect(Math.abs(got.high - wanted.ci[1]) / scale).toBeLessThan(1e-9);
      expect(relativeError(got.standardError, scale)).toBeLessThan(1e-9);
      expect(relativeError(got.df, expected.dof)).toBeLessThan(1e-9);
      expect(Math.abs(got.p - wanted.pValue)).toBeLessThan(1e-9);
    },
  );

  // gbstats takes m (1 - m) for a proportion's variance; ours has Bessel's correction, a factor of n / (n - 1).
  test.each(absolute("proportion"))(
    "proportions of $input.control.n and $input.treatment.n users, within 1 in the smaller n",
    ({ input, expected }) => {
      const { control, treatment } = input;
      const got = welch(
        proportionMoments(control.sum, control.n),
        proportionMoments(treatment.sum, treatment.n),
        1 - input.alpha,
      )!;
      const tolerance = 1 / (Math.min(control.n, treatment.n) - 1);
      const wanted = expected.two_sided_t;
      expect(got.difference).toBeCloseTo(wanted.expected, 12);
      expect(relativeError(got.standardError, wanted.uplift.stddev)).toBeLessThan(tolerance);
      expect(Math.abs(got.p - wanted.pValue)).toBeLessThan(tolerance);
    },
  );
});

// gbstats' own unit test, two_sided_t_absolute in vectors/gbstats/gbstats_unit_tests.json, to five decimals.
test("the published absolute t-test", () => {
  const control = { n: 3407, sum: 1396.87, sumSquares: 52_377.9767 };
  const treatment = { n: 3461, sum: 2422.7, sumSquares: 134_698.29 };
  const got = welch(control, treatment)!;
  expect(got.difference).toBeCloseTo(0.29, 5);
  expect(got.low).toBeCloseTo(0.04538, 5);
  expect(got.high).toBeCloseTo(0.53462, 5);
  expect(got.standardError).toBeCloseTo(0.12478, 5);
  expect(got.p).toBeCloseTo(0.02016, 5);
});

describe("moments", () => {
  test("mean and variance", () => {
    const moments = { n: 4, sum: 6, sumSquares: 12 };
    expect([meanOf(moments), varianceOf(moments)]).toEqual([1.5, 1]);
    expect([meanOf({ n: 0, sum: 0, sumSquares: 0 }), varianceOf({ n: 1, sum: 1, sumSquares: 1 })]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("equal values have no variance, whatever rounding leaves", () => {
    const value = 1999.1;
    for (const n of [3, 7, 1000, 12_345]) {
      let [sum, sumSquares] = [0, 0];
      for (let i = 0; i < n; i++) [sum, sumSquares] = [sum + value, sumSquares + value * value];
      expect(varianceOf({ n, sum, sumSquares })).toBe(0);
    }
  });

  test("the interval of a mean: t(0.975, 2) = 4.302652729749462 times 1/√3", () => {
    const interval = meanInterval({ n: 3, sum: 6, sumSquares: 14 })!;
    expect(interval.high).toBeCloseTo(2 + 4.302652729749462 / Math.sqrt(3), 12);
    expect(interval.low).toBeCloseTo(2 - 4.302652729749462 / Math.sqrt(3), 12);
  });
});

describe("nothing can be told", () => {
  const some = { n: 10, sum: 5, sumSquares: 5 };
  test.each([
    ["no users", { n: 0, sum: 0, sumSquares: 0 }, some],
    ["one user", some, { n: 1, sum: 3, sumSquares: 9 }],
    ["no variance anywhere", { n: 10, sum: 0, sumSquares: 0 }, { n: 10, sum: 10, sumSquares: 10 }],
    ["sums beyond a double", { n: 10, sum: 1e200, sumSquares: Infinity }, some],
  ])("%s", (_, control, treatment) => expect(welch(control, treatment)).toBeUndefined());

  test("but one arm with variance is enough: df are that arm's", () => {
    expect(welch({ n: 50, sum: 0, sumSquares: 0 }, some)?.df).toBeCloseTo(9, 12);
  });

  test("and tiny or huge units change no p", () => {
    const scaled = (by: number) => ({ n: 10, sum: 5 * by, sumSquares: 5 * by * by });
    const p = welch(some, { n: 10, sum: 8, sumSquares: 8 })!.p;
    for (const by of [1e-90, 1e90]) {
      const other = { n: 10, sum: 8 * by, sumSquares: 8 * by * by };
      expect(relativeError(welch(scaled(by), other)!.p, p)).toBeLessThan(1e-12);
    }
  });
});
