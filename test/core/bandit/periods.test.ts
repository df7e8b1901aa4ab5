import { describe, expect, test } from "vitest";
import { BANDIT_DEFAULTS } from "../../../src/core/bandit/allocate.ts";
import { forget } from "../../../src/core/bandit/forget.ts";
import { levelPeriods } from "../../../src/core/bandit/level-periods.ts";
import { isMove, joinPeriods, sumPeriods, usersIn, type Period } from "../../../src/core/bandit/period.ts";
import { nextPeriod, refreshShares } from "../../../src/core/bandit/refresh.ts";
import { proportionMoments } from "../../../src/core/stats/moments.ts";

const period = (version: number, ...arms: [successes: number, n: number][]): Period => {
  const total = arms.reduce((sum, [, n]) => sum + n, 0);
  return {
    version,
    from: version,
    weights: arms.map(([, n]) => n / total),
    arms: arms.map(([successes, n]) => proportionMoments(successes, n)),
  };
};
const rate = ({ n, sum }: { n: number; sum: number }) => sum / n;

describe("levelling periods", () => {
  test("takes out a good day that one arm had more of", () => {
    // Both arms do 10 % on the first day and 5 % on the second; in all, the first arm looks like 9.5 % against 5.5 %.
    const days = [period(1, [900, 9000], [100, 1000]), period(2, [50, 1000], [450, 9000])];
    expect(sumPeriods(days, 2).map(rate)).toEqual([0.095, 0.055]);
    const [one, other] = levelPeriods(days, 2).map(rate);
    expect(one).toBeCloseTo(other!, 3);
  });

  test("leaves alike days as they are", () => {
    const days = [period(1, [50, 1000], [60, 1000]), period(2, [10, 200], [108, 1800])];
    expect(levelPeriods(days, 2)).toEqual(sumPeriods(days, 2));
  });

  test("keeps the difference that arms have in every period, and counts no more customers than there were", () => {
    const days = [period(1, [240, 2000], [200, 2000]), period(2, [24, 400], [180, 3600])];
    const [one, other] = levelPeriods(days, 2);
    expect(rate(one!) - rate(other!)).toBeGreaterThan(0.012);
    expect(rate(one!) - rate(other!)).toBeLessThan(0.02);
    expect(one!.n).toBeLessThan(2400);
  });
});

describe("forgetting", () => {
  const before = Array.from({ length: 10 }, (_, i) => period(i + 1, [50, 1000], [70, 1000], [50, 1000]));
  const after = Array.from({ length: 6 }, (_, i) => period(i + 11, [50, 1000], [30, 1000], [50, 1000]));

  test("finds the arm that has changed, and when", () => {
    const { changes, periods } = forget([...before, ...after], 3);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ arm: 1, at: 10 });
    expect(rate(sumPeriods(periods, 3)[1]!)).toBeLessThan(0.034);
    expect(rate(sumPeriods(periods, 3)[0]!)).toBe(0.05);
  });

  test("a sale that lifts all arms is no change", () => {
    const sale = Array.from({ length: 6 }, (_, i) => period(i + 11, [100, 1000], [140, 1000], [100, 1000]));
    expect(forget([...before, ...sale], 3).changes.filter(({ arm }) => arm !== 1)).toEqual([]);
    const even = Array.from({ length: 6 }, (_, i) => period(i + 11, [100, 1000], [120, 1000], [100, 1000]));
    expect(forget([...before, ...even], 3).changes).toEqual([]);
  });

  test("a faded winner loses its share", () => {
    const remembered = refreshShares(before, 3, BANDIT_DEFAULTS);
    const noticed = refreshShares([...before, ...after], 3, BANDIT_DEFAULTS);
    expect(remembered.weights[1]).toBeGreaterThan(0.97);
    expect(noticed.weights[1]).toBeLessThan(0.1);
    expect(noticed.changes).toHaveLength(1);
  });

  test("nothing and nobody are no change", () => {
    expect(forget([], 2).changes).toEqual([]);
    expect(forget([period(1, [0, 1], [0, 1]), period(2, [0, 1000], [0, 1000])], 2).changes).toEqual([]);
  });
});

describe("periods", () => {
  test("small moves make no new period; a small share that doubles does", () => {
    expect(isMove([0.5, 0.5], [0.505, 0.495])).toBe(false);
    expect(isMove([0.5, 0.5], [0.52, 0.48])).toBe(true);
    expect(isMove([0.995, 0.005], [0.99, 0.01])).toBe(true);
    expect(isMove([0.5, 0.5], [1, 0])).toBe(true);
  });

  test("joining keeps every customer and the newest period", () => {
    const all = Array.from({ length: 40 }, (_, i) => period(i + 1, [i, 100 + i], [i, 200]));
    const joined = joinPeriods(all, 8);
    expect(joined).toHaveLength(8);
    expect(joined.at(-1)).toEqual(all.at(-1));
    expect(sumPeriods(joined, 2)).toEqual(sumPeriods(all, 2));
    expect(joined.reduce((sum, one) => sum + usersIn(one), 0)).toBe(
      all.reduce((s, one) => s + usersIn(one), 0),
    );
  });

  test("a new period begins with nobody; the state is JSON", () => {
    const first = nextPeriod(undefined, [0.5, 0.5], 7);
    expect(nextPeriod(first, [0.6, 0.4], 9)).toMatchObject({ version: 2, from: 9 });
    expect(usersIn(first)).toBe(0);
    expect(JSON.parse(JSON.stringify({ periods: [first] }))).toEqual({ periods: [first] });
    expect(refreshShares([], 3, BANDIT_DEFAULTS)).toMatchObject({ moves: true });
  });
});
