import { expect, test } from "vitest";
import { addUsage, isOverCeiling, secondsToMidnight } from "../../../src/core/budget/ceiling.ts";

const DAY = 86_400_000;
const usage = { day: "20000", objectCalls: 90, objectCallsMax: 100 };
const noon = 20_000 * DAY + DAY / 2;

test.each([
  { unreported: 0, now: noon, over: false, why: "room left" },
  { unreported: 9, now: noon, over: false, why: "one call left" },
  { unreported: 10, now: noon, over: true, why: "what this isolate knows counts at once" },
  { unreported: 10, now: noon + DAY, over: false, why: "a new day" },
  { unreported: 100, now: noon + DAY, over: true, why: "a new day, used up here alone" },
])("over the ceiling: $over, $why", ({ unreported, now, over }) => {
  expect(isOverCeiling(usage, unreported, now)).toBe(over);
});

test("without a ceiling nothing is over it", () => {
  expect(isOverCeiling({ ...usage, objectCallsMax: null }, 1e12, noon)).toBe(false);
});

test("a ceiling of 0 lets nobody in", () => {
  expect(isOverCeiling({ ...usage, objectCalls: 0, objectCallsMax: 0 }, 0, noon)).toBe(true);
});

test("usage adds up within a day and begins anew with the next", () => {
  expect(addUsage(usage, 5, noon).objectCalls).toBe(95);
  expect(addUsage(usage, 5, noon + DAY)).toEqual({ day: "20001", objectCalls: 5, objectCallsMax: 100 });
});

test("the wait ends when the day does", () => {
  expect(secondsToMidnight(20_001 * DAY - 1)).toBe(1);
  expect(secondsToMidnight(noon)).toBe(43_200);
  expect(secondsToMidnight(20_000 * DAY)).toBe(86_400);
});
