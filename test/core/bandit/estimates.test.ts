import { describe, expect, test } from "vitest";
import { armEstimates } from "../../../src/core/bandit/aipw.ts";
import { proportionMoments } from "../../../src/core/stats/moments.ts";
import { aipwFigures } from "../../bench/stats/aipw.ts";
import type { Period } from "../../../src/core/bandit/period.ts";

const period = (weights: number[], arms: [sum: number, n: number][]): Period => ({
  version: 1,
  from: 0,
  weights,
  arms: arms.map(([sum, n]) => proportionMoments(sum, n)),
});

describe("an arm's mean after a bandit", () => {
  test("is the plain mean where there is one period", () => {
    const [one] = armEstimates(
      [
        period(
          [0.5, 0.5],
          [
            [50, 1000],
            [60, 1000],
          ],
        ),
      ],
      "proportion",
      0.95,
    );
    expect(one!.mean).toBeCloseTo(0.05, 12);
    expect(one!.low).toBeGreaterThan(0.036);
    expect(one!.high).toBeLessThan(0.066);
    expect(one!.users).toBe(1000);
  });

  test("equals the scores of single customers, summed one by one", () => {
    const periods = [
      period(
        [0.5, 0.5],
        [
          [3, 10],
          [4, 10],
        ],
      ),
      period(
        [0.2, 0.8],
        [
          [1, 4],
          [6, 16],
        ],
      ),
    ];
    // Second period: expected 0.3; each of 20 customers scores 0.3, the four of the arm (y - 0.3) / 0.2 more.
    const second = 20 * 0.3 + (1 - 0.3) / 0.2 + (3 * (0 - 0.3)) / 0.2;
    const [one] = armEstimates(periods, "proportion", 0.95);
    expect(one!.mean).toBeCloseTo((20 * 0.3 + second) / 40, 12);
  });

  test("a period that gave an arm a small share counts for all its customers", () => {
    const periods = [
      period(
        [0.5, 0.5],
        [
          [100, 1000],
          [100, 1000],
        ],
      ),
      period(
        [0.1, 0.9],
        [
          [20, 100],
          [90, 900],
        ],
      ),
    ];
    const [one] = armEstimates(periods, "proportion", 0.95);
    // 10 % for 2,000 customers and 20 % for 1,000, where the plain mean is 120 / 1,100.
    expect(one!.mean).toBeCloseTo((2000 * 0.1 + 1000 * 0.2) / 3000, 12);
  });

  test("says nothing of an arm without customers or share, and is never NaN", () => {
    const none = armEstimates(
      [
        period(
          [1, 0],
          [
            [5, 100],
            [0, 0],
          ],
        ),
      ],
      "proportion",
      0.95,
    );
    expect(none[0]).toBeDefined();
    expect(none[1]).toBeUndefined();
    expect(armEstimates([], "mean", 0.95)).toEqual([]);
    const zero = armEstimates(
      [
        period(
          [0.5, 0.5],
          [
            [0, 100],
            [0, 100],
          ],
        ),
      ],
      "proportion",
      0.95,
    );
    expect(zero[0]).toMatchObject({ mean: 0, low: 0 });
    expect(zero[0]!.high).toBeGreaterThan(0.01);
    const infinite = { n: 9, sum: Infinity, sumSquares: Infinity };
    expect(armEstimates([{ version: 1, from: 0, weights: [1], arms: [infinite] }], "mean", 0.95)).toEqual([
      undefined,
    ]);
  });
});

test("the plain mean is too low after a bandit, the estimate is not", { timeout: 30_000 }, () => {
  const { sampleMean, product } = aipwFigures({ runs: 60, policies: ["betaThompson"] })["betaThompson"]![
    "2 arms 5/5.5%"
  ]!;
  expect(sampleMean!.biasPercent[0]).toBeLessThan(-1);
  expect(product!.biasPercent[0]).toBeGreaterThan(sampleMean!.biasPercent[0]! + 1);
  expect(product!.coverage[0]).toBeGreaterThan(0.85);
});
