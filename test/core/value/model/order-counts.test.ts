import { describe, expect, test } from "vitest";
import { orderQuantiles, ordersAtMost } from "../../../../src/core/value/model/order-counts.ts";
import { expectedOrders, probabilityOfNone } from "../../../../src/core/value/model/predict.ts";
import { NEW_CUSTOMER } from "../../../../src/core/value/model/process.ts";
import type { OrderParams } from "../../../../src/core/value/value-model.ts";
import { areHere, reference } from "./reference.ts";

const BG = { model: "bg_nbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } as const;
const ALL: readonly OrderParams[] = [
  BG,
  { model: "mbg_nbd", r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 },
  { model: "pareto_nbd", r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 },
];
const SEEN = { x: 5, tx: 30, T: 38 };

describe.skipIf(!areHere)("BG/NBD's probabilities of counts", () => {
  const exactly = (params: OrderParams, t: number, n: number): number =>
    ordersAtMost(params, NEW_CUSTOMER, t, n) - (n === 0 ? 0 : ordersAtMost(params, NEW_CUSTOMER, t, n - 1));

  test("reference values", () => {
    const { "t=30": at30, "t=39,n=0": at39, "t=2,n=10": at2 } = reference!.bgnbd_pmf;
    at30.forEach((wanted, n) => expect(Math.abs(exactly(BG, 30, n) / wanted - 1)).toBeLessThan(1e-10));
    expect(exactly(BG, 39, 0)).toBeCloseTo(at39, 12);
    expect(exactly(BG, 2, 10)).toBeCloseTo(at2, 14);
  });

  test("published by lifetimes", () => {
    const { pmf_t30_n11to20, pmf_t39_n0, pmf_t2_n10 } = reference!.published.lifetimes_unit_tests;
    pmf_t30_n11to20.forEach((wanted, i) => expect(exactly(BG, 30, 11 + i)).toBeCloseTo(wanted, 5));
    expect(exactly(BG, 39, 0)).toBeCloseTo(pmf_t39_n0, 5);
    expect(exactly(BG, 2, 10)).toBeCloseTo(pmf_t2_n10, 8);
  });
});

describe.each(ALL)("$model", (params) => {
  test("what is expected is the sum of the probabilities to exceed", () => {
    let mean = 0;
    for (let n = 0; n < 500; n++) mean += 1 - ordersAtMost(params, SEEN, 52, n);
    expect(Math.abs(mean / expectedOrders(params, SEEN, 52) - 1)).toBeLessThan(1e-6);
  });

  test("none at all is the first of the counts", () => {
    expect(ordersAtMost(params, SEEN, 52, 0)).toBeCloseTo(probabilityOfNone(params, SEEN, 52), 9);
  });

  test.each([
    ["a regular", SEEN, 52],
    ["one who bought once", { x: 0, tx: 0, T: 38 }, 52],
    ["a heavy buyer", { x: 3_000, tx: 1_000, T: 1_001 }, 365],
  ])("quantiles are the first counts that reach their probability: %s", (_, summary, horizon) => {
    const probabilities = [0.05, 0.1, 0.5, 0.9, 0.99];
    const counts = orderQuantiles(params, summary, horizon, probabilities);
    counts.forEach((count, i) => {
      const p = probabilities[i]!;
      expect(ordersAtMost(params, summary, horizon, count)).toBeGreaterThanOrEqual(p - 1e-9);
      if (count > 0) expect(ordersAtMost(params, summary, horizon, count - 1)).toBeLessThan(p + 1e-9);
    });
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  test("gone for certain, or no time ahead: no orders", () => {
    expect(orderQuantiles(params, { x: 1_000, tx: 10, T: 1_000 }, 52, [0.5, 0.999])).toEqual([0, 0]);
    expect(orderQuantiles(params, SEEN, 0, [0.5])).toEqual([0]);
  });
});
