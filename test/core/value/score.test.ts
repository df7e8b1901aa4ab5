import { describe, expect, test } from "vitest";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { calibrationOf, orderedBetween, purchasesAt } from "../../../src/core/value/calibration.ts";
import { clvRangeOf } from "../../../src/core/value/clv-range.ts";
import { CUSTOMERS_MIN, fitValue, isFitDue } from "../../../src/core/value/fit-value.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { expectedOrders, pAlive } from "../../../src/core/value/model/predict.ts";
import { orderVariance } from "../../../src/core/value/order-spread.ts";
import type { Purchases } from "../../../src/core/value/purchases.ts";
import { classOf, cutsOf, edgeCutsOf } from "../../../src/core/value/rfm-cuts.ts";
import { rfmCuts, rfmOf } from "../../../src/core/value/rfm.ts";
import { scoreOf } from "../../../src/core/value/score.ts";
import { VALUE_TERMS, type ValueModel } from "../../../src/core/value/value-model.ts";

const DAY = 86_400_000;
const TODAY = 20_000;
const NOW = TODAY * DAY + DAY / 2;
const CDNOW = { model: "pareto_nbd", r: 0.5533, alpha: 74.04, s: 0.6062, beta: 81.68 } as const;
const MODEL: ValueModel = {
  version: 3,
  fittedAt: NOW,
  customers: 2357,
  repeaters: 946,
  currency: "USD",
  orders: CDNOW,
  covariance: [],
  spend: { p: 6.25, q: 3.744, v: 1544 },
  meanValueMinor: 3500,
  marginShare: 1,
  rfm: {
    quintiles: { recencyDays: [10, 30, 90, 180], orders: [2, 3, 4, 6], valueMinor: [1000, 3000, 5000, 9000] },
    quartiles: { recencyDays: [30, 90, 180], orders: [2, 3, 5], valueMinor: [1000, 1500, 2000] },
  },
};
const purchases = (fields: Partial<Purchases> = {}): Purchases => ({
  currency: "USD",
  firstDay: TODAY - 272,
  lastDay: TODAY - 59,
  repeats: 2,
  firstMinor: 2000,
  repeatMinor: 8000,
  orders: 3,
  refundedMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
  leftOut: 0,
  ...fields,
});

describe("a score", () => {
  test("is the model's expectation times what an order day brings", () => {
    const score = scoreOf(purchases(), MODEL, { horizonDays: 273, discountPerYear: 0 }, NOW);
    const summary = { x: 2, tx: 213, T: 272 };
    expect(score.expectedOrders).toBeCloseTo(expectedOrders(CDNOW, summary, 273), 9);
    const spend = (6.25 * (1544 + 8000)) / (6.25 * 2 + 3.744 - 1);
    expect(score.orderValueMinor).toBeCloseTo(spend, 6);
    expect(score.clvMinor).toBeCloseTo(score.expectedOrders! * spend, 6);
    expect(score).toMatchObject({ version: 3, revenueMinor: 10_000, marginMinor: null, recencyDays: 59 });
  });

  test("ages at midnight and not in between, and falls while nothing comes", () => {
    const at = (now: number) => scoreOf(purchases(), MODEL, VALUE_TERMS, now).clvMinor!;
    expect(at(NOW)).toBe(at(NOW + DAY / 2 - 1));
    expect(at(NOW + DAY)).toBeLessThan(at(NOW));
    expect(at(NOW + 900 * DAY)).toBeLessThan(at(NOW) / 3);
  });

  test("says what it can without a model, and no money in another currency than the model's", () => {
    expect(scoreOf(purchases(), undefined, VALUE_TERMS, NOW)).toMatchObject({
      revenueMinor: 10_000,
      version: null,
      clvMinor: null,
      rfm: null,
    });
    expect(scoreOf(purchases({ currency: "EUR" }), MODEL, VALUE_TERMS, NOW)).toMatchObject({
      expectedOrders: expect.any(Number),
      clvMinor: null,
      rfm: null,
    });
  });

  test("of a first order is the shop's own mean, and waiting costs", () => {
    const first = purchases({ firstDay: TODAY, lastDay: TODAY, repeats: 0, repeatMinor: 0 });
    const score = scoreOf(first, MODEL, { horizonDays: 365, discountPerYear: 0 }, NOW);
    expect(score.orderValueMinor).toBeCloseTo((6.25 * 1544) / 2.744, 6);
    expect(score.clvMinor).toBeGreaterThan(0);
    const dear = scoreOf(first, MODEL, { horizonDays: 365, discountPerYear: 0.5 }, NOW);
    expect(dear.clvMinor!).toBeLessThan(score.clvMinor!);
  });

  test("a shop's margin share is the customer's own the more is known of it, and never below nothing", () => {
    const costed = (marginMinor: number, costedMinor: number) =>
      scoreOf(purchases({ marginMinor, costedMinor }), { ...MODEL, marginShare: 0.4 }, VALUE_TERMS, NOW)
        .clvMinor!;
    const none = costed(0, 0);
    expect(costed(9_000, 10_000)).toBeGreaterThan(none);
    expect(costed(-9_000, 10_000)).toBeLessThan(none);
    expect(costed(-1e6, 1e6)).toBe(0);
  });

  test("of a shop that gives everything away is nothing, and a number", () => {
    const { spend: _, ...free } = { ...MODEL, meanValueMinor: 0 };
    const own = purchases({ firstMinor: 0, repeatMinor: 0 });
    expect(scoreOf(own, free, VALUE_TERMS, NOW)).toMatchObject({ clvMinor: 0, clvVariance: 0 });
    expect(clvRangeOf(own, free, VALUE_TERMS, NOW)).toEqual({ lowMinor: 0, highMinor: 0, level: 0.8 });
  });
});

/** Marsaglia and Tsang. */
function gamma(shape: number, rng: Rng): number {
  if (shape < 1) return gamma(shape + 1, rng) * rng() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(rng())) * Math.cos(2 * Math.PI * rng());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(rng()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

test("the variance of orders is that of customers who were drawn", () => {
  const summary = { x: 3, tx: 200, T: 240 };
  const { r, alpha, s, beta } = CDNOW;
  const alive = pAlive(CDNOW, summary);
  const rng = seededRng("spread");
  const counts: number[] = [];
  for (let i = 0; i < 40_000; i++) {
    let n = 0;
    if (rng() < alive) {
      const lambda = gamma(r + 3, rng) / (alpha + 240);
      const mu = gamma(s, rng) / (beta + 240);
      const stays = Math.min(365, -Math.log(rng()) / mu);
      for (let t = -Math.log(rng()) / lambda; t < stays; t -= Math.log(rng()) / lambda) n++;
    }
    counts.push(n);
  }
  const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length;
  const orders = expectedOrders(CDNOW, summary, 365);
  expect(mean / orders).toBeCloseTo(1, 1);
  expect(variance / orderVariance(CDNOW, summary, 365, { orders, alive })).toBeCloseTo(1, 1);
});

describe("RFM", () => {
  test("equal values are of one class, whatever that does to the sizes", () => {
    expect(cutsOf([1, 1, 1, 1, 1, 1, 2, 3], 4)).toEqual([2]);
    expect(cutsOf([1, 2, 3, 4], 2)).toEqual([3]);
    expect(classOf(3, [3])).toBe(2);
    expect(classOf(2, [3])).toBe(1);
  });

  test("5 is best everywhere, and groups are pymc-marketing's", () => {
    expect(rfmOf(purchases({ lastDay: TODAY, repeats: 9, repeatMinor: 20_000 }), MODEL.rfm, NOW)).toEqual({
      recency: 5,
      frequency: 5,
      monetary: 5,
      cell: "555",
      group: "premium",
    });
    const gone = purchases({ lastDay: TODAY - 300, repeats: 0, repeatMinor: 0, firstMinor: 100 });
    expect(rfmOf(gone, MODEL.rfm, NOW)).toMatchObject({ cell: "111", group: "inactive" });
  });

  test("cut points part a hundred different customers evenly", () => {
    const column = () => Float64Array.from({ length: 100 }, (_, i) => i);
    const columns = { recencyDays: column(), orders: column(), valueMinor: column(), meanMinor: column() };
    const { quintiles, quartiles } = rfmCuts(columns);
    expect(quintiles.orders).toEqual([20, 40, 60, 80]);
    // 99 steps: quartiles at 24.75, 49.5 and 74.25.
    expect(quartiles.valueMinor).toEqual([25, 50, 75]);
  });

  test("of quartiles, a value on an edge is of the lower class, and equal edges are one", () => {
    expect(edgeCutsOf([1, 2, 2, 3], 2)).toEqual([3]);
    expect(edgeCutsOf([1, 1, 1, 1, 2, 2, 3, 9], 4)).toEqual([2, 3]);
    expect(edgeCutsOf([4, 4, 4], 4)).toEqual([]);
    expect(edgeCutsOf([], 4)).toEqual([]);
  });
});

describe("a shop's model", () => {
  /** Customers drawn from the model, seen for so many days. */
  function* drawn(count: number, seed: string): Generator<Purchases> {
    const rng = seededRng(seed);
    const { r, alpha, s, beta } = CDNOW;
    for (let i = 0; i < count; i++) {
      const T = 150 + Math.floor(rng() * 200);
      const lambda = gamma(r, rng) / alpha;
      const leaves = -Math.log(rng()) / (gamma(s, rng) / beta);
      const days = new Set<number>();
      for (let t = -Math.log(rng()) / lambda; t < Math.min(T, leaves); t -= Math.log(rng()) / lambda)
        if (Math.ceil(t) <= T) days.add(Math.ceil(t));
      const repeats = days.size;
      yield purchases({
        firstDay: TODAY - T,
        lastDay: TODAY - T + Math.max(0, ...days),
        repeats,
        orders: repeats + 1,
        repeatMinor: Math.round(repeats * 3000 * (0.5 + rng())),
        costedMinor: 1000,
        marginMinor: 300,
      });
    }
  }

  test("is fitted from its customers, and finds what they were drawn from", () => {
    const model = run(fitValue(drawn(6_000, "shop"), { now: NOW, version: 1 }))!;
    expect(model).toMatchObject({ version: 1, customers: 6_000, currency: "USD", marginShare: 0.3 });
    const score = (orders: ValueModel["orders"]) => expectedOrders(orders, { x: 2, tx: 120, T: 200 }, 365);
    expect(score(model.orders) / score(CDNOW)).toBeGreaterThan(0.85);
    expect(score(model.orders) / score(CDNOW)).toBeLessThan(1.15);
  });

  test("takes the currency of most, and compares money in it alone", () => {
    const yen = [...drawn(300, "yen")].map((one) => ({ ...one, currency: "JPY", firstMinor: 9e9 }));
    const dollars = [...drawn(500, "dollars")];
    const [mixed, alone] = [[...yen, ...dollars], dollars].map((people) =>
      run(fitValue(people, { now: NOW, version: 1 }))!,
    );
    expect(mixed).toMatchObject({ currency: "USD", customers: 800 });
    expect(mixed!.rfm.quintiles.valueMinor).toEqual(alone!.rfm.quintiles.valueMinor);
    expect(mixed!.meanValueMinor).toBe(alone!.meanValueMinor);
  });

  test("is not made of too few", () => {
    expect(run(fitValue(drawn(CUSTOMERS_MIN - 1, "few"), { now: NOW, version: 1 }))).toBeUndefined();
  });

  test("is fitted anew after a month or when the shop has grown by a half", () => {
    const tried = { at: NOW, cards: 2357 };
    expect(isFitDue(undefined, undefined, 199, NOW)).toBe(false);
    expect(isFitDue(undefined, undefined, 200, NOW)).toBe(true);
    expect(isFitDue(MODEL, tried, 2400, NOW + DAY)).toBe(false);
    expect(isFitDue(MODEL, tried, 2400, NOW + 31 * DAY)).toBe(true);
    expect(isFitDue(MODEL, tried, 3600, NOW + DAY)).toBe(true);
  });
});

describe("calibration", () => {
  const card = {
    bornDay: 0,
    may: 1,
    isKnown: true,
    segments: [],
    lastDay: 100,
    purchases: purchases({
      firstDay: 10,
      lastDay: 90,
      repeats: 3,
      firstMinor: 100,
      repeatMinor: 900,
      orders: 4,
    }),
    days: [
      [10, 100],
      [40, 200],
      [70, 300],
      [90, 400],
    ],
  } as const;

  test("goes back to what was known at the end of a day", () => {
    expect(purchasesAt(card, 50)).toMatchObject({ lastDay: 40, repeats: 1, repeatMinor: 200 });
    expect(purchasesAt(card, 9)).toBeUndefined();
    expect(orderedBetween(card, 50, 90)).toEqual({ orders: 2, minor: 700 });
  });

  test("errors, order and tenths by hand", () => {
    const outcomes = [
      { predicted: 3, actual: 4 },
      { predicted: 2, actual: 0 },
      { predicted: 1, actual: 1 },
      { predicted: 0, actual: 0 },
    ];
    expect(calibrationOf(outcomes)).toMatchObject({
      predicted: 6,
      actual: 5,
      totalError: 0.2,
      mae: 0.75,
      auc: 0.75,
    });
    expect(calibrationOf(outcomes).rmse).toBeCloseTo(Math.sqrt(5 / 4), 12);
  });
});
