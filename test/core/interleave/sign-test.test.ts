import { describe, expect, test } from "vitest";
import { judgeInterleaving } from "../../../src/core/interleave/judge.ts";
import { binomialCdf, shareInterval, signTest } from "../../../src/core/interleave/sign-test.ts";
import { relativeError } from "../stats/relative-error.ts";

/** Pascal's triangle in whole numbers: exact. */
function tailByCounting(k: number, n: number): number {
  let [ways, sum] = [1n, 0n];
  for (let i = 0; i <= k; i++) {
    sum += ways;
    ways = (ways * BigInt(n - i)) / BigInt(i + 1);
  }
  return Number((sum * 10n ** 30n) / 2n ** BigInt(n)) / 1e30;
}

describe("the exact sign test", () => {
  test.each([
    [0, 1],
    [1, 4],
    [3, 20],
    [40, 100],
    [470, 1000],
  ])("P(at most %i of %i)", (k, n) => {
    expect(relativeError(binomialCdf(k, n, 0.5), tailByCounting(k, n))).toBeLessThan(1e-12);
  });

  // By hand: 9 votes, 8 to 1: 2 * (1 + 9) / 512. 10 to 0: 2 / 1024.
  test.each([
    [8, 1, 20 / 512],
    [10, 0, 2 / 1024],
    [5, 5, 1],
    [0, 0, 1],
  ])("%i to %i: p = %d", (wins, losses, p) => {
    expect(signTest(wins, losses)).toBeCloseTo(p, 13);
    expect(signTest(losses, wins)).toBe(signTest(wins, losses));
  });

  test("never above its level: the exact size for 20 to 2,000 votes", () => {
    for (const votes of [20, 55, 300, 2000]) {
      let critical = -1;
      while (signTest(critical + 1, votes - critical - 1) < 0.05) critical++;
      const size = 2 * binomialCdf(critical, votes, 0.5);
      expect(size).toBeLessThan(0.05);
      expect(size).toBeGreaterThan(0.03);
    }
  });
});

describe("the exact interval of a share", () => {
  test("no wins in ten: 1 - 0.025^(1/10)", () => {
    const { low, high } = shareInterval(0, 10);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(1 - 0.025 ** 0.1, 12);
    expect(shareInterval(10, 0)).toEqual({ low: expect.closeTo(0.025 ** 0.1, 12) as number, high: 1 });
  });
  test("its bounds are where the tails are 2.5%, and it mirrors", () => {
    const { low, high } = shareInterval(60, 40);
    expect(1 - binomialCdf(59, 100, low)).toBeCloseTo(0.025, 10);
    expect(binomialCdf(60, 100, high)).toBeCloseTo(0.025, 10);
    expect(shareInterval(40, 60).low).toBeCloseTo(1 - high, 12);
  });
  test("no votes", () => expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 }));
});

describe("the verdict", () => {
  test.each([
    [{ a: 40, b: 80, ties: 10 }, "b", "Of 120 visitors with a preference 57.5% to 75.0% prefer “b”"],
    [{ a: 80, b: 40, ties: 10 }, "a", "prefer “a”"],
    [{ a: 55, b: 65, ties: 10 }, null, "Cannot be told yet: of 120 visitors"],
    [{ a: 0, b: 12, ties: 0 }, null, "Cannot be told yet: 12 visitors"],
    [{ a: 0, b: 0, ties: 500 }, null, "Cannot be told yet: 0 visitors"],
  ] as const)("%o", (preferences, winner, start) => {
    const report = judgeInterleaving(preferences);
    expect(report.winner).toBe(winner);
    expect(report.sentence).toContain(start);
    expect(JSON.stringify(report)).not.toMatch(/NaN|null,"high/);
  });
});
