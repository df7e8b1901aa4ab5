import { describe, expect, test } from "vitest";
import { bestArmProbabilities, raceOf } from "../../../src/core/bandit/race.ts";
import { normalCdf } from "../../../src/core/stats/normal.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";

const beta = (a: number, b: number) => ({ family: "beta" as const, a, b });
const normal = (mean: number, sd: number) => ({ family: "normal" as const, mean, sd });
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

describe("the probability that an arm is the best", () => {
  test("two normals: the normal of their distance", () => {
    for (const [m, s] of [
      [1, 2],
      [0.3, 0.01],
      [-2, 5],
      [6, 1],
    ] as const) {
      const exact = normalCdf(m / Math.hypot(1, s));
      expect(bestArmProbabilities([normal(0, 1), normal(m, s)])[1]).toBeCloseTo(exact, 9);
    }
  });

  test("two Betas with whole parameters: the finite sum", () => {
    // P(B > A) = sum over i < a_B of B(a_A + i, b_A + b_B) / ((b_B + i) B(1 + i, b_B) B(a_A, b_A)) (Evan Miller 2015),
    // checked here on cases small enough for exact fractions.
    expect(bestArmProbabilities([beta(1, 1), beta(2, 1)])[1]).toBeCloseTo(2 / 3, 9);
    expect(bestArmProbabilities([beta(1, 1), beta(1, 3)])[1]).toBeCloseTo(1 / 4, 9);
    expect(bestArmProbabilities([beta(1, 4), beta(3, 1)])[0]).toBeCloseTo(1 / 35, 9);
  });

  test("arms alike share alike, and all shares sum to 1", () => {
    for (const count of [2, 3, 10]) {
      const rates = bestArmProbabilities(Array.from({ length: count }, () => beta(1, 200)));
      for (const one of rates) expect(one).toBeCloseTo(1 / count, 12);
    }
    const mixed = [beta(1, 1), beta(2000, 30_000), beta(40, 900), beta(1, 3000), beta(90_000, 9e5)];
    expect(sum(bestArmProbabilities(mixed))).toBeCloseTo(1, 12);
  });

  test("ten million draws agree within their own error", () => {
    // Counted once over 10,000,000 draws of gamma ratios (Marsaglia and Tsang 2000); standard error below 0.00016.
    const drawn = [0.0409469, 0.2761424, 0.1181724, 0.5647383];
    const told = bestArmProbabilities([beta(51, 951), beta(61, 941), beta(56, 946), beta(4, 50)]);
    told.forEach((one, i) => expect(Math.abs(one - drawn[i]!)).toBeLessThan(0.0007));
  });

  test("the order of arms does not matter", () => {
    const rng = seededRng("order");
    const arms = Array.from({ length: 6 }, () => beta(1 + 40 * rng(), 1 + 600 * rng()));
    const forth = bestArmProbabilities(arms);
    const back = bestArmProbabilities(arms.toReversed()).toReversed();
    forth.forEach((one, i) => expect(one).toBeCloseTo(back[i]!, 10));
  });

  test("the best value of three uniform rates is 3/4, of two standard normals 1/√π", () => {
    expect(raceOf([beta(1, 1), beta(1, 1), beta(1, 1)]).bestValue).toBeCloseTo(0.75, 9);
    expect(raceOf([normal(0, 1), normal(0, 1)]).bestValue).toBeCloseTo(1 / Math.sqrt(Math.PI), 9);
  });

  test("one arm is the best, none is none", () => {
    expect(bestArmProbabilities([beta(3, 9)])).toEqual([1]);
    expect(bestArmProbabilities([])).toEqual([]);
  });
});
