import { describe, expect, test } from "vitest";
import {
  ITEM_STEP,
  ITEM_STEP_MAX,
  phaseOf,
  reached,
  toldCount,
  toldWeight,
} from "../../../../src/core/recommend/snapshot/hysteresis.ts";
import { toldCounts } from "../../../../src/core/recommend/snapshot/told-counts.ts";
import { people, taught, views } from "../facts.ts";

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("told weights", () => {
  test("stand still between steps that are a factor apart", () => {
    expect([8, 9, 13, 15.9].map((weight) => toldWeight(weight, 0, 2))).toEqual([8, 8, 8, 8]);
    expect(toldWeight(13, 0.5, 2)).toBeCloseTo(2 ** 3.5, 9);
    const told = new Set(upTo(1_000).map((weight) => toldWeight(weight, 0.3, ITEM_STEP)));
    expect(told.size).toBeLessThanOrEqual(Math.ceil(Math.log(1_000) / Math.log(ITEM_STEP)) + 1);
  });

  test("never exceed what was counted, and fall short by less than a step", () => {
    for (const phase of [0, 0.2, 0.7, 0.999])
      for (const weight of [1e-9, 0.02, 1, 7.5, 1e6]) {
        const told = toldWeight(weight, phase, ITEM_STEP);
        expect(told).toBeLessThanOrEqual(weight * (1 + 1e-12));
        expect(told).toBeGreaterThan(weight / ITEM_STEP / (1 + 1e-12));
      }
  });

  test("are none for none, and for what is no number", () => {
    expect([0, -1, Number.NaN].map((weight) => toldWeight(weight, 0.5, 2))).toEqual([0, 0, 0]);
  });
});

describe("told counts", () => {
  test("begin with the threshold itself, rise in steps and never say more than there are", () => {
    const told = upTo(300).map((count) => toldCount(count, 0.5, 2, 5));
    expect(told.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(told.every((one, i) => one <= i + 1 && (i < 5 || one >= 5))).toBe(true);
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
    expect(new Set(told.slice(5, 40)).size).toBeLessThanOrEqual(4);
  });

  test("fall short by less than a step, which is never wider than the bound", () => {
    for (const phase of [0, 0.3, 0.99]) {
      const told = upTo(3_000).map((count) => toldCount(count, phase, ITEM_STEP, 5));
      for (const [i, one] of told.entries()) {
        expect(i + 1 - one).toBeLessThanOrEqual(ITEM_STEP_MAX);
        expect(one).toBeGreaterThan((i + 1) / ITEM_STEP - 1);
      }
      // Far up the steps are as wide as they may be.
      expect(new Set(told.slice(1_000)).size).toBeLessThanOrEqual(2_000 / ITEM_STEP_MAX + 1);
    }
  });

  test("name round numbers in sentences", () => {
    expect([3, 5, 19, 214, 65_535].map(reached)).toEqual([3, 5, 5, 100, 50_000]);
  });
});

describe("phases", () => {
  test("lie anywhere, differ between numbers and are always the same for one", () => {
    const labels = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7919) % 251);
    const phases = upTo(900).map((n) => phaseOf(labels, n * 5, 5, n % 3));
    expect(phases.every((phase) => phase >= 0 && phase < 1)).toBe(true);
    expect(phases.reduce((sum, phase) => sum + phase, 0) / 900).toBeCloseTo(0.5, 1);
    expect(phaseOf(labels, 50, 5, 1)).toBe(phases[9]);
    expect(phaseOf(labels, 50, 5, 2)).not.toBe(phases[9]);
  });
});

describe("an item's numbers", () => {
  const shop = (visitors: number, isGuarded: boolean) =>
    toldCounts(
      taught(
        people(visitors).flatMap((who) => views(who, ["a"])),
        { isGuarded },
      ),
      [0],
      5,
      1,
    );

  test("are exact without a guard, and nothing below the threshold", () => {
    expect(shop(67, false).visits[0]).toBe(67);
    expect([shop(4, false).visits[0], shop(4, true).visits[0], shop(4, true).heat[0]]).toEqual([0, 0, 0]);
  });

  test("move only now and then with a guard", () => {
    const told = upTo(60).map((n) => shop(60 + n, true).visits[0]!);
    expect(new Set(told).size).toBeLessThanOrEqual(4);
    expect(told.every((one, i) => one <= 61 + i && one > (61 + i) / 1.4)).toBe(true);
  });
});
