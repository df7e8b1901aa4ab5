import { describe, expect, test } from "vitest";
import { run } from "../../../../src/core/value/model/fit.ts";
import { discountedRenewals, fitRenewals, survival } from "../../../../src/core/value/model/renewal.ts";
import { areHere, reference } from "./reference.ts";

const HIGH_END = { alpha: 0.668088, beta: 3.806095 };

describe.skipIf(!areHere)("published survival curves", () => {
  const { regular, high_end } = reference?.published.sbg_fader_hardie_2007 ?? {
    regular: { survival: [] },
    high_end: { survival: [] },
  };
  // Own maximum-likelihood estimates: reference/experiments-clv.md, table B1.
  test.each([
    ["regular", regular.survival, 0.704077, 1.182043],
    ["high end", high_end.survival, HIGH_END.alpha, HIGH_END.beta],
  ] as const)("%s", (_, curve, alpha, beta) => {
    for (const survivors of [curve, curve.map((share) => 1_000 * share)]) {
      const outcome = run(fitRenewals(survivors));
      if (!outcome.fitted) throw new Error(outcome.reason);
      expect(outcome.fit.converged).toBe(true);
      expect(Math.abs(outcome.fit.params.alpha / alpha - 1)).toBeLessThan(1e-4);
      expect(Math.abs(outcome.fit.params.beta / beta - 1)).toBeLessThan(1e-4);
    }
  });
});

test("survival falls as the chance of each period says", () => {
  expect(survival({ alpha: 1, beta: 1 }, 0)).toBe(1);
  expect(survival({ alpha: 1, beta: 1 }, 4)).toBeCloseTo(1 / 5, 12);
  expect(survival(HIGH_END, 1)).toBeCloseTo(HIGH_END.beta / (HIGH_END.alpha + HIGH_END.beta), 12);
});

test("renewals to come are the sum of what is left of the curve", () => {
  for (const renewed of [0, 1, 5]) {
    let sum = 0;
    for (let k = 1; k <= 600; k++)
      sum += (survival(HIGH_END, renewed + k) / survival(HIGH_END, renewed)) * 1.1 ** -(k - 1);
    expect(discountedRenewals(HIGH_END, renewed, 0.1)).toBeCloseTo(sum, 8);
  }
});

test.each([
  ["nobody", [], "no_customers"],
  ["an empty cohort", [0, 0], "no_customers"],
  ["no period over", [10], "no_time_passed"],
  ["a rise", [10, 8, 9], "impossible_rows"],
  ["not a number", [10, Number.NaN], "impossible_rows"],
])("%s: refused", (_, survivors, reason) => {
  expect(run(fitRenewals(survivors))).toEqual({ fitted: false, reason });
});

test("nobody left, or all at once: finite parameters", () => {
  for (const survivors of [
    [10, 10, 10],
    [10, 0, 0],
  ]) {
    const outcome = run(fitRenewals(survivors));
    if (!outcome.fitted) throw new Error(outcome.reason);
    expect(Object.values(outcome.fit.params).every((value) => value > 0 && value < Infinity)).toBe(true);
    expect(outcome.fit.covariance).toBeUndefined();
  }
});
