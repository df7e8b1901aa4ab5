import { describe, expect, test } from "vitest";
import { seededRng } from "../../../../src/core/primitives/rng.ts";
import { aggregate } from "../../../../src/core/value/model/cells.ts";
import { run } from "../../../../src/core/value/model/fit.ts";
import {
  fitOrders,
  logLikelihoodOf,
  startOf,
  type OrderModel,
  type OrderStart,
} from "../../../../src/core/value/model/fit-orders.ts";
import type { Cell, PurchaseSummary } from "../../../../src/core/value/model/summary.ts";
import { splitCustomers } from "../../../bench/value/cdnow.ts";
import { syntheticCustomers, TRUTH } from "../../../bench/value/synthetic.ts";
import { areHere, cdnowCells, reference } from "./reference.ts";

const MODELS: readonly OrderModel[] = ["bg_nbd", "mbg_nbd", "pareto_nbd"];

function fitted(model: OrderModel, cells: readonly Cell[], start?: OrderStart) {
  const outcome = run(fitOrders(model, cells, start));
  if (!outcome.fitted) throw new Error(outcome.reason);
  return outcome.fit;
}

/** The largest relative distance of parameters from those wanted. */
function apart(found: OrderStart, wanted: readonly number[]): number {
  return Math.max(...found.map((value, i) => Math.abs(value / wanted[i]! - 1)));
}

describe.skipIf(!areHere)("parameters of CDNOW", () => {
  const none: Readonly<Record<string, number>> = {};
  const { bgnbd, mbgnbd, paretonbd } = reference?.cdnow_summary_csv_fit ?? {
    bgnbd: none,
    mbgnbd: none,
    paretonbd: none,
  };
  const exact = reference?.cdnow_exact_days_fit_1997_09_30;
  const exactCells = aggregate(splitCustomers()?.map(({ summary }) => summary) ?? []);
  const bg = ["r", "alpha", "a", "b"];
  const pareto = ["r", "alpha", "s", "beta"];
  // The exact-day rows of MBG/NBD and Pareto/NBD: reference/experiments-clv.md, table B1.
  const cases = [
    {
      name: "BG/NBD, published summary",
      model: "bg_nbd",
      cells: cdnowCells,
      wanted: bg.map((key) => bgnbd[key]!),
      ll: bgnbd["ll"]!,
    },
    {
      name: "MBG/NBD, published summary",
      model: "mbg_nbd",
      cells: cdnowCells,
      wanted: bg.map((key) => mbgnbd[key]!),
      ll: mbgnbd["ll"]!,
    },
    {
      name: "Pareto/NBD, published summary",
      model: "pareto_nbd",
      cells: cdnowCells,
      wanted: pareto.map((key) => paretonbd[key]!),
      ll: paretonbd["ll"]!,
    },
    {
      name: "BG/NBD, exact days",
      model: "bg_nbd",
      cells: exactCells,
      wanted: bg.map((key) => exact?.params[key] ?? 0),
      ll: exact?.ll ?? 0,
    },
    {
      name: "MBG/NBD, exact days",
      model: "mbg_nbd",
      cells: exactCells,
      wanted: [0.524843, 6.183086, 0.891359, 1.614002],
      ll: -9582.135716,
    },
    {
      name: "Pareto/NBD, exact days",
      model: "pareto_nbd",
      cells: exactCells,
      wanted: [0.553277, 10.577683, 0.60624, 11.668734],
      ll: -9594.976179,
    },
  ] as const;

  test.each(cases)("$name", ({ model, cells, wanted, ll }) => {
    const fit = fitted(model, cells);
    expect(fit.converged).toBe(true);
    expect(apart(startOf(fit.params), wanted)).toBeLessThan(1e-4);
    expect(Math.abs(fit.logLikelihood - ll)).toBeLessThan(1e-3);
    expect(fit.customers).toBe(2357);
  });

  test.each(MODELS)("%s arrives from anywhere", (model) => {
    const usual = startOf(fitted(model, cdnowCells).params);
    const rng = seededRng(model);
    const random = (): number => 20 ** (2 * rng() - 1);
    const starts: OrderStart[] = [
      [0.1, 0.1, 0.1, 0.1],
      [1, 1, 1, 1],
      ...Array.from({ length: 8 }, (): OrderStart => [random(), random(), random(), random()]),
    ];
    for (const start of starts) {
      const fit = fitted(model, cdnowCells, start);
      expect(fit.converged, String(start)).toBe(true);
      expect(apart(startOf(fit.params), usual), String(start)).toBeLessThan(1e-5);
    }
  });

  test("standard errors are those published for Pareto/NBD", () => {
    const { params, covariance } = fitted("pareto_nbd", exactCells);
    const values = startOf(params);
    const published = reference!.published.clvtools.pnbd.se;
    pareto.forEach((key, i) => {
      const error = values[i]! * Math.sqrt(covariance![i * 5]!);
      expect(Math.abs(error / published[key]! - 1), key).toBeLessThan(0.01);
    });
  });

  test.each(MODELS)("%s does not depend on the unit of time", (model) => {
    const days = cdnowCells.map(({ tx, T, ...rest }) => ({ ...rest, tx: 7 * tx, T: 7 * T }));
    const [weekly, daily] = [fitted(model, cdnowCells), fitted(model, days)];
    const [r, alpha, third, fourth] = startOf(weekly.params);
    const wanted = [r, 7 * alpha, third, model === "pareto_nbd" ? 7 * fourth : fourth];
    expect(apart(startOf(daily.params), wanted)).toBeLessThan(1e-5);
  });

  test("log-likelihood of given parameters is what the fit found", () => {
    const { params, logLikelihood } = fitted("pareto_nbd", cdnowCells);
    expect(run(logLikelihoodOf(params, cdnowCells))).toBeCloseTo(logLikelihood, 6);
  });
});

test("log-likelihoods of single customers are those of lifetimes' tests", () => {
  const params = { model: "bg_nbd", r: 0.25, alpha: 4, a: 0.8, b: 2.5 } as const;
  const [many, none] = [
    { x: 200, tx: 38, T: 40, n: 1 },
    { x: 0, tx: 0, T: 40, n: 1 },
  ];
  const both = run(logLikelihoodOf(params, [many, none]))!;
  const manyTwice = run(logLikelihoodOf(params, [{ ...many, n: 2 }]))!;
  expect(manyTwice / 2).toBeCloseTo(100.7957, 4);
  expect(both - manyTwice / 2).toBeCloseTo(-0.59947, 5);
});

describe("what comes in slices", () => {
  const people = syntheticCustomers(20_000, seededRng("slices"));
  const cells = aggregate(people);

  test("finds what the customers were drawn from, within four standard errors", () => {
    const { params, covariance } = fitted("pareto_nbd", cells);
    const wanted = startOf(TRUTH);
    startOf(params).forEach((value, i) => {
      const off = Math.log(value / wanted[i]!) / Math.sqrt(covariance![i * 5]!);
      expect(Math.abs(off)).toBeLessThan(4);
    });
  });

  test("gives the turn away at least every 1,000 cells of each evaluation", () => {
    const slices = fitOrders("bg_nbd", cells);
    let count = 0;
    let step = slices.next();
    for (; !step.done; step = slices.next()) count++;
    if (!step.value.fitted) throw new Error(step.value.reason);
    expect(cells.length).toBeGreaterThan(5_000);
    expect(count).toBeGreaterThanOrEqual(step.value.fit.evaluations * Math.ceil(cells.length / 1_000));
  });

  test("aggregation keeps every customer", () => {
    expect(cells.reduce((sum, { n }) => sum + n, 0)).toBe(people.length);
    expect(new Set(cells.map(({ x, tx, T }) => `${x} ${tx} ${T}`)).size).toBe(cells.length);
  });
});

describe("data that tell nothing, or only half", () => {
  const refused: readonly [string, readonly PurchaseSummary[], string][] = [
    ["no customers", [], "no_customers"],
    ["one customer", [{ x: 1, tx: 2, T: 3 }], "one_customer"],
    [
      "no repeat orders",
      [
        { x: 0, tx: 0, T: 5 },
        { x: 0, tx: 0, T: 6 },
      ],
      "no_repeat_orders",
    ],
    [
      "no time passed",
      [
        { x: 0, tx: 0, T: 0 },
        { x: 0, tx: 0, T: 0 },
      ],
      "no_time_passed",
    ],
    [
      "a last order after now",
      [
        { x: 1, tx: 5, T: 3 },
        { x: 0, tx: 0, T: 1 },
      ],
      "impossible_rows",
    ],
    [
      "a repeat order at once",
      [
        { x: 1, tx: 0, T: 3 },
        { x: 0, tx: 0, T: 1 },
      ],
      "impossible_rows",
    ],
    [
      "half an order",
      [
        { x: 0.5, tx: 1, T: 3 },
        { x: 0, tx: 0, T: 1 },
      ],
      "impossible_rows",
    ],
    [
      "not a number",
      [
        { x: Number.NaN, tx: 1, T: 3 },
        { x: 0, tx: 0, T: 1 },
      ],
      "impossible_rows",
    ],
  ];
  test.each(refused)("%s is refused", (_, rows, reason) => {
    for (const model of MODELS)
      expect(run(fitOrders(model, aggregate(rows)))).toEqual({ fitted: false, reason });
  });

  const extreme: readonly [string, readonly PurchaseSummary[]][] = [
    ["all alike", Array.from({ length: 50 }, () => ({ x: 2, tx: 3, T: 10 }))],
    ["nobody ever left", Array.from({ length: 200 }, (_, i) => ({ x: 10, tx: 50 + (i % 10), T: 60 }))],
    [
      "one of two came back",
      [
        { x: 1, tx: 2, T: 9 },
        { x: 0, tx: 0, T: 4 },
      ],
    ],
    [
      "ten thousand orders",
      [
        { x: 10_000, tx: 9_999, T: 10_000 },
        { x: 0, tx: 0, T: 10_000 },
        { x: 5, tx: 3, T: 9 },
      ],
    ],
    [
      "very short times",
      [
        { x: 2, tx: 1e-9, T: 1e-8 },
        { x: 0, tx: 0, T: 1e-9 },
      ],
    ],
  ];
  test.each(extreme)("%s: finite parameters, and no covariance made up", (_, rows) => {
    for (const model of MODELS) {
      const fit = fitted(model, aggregate(rows));
      expect(startOf(fit.params).every((value) => value > 0 && value < Infinity)).toBe(true);
      expect(Number.isFinite(fit.logLikelihood)).toBe(true);
      expect(fit.covariance).toBeUndefined();
      expect(fit.evaluations).toBeLessThan(700);
    }
  });
});
