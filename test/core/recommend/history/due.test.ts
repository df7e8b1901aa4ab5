import { expect, test } from "vitest";
import { dueness } from "../../../../src/core/recommend/history/due.ts";

test.each([
  [0, 0],
  [25.4, 0],
  [25.5, 1],
  [45, 1],
  [75, 0.5],
  [105, 0.25],
  [165, 1 / 16],
  [166, 0],
  [3_000, 0],
])("after %f of 30 days: %f", (elapsed, expected) => expect(dueness(elapsed, 30)).toBeCloseTo(expected, 9));

test("an irregular buyer is waited for longer", () => {
  expect(dueness(60, 30, 30)).toBe(1);
  expect(dueness(60, 30, 5)).toBeLessThan(1);
});

test("nothing odd is due", () => {
  for (const [elapsed, interval] of [
    [NaN, 30],
    [30, NaN],
    [-5, 30],
    [30, 0],
    [30, -30],
    [Infinity, 30],
    [0, 0],
  ])
    expect(dueness(elapsed!, interval!)).toBe(0);
});
