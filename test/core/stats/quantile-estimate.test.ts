import { expect, test } from "vitest";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { quantileEstimate, quantileRanks } from "../../../src/core/stats/quantile-estimate.ts";

test("the ranks of the median of 100: 50 ± 1.96 · 5", () => {
  expect(quantileRanks(100, 0.5)).toEqual({ at: 50, low: 40, high: 61 });
});

test("too few values for a quantile far out", () => {
  expect(quantileRanks(20, 0.99)).toBeUndefined();
  expect(quantileRanks(0, 0.5)).toBeUndefined();
});

test("values that are all equal tell nothing of the noise", () => {
  expect(quantileEstimate(100, { at: 7, low: 7, high: 7 })).toBeUndefined();
});

test("the interval of the median holds it in about 95 % of samples", () => {
  const rng = seededRng("median");
  const { low, high } = quantileRanks(200, 0.5)!;
  let held = 0;
  const runs = 1000;
  for (let run = 0; run < runs; run++) {
    const values = Float64Array.from({ length: 200 }, () => rng()).sort();
    if (values[low - 1]! <= 0.5 && values[high - 1]! >= 0.5) held++;
  }
  // Three standard errors of a share of 1,000 around the nominal 95 %; the ranks are rounded outwards.
  expect(held / runs).toBeGreaterThan(0.929);
  expect(held / runs).toBeLessThan(0.985);
});
