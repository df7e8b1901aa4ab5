import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cupedFigures, meanFigure, ratioFigure, shareFigure } from "../../../src/core/stats/arm-figures.ts";
import { compare, plannedAlpha, type ArmFigure, type Compared } from "../../../src/core/stats/compare.ts";
import { sequenceReach } from "../../../src/core/stats/confidence-sequence.ts";
import { compareCounts } from "../../../src/core/stats/small-counts.ts";
import { typeOne } from "../../bench/stats/type-one.ts";
import { MEASURES } from "../../bench/stats/measures.ts";

const shares = (control: [number, number], treatment: [number, number]): Compared => ({
  kind: "share",
  control: shareFigure(...control)!,
  treatment: shareFigure(...treatment)!,
});
const anytime = { alpha: 0.05, moment: { kind: "anytime" }, treatmentShare: 0.5 } as const;

describe("the mode", () => {
  test.each<[name: string, compared: Compared, mode: string]>([
    ["too few visitors", shares([20, 99], [20, 500]), "none"],
    ["few buyers: exactly", shares([70, 5000], [79, 5000]), "counts"],
    ["enough buyers", shares([75, 5000], [75, 5000]), "sequence"],
    ["enough together, but the control is small", shares([10, 1000], [190, 19_000]), "counts"],
    ["nearly all do it", shares([990, 1000], [995, 1000]), "none"],
    ["few orders of money", { ...shares([49, 500], [50, 500]), kind: "mean" }, "none"],
    ["more of them", { ...shares([50, 500], [50, 500]), kind: "mean" }, "sequence"],
  ])("%s", (_, compared, mode) => {
    const found = compare(compared, anytime);
    expect(found.mode).toBe(mode);
    expect(found.low === undefined).toBe(mode === "none");
  });

  test("a share at small counts needs to know how visitors were divided", () => {
    const { treatmentShare: _, ...unknown } = anytime;
    expect(compare(shares([70, 5000], [79, 5000]), unknown).mode).toBe("none");
  });

  test("a look of a plan is at its boundary, at small counts too few", () => {
    const moment = { kind: "planned", boundary: 2.5 } as const;
    const found = compare(shares([100, 2000], [120, 2000]), { alpha: 0.05, moment });
    const error = Math.sqrt((0.05 * 0.95 * 2000) / 1999 / 2000 + (0.06 * 0.94 * 2000) / 1999 / 2000);
    expect(found.mode).toBe("boundary");
    expect(found.low).toBeCloseTo(0.01 - 2.5 * error, 9);
    expect(found.high).toBeCloseTo(0.01 + 2.5 * error, 9);
    expect(found.p).toBeUndefined();
    expect(compare(shares([10, 2000], [12, 2000]), { alpha: 0.05, moment }).mode).toBe("none");
  });
});

test("each method has its part of alpha, and no two of them together more than all of it", () => {
  const mean = { ...shares([400, 8000], [500, 8000]), kind: "mean" } as const;
  const width = (found: { low?: number; high?: number }) => found.high! - found.low!;
  const error = (width(compare(mean, anytime)) / sequenceReach(1, 16_000, { alpha: 0.05 })) * 0.5;
  const share = compare({ ...mean, kind: "share" }, anytime);
  expect(width(share)).toBeCloseTo(2 * sequenceReach(error, 16_000, { alpha: 0.04 }), 9);
  const few = compare(shares([30, 5000], [40, 5000]), anytime);
  const exact = compareCounts({ users: 10_000, doers: 70, treatmentDoers: 40, treatmentShare: 0.5 }, 0.01);
  expect([few.low, few.high]).toEqual([exact.difference.low, exact.difference.high]);
  const after = compare(mean, { ...anytime, moment: { kind: "after_plan" } });
  expect(width(after)).toBeCloseTo(2 * sequenceReach(error, 16_000, { alpha: 0.001 }), 9);
  expect(plannedAlpha(0.05) + 0.001).toBeCloseTo(0.05, 12);
});

test("p is at alpha where the interval ends at 0", () => {
  for (const kind of ["share", "mean"] as const) {
    let [low, high] = [50, 900];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      const found = compare({ ...shares([500, 9000], [500 + middle, 9000]), kind }, anytime);
      if (found.low! > 0) high = middle;
      else low = middle;
    }
    const found = compare({ ...shares([500, 9000], [500 + high, 9000]), kind }, anytime);
    expect(found.p).toBeCloseTo(0.05, 6);
  }
});

// Three customers of twenty bought little, nobody much: alone the small arm would be sure of a low mean.
test("a small arm is not surer of its variance than all visitors are", () => {
  const control: ArmFigure = { users: 1000, doers: 60, value: 0.5, variance: 0.0001 };
  const treatment: ArmFigure = { users: 19_000, doers: 1140, value: 0.7, variance: 0.0004 };
  const found = compare({ kind: "mean", control, treatment }, anytime);
  const pooled = Math.sqrt((0.0001 * 1000 ** 2 + 0.0004 * 19_000 ** 2) / (1000 * 19_000));
  expect(found.high! - found.low!).toBeCloseTo(2 * sequenceReach(pooled, 20_000, { alpha: 0.05 }), 9);
  expect(found.low).toBeLessThan(0);
  expect(found.lift!.low).toBeLessThan(0);
});

test("whatever the figures, it is a number or nothing", () => {
  const whole = fc.oneof(fc.nat({ max: 1_000_000 }), fc.nat({ max: 300 }));
  const value = fc.oneof(fc.double(), fc.double({ min: -1, max: 1, noNaN: true }), fc.constant(0));
  const arm = fc.record({ users: whole, doers: whole, value, variance: fc.double({ min: 0 }) });
  const moment = fc.constantFrom(
    { kind: "anytime" } as const,
    { kind: "after_plan" } as const,
    { kind: "planned", boundary: 3 } as const,
  );
  const kind = fc.constantFrom("share" as const, "mean" as const, "ratio" as const);
  fc.assert(
    fc.property(arm, arm, moment, kind, (control, treatment, at, of) => {
      const found = compare(
        { kind: of, control, treatment },
        { alpha: 0.05, moment: at, treatmentShare: 0.3 },
      );
      expect(Number.isNaN(found.low ?? 0) || Number.isNaN(found.high ?? 0)).toBe(false);
      expect(Number.isNaN(found.lift?.low ?? 0) || Number.isNaN(found.lift?.high ?? 0)).toBe(false);
      if (found.low !== undefined) expect(found.low).toBeLessThanOrEqual(found.high!);
      if (found.p !== undefined) expect(found.p >= 0 && found.p <= 1).toBe(true);
      expect(found.reason.length).toBeGreaterThan(5);
    }),
    { numRuns: 2000 },
  );
});

describe("figures of arms", () => {
  const pair = { n: 4, sum: 10, sumSquares: 30, otherSum: 6, otherSumSquares: 14, sumProducts: 19 };

  test("variances are of the figures, not of one visitor", () => {
    expect(meanFigure(pair, 3)).toEqual({ users: 4, doers: 3, value: 2.5, variance: 5 / 3 / 4 });
    expect(shareFigure(1, 4)).toEqual({ users: 4, doers: 1, value: 0.25, variance: 0.25 / 4 });
    expect(ratioFigure(pair, 3)?.value).toBeCloseTo(10 / 6, 12);
    expect(shareFigure(1, 1)).toBeUndefined();
  });

  test("CUPED moves both arms to the same customers before, and tells what they share", () => {
    const other = { n: 4, sum: 12, sumSquares: 40, otherSum: 8, otherSumSquares: 20, sumProducts: 27 };
    const { control, treatment, shared } = cupedFigures(pair, other, [3, 3])!;
    // By hand: theta = cov / var of all eight: (46 - 22 × 14 / 8) / (34 - 14² / 8) = 7.5 / 9.5.
    const theta = 7.5 / 9.5;
    expect(control.value).toBeCloseTo(2.5 + theta * (14 / 8 - 6 / 4), 12);
    expect(treatment.value).toBeCloseTo(3 + theta * (14 / 8 - 8 / 4), 12);
    expect(shared).toBeCloseTo((theta * theta * (9.5 / 7)) / 8, 12);
  });
});

// The figures of 10,000 runs are the bench's; here so few that only a broken method is found: 5 % of 100 is 5, give or take.
test.each(["share .001", "revenue", "order value"])("looked at 1,991 times it hardly errs: %s", (name) => {
  const told = typeOne(MEASURES[name]!, { runs: 60, ratio: 1, name: `test ${name}` });
  expect(told["often, difference"]).toBeLessThan(0.15);
  expect(told["often, lift"]).toBeLessThan(0.15);
  expect(told["naive"]).toBeGreaterThan(0.15);
});
