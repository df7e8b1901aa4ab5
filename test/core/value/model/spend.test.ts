import { describe, expect, test } from "vitest";
import { run } from "../../../../src/core/value/model/fit.ts";
import { expectedValue, fitSpend, type SpendCell } from "../../../../src/core/value/model/spend.ts";
import { splitCustomers } from "../../../bench/value/cdnow.ts";
import { areHere, reference, summaries } from "./reference.ts";

function fitted(cells: readonly SpendCell[]) {
  const outcome = run(fitSpend(cells));
  if (!outcome.fitted) throw new Error(outcome.reason);
  return outcome.fit;
}

describe.skipIf(!areHere)("Gamma-Gamma of CDNOW", () => {
  const exact = splitCustomers()?.map(({ summary, mean }) => ({ x: summary.x, mean, n: 1 })) ?? [];
  const cases = [
    {
      name: "published summary",
      cells: summaries ?? [],
      wanted: reference?.cdnow_summary_csv_fit.gammagamma,
    },
    { name: "exact days", cells: exact, wanted: reference?.cdnow_exact_days_fit_1997_09_30.gg },
  ];
  test.each(cases)("$name", ({ cells, wanted }) => {
    const { params, logLikelihood, customers, converged } = fitted(cells);
    expect(converged).toBe(true);
    for (const key of ["p", "q", "v"] as const)
      expect(Math.abs(params[key] / wanted![key]! - 1), key).toBeLessThan(1e-4);
    expect(Math.abs(logLikelihood - wanted!["ll"]!)).toBeLessThan(1e-3);
    expect(customers).toBe(946);
  });

  test("arrives from anywhere", () => {
    const usual = fitted(summaries!).params;
    for (const [p, q, v] of [
      [0.1, 0.1, 0.1],
      [20, 20, 20],
      [0.05, 20, 3],
      [20, 0.05, 300],
    ] as const) {
      const outcome = run(fitSpend(summaries!, { p, q, v }));
      if (!outcome.fitted) throw new Error(outcome.reason);
      for (const key of ["p", "q", "v"] as const)
        expect(Math.abs(outcome.fit.params[key] / usual[key] - 1)).toBeLessThan(1e-5);
    }
  });

  test("does not depend on the unit of money", () => {
    const [dollars, cents] = [
      fitted(summaries!),
      fitted(summaries!.map(({ x, mean, n }) => ({ x, mean: 100 * mean, n }))),
    ];
    expect(cents.params.v / dollars.params.v).toBeCloseTo(100, 4);
    expect(cents.params.p / dollars.params.p).toBeCloseTo(1, 6);
  });

  test("expected values", () => {
    const { p, q, v } = reference!.gammagamma_individual.params;
    for (const { x, mean_value, expected_average_value } of reference!.gammagamma_individual.rows)
      expect(expectedValue({ p: p!, q: q!, v: v! }, x!, mean_value!)).toBeCloseTo(
        expected_average_value!,
        10,
      );
    reference!.published.lifetimes_unit_tests.gg_first10.forEach((wanted, i) => {
      const { x, mean } = summaries![i]!;
      expect(Math.abs(expectedValue({ p: p!, q: q!, v: v! }, x, mean)! - wanted)).toBeLessThan(0.1);
    });
  });
});

test("without a mean nothing is told of a new customer", () => {
  expect(expectedValue({ p: 2, q: 0.9, v: 5 }, 0, 0)).toBeUndefined();
  expect(expectedValue({ p: 2, q: 0.9, v: 5 }, 3, 10)).toBeCloseTo((2 * 35) / 5.9, 12);
});

test.each([
  ["nobody came back", [{ x: 0, mean: 0, n: 9 }], "no_repeat_orders"],
  [
    "only repaid orders",
    [
      { x: 2, mean: -4, n: 1 },
      { x: 1, mean: 0, n: 1 },
    ],
    "no_repeat_orders",
  ],
  ["one customer", [{ x: 2, mean: 4, n: 1 }], "one_customer"],
  [
    "all pay the same",
    [
      { x: 2, mean: 4, n: 3 },
      { x: 1, mean: 4, n: 8 },
    ],
    "no_optimum",
  ],
  [
    "no number",
    [
      { x: 2, mean: Infinity, n: 1 },
      { x: 2, mean: 4, n: 1 },
    ],
    "impossible_rows",
  ],
])("%s: refused", (_, cells, reason) => {
  expect(run(fitSpend(cells))).toEqual({ fitted: false, reason });
});
