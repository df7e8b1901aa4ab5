import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { planExperiment, PlanRequest } from "../../../src/core/experiment/plan.ts";

const asked = (parts: Partial<PlanRequest> = {}): PlanRequest => v.parse(PlanRequest, parts);
const sums = { users: 10_000, buyers: 500 };

describe("how many visitors it takes", () => {
  test("one look: the classic number of 31,231 an arm for 5 % to 5.5 % at 80 %, within its approximations", () => {
    const planned = planExperiment(asked(), sums, null)!;
    // 2 × 0.05 × 0.95 × (1.96 + 0.8416)² / 0.005² = 29,826 an arm, with the control's variance for both.
    expect(planned.oneLook.visitors / 2).toBeGreaterThan(29_700);
    expect(planned.oneLook.visitors / 2).toBeLessThan(31_300);
  });

  test("looks on the way cost a little, no end costs more; a smaller lift and more variations cost visitors", () => {
    const { oneLook, planned, anytime } = planExperiment(asked(), sums, null)!;
    expect(planned.visitors / oneLook.visitors).toBeGreaterThan(1);
    expect(planned.visitors / oneLook.visitors).toBeLessThan(1.15);
    expect(anytime.visitors).toBeGreaterThan(planned.visitors);
    expect(
      planExperiment(asked({ lift: 0.05 }), sums, null)!.planned.visitors / planned.visitors,
    ).toBeCloseTo(4, 1);
    expect(planExperiment(asked({ variations: 3 }), sums, null)!.planned.visitors).toBeGreaterThan(
      1.5 * planned.visitors,
    );
  });

  test("days are of the shop's own traffic, by the share that takes part", () => {
    const planned = planExperiment(asked({ coverage: 0.5 }), sums, 1000)!;
    expect(planned.planned.days).toBeCloseTo(planned.planned.visitors / 500, 9);
    expect(planned.sentence).toMatch(
      /^To find a lift of 10 % on conversion \(now 5 %\) with a chance of 80 %, it takes at most \d+ visitors in all, which is about \d+ weeks of your traffic\.$/,
    );
    expect(planExperiment(asked(), sums, null)!.planned.days).toBeNull();
  });

  test("nothing is said of too few visitors, of nobody who did it, of everybody", () => {
    expect(planExperiment(asked(), { users: 99, buyers: 9 }, null)).toBeUndefined();
    expect(planExperiment(asked(), { users: 5000 }, null)).toBeUndefined();
    expect(planExperiment(asked(), { users: 5000, buyers: 5000 }, null)).toBeUndefined();
  });
});
