import { describe, expect, test } from "vitest";
import { boundaries, spent, type Spending } from "../../../src/core/stats/group-sequential.ts";
import { normalCdf } from "../../../src/core/stats/normal.ts";
import { planPower } from "../../../src/core/stats/plan-power.ts";
import { readShared } from "../../support/shared.ts";

const text = readShared("vectors/gst/gst_bounds.json");
type Schedule = { K: number; information_fractions: number[]; spending: string; alpha: number; z: number[] };
const schedules = text === undefined ? [] : (JSON.parse(text) as { cases: Schedule[] }).cases;

const SPENDING: Record<string, Spending> = {
  lan_demets_obrien_fleming: "obrien_fleming",
  lan_demets_pocock: "pocock",
  power_rho3: "cubic",
};
const steps = (count: number): number[] => Array.from({ length: count }, (_, i) => (i + 1) / count);

describe.skipIf(text === undefined)("boundaries by another integration, within 1e-4", () => {
  test("46 schedules", () => expect(schedules).toHaveLength(46));

  test.each(schedules)("$K looks, $spending, alpha $alpha", (schedule) => {
    const found = boundaries(schedule.information_fractions, schedule.alpha, SPENDING[schedule.spending]!);
    expect(found).toHaveLength(schedule.K);
    schedule.z.forEach((z, look) => expect(Math.abs(found[look]! - z)).toBeLessThan(1e-4));
  });
});

test("the classic table of five looks", () => {
  const found = boundaries(steps(5), 0.05, "obrien_fleming").map((z) => Number(z.toFixed(3)));
  expect(found).toEqual([4.877, 3.357, 2.68, 2.29, 2.031]);
});

test.each(["obrien_fleming", "pocock", "cubic"] as const)(
  "%s: all of alpha is spent at the end",
  (spending) => {
    expect(spent(spending, 0, 0.05)).toBe(0);
    expect(spent(spending, 1, 0.05)).toBe(0.05);
    expect(spent(spending, 1.2, 0.05)).toBe(0.05);
    expect(spent(spending, 0.999_999, 0.05)).toBeCloseTo(0.05, 6);
  },
);

describe("with what the boundaries do", () => {
  test.each([
    ["even looks", steps(20)],
    ["uneven looks", [0.02, 0.5, 0.51, 0.9, 1]],
    ["more came than planned", [0.3, 0.7, 1.3]],
    ["fifty looks", steps(50)],
  ])("without an effect they tell one in 5 %%: %s", (_, fractions) => {
    for (const spending of ["obrien_fleming", "pocock", "cubic"] as const) {
      const { power } = planPower(fractions, boundaries(fractions, 0.05, spending), 0);
      expect(Math.abs(power - 0.05)).toBeLessThan(1e-5);
    }
  });

  test("one look is the test everybody knows", () => {
    const [z] = boundaries([1], 0.05, "obrien_fleming");
    expect(z).toBeCloseTo(1.959963984540054, 8);
    const { power, meanFraction } = planPower([1], [z!], 2.8);
    expect(power).toBeCloseTo(normalCdf(2.8 - z!) + normalCdf(-2.8 - z!), 12);
    expect(meanFraction).toBe(1);
  });

  test("twenty looks keep 95 % of the power of one, and end sooner", () => {
    // The drift at which one look has a power of 61.4 %.
    const drift = 2.2494;
    const { power, meanFraction } = planPower(
      steps(20),
      boundaries(steps(20), 0.05, "obrien_fleming"),
      drift,
    );
    expect(power / planPower([1], [1.959964], drift).power).toBeGreaterThan(0.95);
    expect(meanFraction).toBeLessThan(0.85);
  });
});
