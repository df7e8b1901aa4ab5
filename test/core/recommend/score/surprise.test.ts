import { describe, expect, test } from "vitest";
import { surprise } from "../../../../src/core/recommend/score/surprise.ts";

describe("surprise", () => {
  // Expected: 2 × (ln of the Poisson likelihood at the observed mean − at the mean by chance), by hand.
  test.each([
    [10, 3],
    [200, 1.1],
    [1, 50],
  ])("is twice the log-likelihood ratio of a Poisson count: %i times, lift %d", (times, lift) => {
    const likelihood = (mean: number) => times * Math.log(mean) - mean;
    expect(surprise(times, lift)).toBeCloseTo(2 * (likelihood(times) - likelihood(times / lift)), 9);
  });

  test.each([
    ["chance", 10, 1],
    ["rarer than chance", 10, 0.5],
    ["nothing seen", 0, 4],
    ["no number", Number.NaN, 4],
    ["no lift", 10, Number.NaN],
  ])("is 0 for %s", (_, times, lift) => {
    expect(surprise(times, lift)).toBe(0);
  });
});
