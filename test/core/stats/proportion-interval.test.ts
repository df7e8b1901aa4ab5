import { expect, test } from "vitest";
import { proportionInterval } from "../../../src/core/stats/proportion-interval.ts";

// Reference: statsmodels proportion_confint(method="wilson"), which is Wilson's formula as printed.
test.each([
  [10, 100, 0.05522914, 0.17436566],
  [1, 10, 0.01787621, 0.40415003],
  [0, 20, 0, 0.16112516],
  [20, 20, 0.83887484, 1],
  [500, 1000, 0.46906915, 0.53093085],
])("%i of %i", (successes, trials, low, high) => {
  const found = proportionInterval(successes, trials);
  expect(found.low).toBeCloseTo(low, 6);
  expect(found.high).toBeCloseTo(high, 6);
});
