import { describe, expect, test } from "vitest";
import { boundaries } from "../../../src/core/stats/group-sequential.ts";
import { planPower } from "../../../src/core/stats/plan-power.ts";
import {
  daysFor,
  shareAim,
  usersAnytime,
  usersAtOneLook,
  usersPlanned,
} from "../../../src/core/stats/power.ts";

const AIM = { variance: 0.0475, difference: 0.005, alpha: 0.05, power: 0.8 };

test("one look: the formula of the books", () => {
  // 2 × 0.0475 × (1.959964 + 0.841621)² / 0.005².
  expect(usersAtOneLook(AIM)).toBe(29_826);
  expect(usersAtOneLook({ ...AIM, variance: 4, difference: 0.5, alpha: 0.01, power: 0.9 })).toBe(477);
});

test("a share's variance is the mean of both arms'", () => {
  const aim = shareAim({ share: 0.05, lift: 0.1, alpha: 0.05, power: 0.8 });
  expect(aim.difference).toBeCloseTo(0.005, 12);
  expect(aim.variance).toBeCloseTo((0.05 * 0.95 + 0.055 * 0.945) / 2, 12);
  // Published calculators: 31,231 an arm (R: power.prop.test, n = 31233.43 with pooled null variance).
  expect(Math.abs(usersAtOneLook(aim) - 31_231)).toBeLessThan(5);
});

describe("looking on the way", () => {
  test.each([2, 5, 20])("%d looks of a plan reach the power that was asked for", (looks) => {
    const users = usersPlanned(AIM, looks, "obrien_fleming");
    const fractions = Array.from({ length: looks }, (_, i) => (i + 1) / looks);
    const drift = AIM.difference / Math.sqrt((2 * AIM.variance) / users);
    const { power } = planPower(fractions, boundaries(fractions, AIM.alpha, "obrien_fleming"), drift);
    expect(power).toBeGreaterThan(0.8);
    expect(power).toBeLessThan(0.801);
  });

  test("a plan needs little more than one look, no plan about twice as much", () => {
    const one = usersAtOneLook(AIM);
    expect(usersPlanned(AIM, 20, "obrien_fleming") / one).toBeLessThan(1.15);
    expect(usersAnytime(AIM) / one).toBeGreaterThan(1.5);
    expect(usersAnytime(AIM) / one).toBeLessThan(2.5);
  });
});

test("days of a daily rate", () => {
  expect(daysFor(10_000, 2, 1000)).toBe(20);
  expect(daysFor(10_000, 2, 0)).toBeUndefined();
  expect(daysFor(Infinity, 2, 10)).toBeUndefined();
});
