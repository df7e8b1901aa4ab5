import { describe, expect, test } from "vitest";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { incompleteBeta } from "../../../src/core/stats/incomplete-beta.ts";
import { clvRangeOf } from "../../../src/core/value/clv-range.ts";
import { driftOf } from "../../../src/core/value/drift.ts";
import { fitValue } from "../../../src/core/value/fit-value.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { ordersAtMost } from "../../../src/core/value/model/order-counts.ts";
import { expectedOrders } from "../../../src/core/value/model/predict.ts";
import { nudged, relativeErrorOf, relativeVariance } from "../../../src/core/value/parameter-error.ts";
import type { Purchases } from "../../../src/core/value/purchases.ts";
import { scoreOf } from "../../../src/core/value/score.ts";
import { trigamma } from "../../../src/core/value/trigamma.ts";
import type { ValueModel } from "../../../src/core/value/value-model.ts";
import { DAY } from "./cdnow-orders.ts";
import { drawnShop, SPEND, TRUTH } from "./drawn-shop.ts";

const TODAY = 20_000;
const NOW = TODAY * DAY;
const TERMS = { horizonDays: 365, discountPerYear: 0 };
const COVARIANCE = [0.0074, 0.0056, -0.0094, -0.0218, 0.0056, 0.0063, -0.0042, -0.0098].concat([
  -0.0094, -0.0042, 0.0954, 0.1598, -0.0218, -0.0098, 0.1598, 0.2833,
]);
const MODEL: ValueModel = {
  version: 1,
  fittedAt: NOW,
  customers: 2_357,
  repeaters: 946,
  currency: "USD",
  orders: TRUTH,
  covariance: [],
  spend: SPEND,
  meanValueMinor: 3_500,
  marginShare: 1,
  rfm: {
    quintiles: { recencyDays: [], orders: [], valueMinor: [] },
    quartiles: { recencyDays: [], orders: [], valueMinor: [] },
  },
};
const customer = (repeats: number, lastDay = TODAY - 20, fields: Partial<Purchases> = {}): Purchases => ({
  currency: "USD",
  firstDay: TODAY - 300,
  lastDay: repeats > 0 ? lastDay : TODAY - 300,
  repeats,
  firstMinor: 3_000,
  repeatMinor: repeats * 4_000,
  orders: repeats + 1,
  refundedMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
  leftOut: 0,
  ...fields,
});

/** Chance that a customer brings at most so much, by the model itself: for each number of orders a beta prime distribution. */
function bringsAtMost(minor: number, { firstDay, lastDay, repeats, repeatMinor }: Purchases): number {
  const summary = { x: repeats, tx: lastDay - firstDay, T: TODAY - firstDay };
  const { p, q, v } = SPEND;
  const share = minor / (minor + v + repeatMinor);
  let below = ordersAtMost(TRUTH, summary, 365, 0);
  for (let count = 1, known = below; known < 0.999999; count++) {
    const next = ordersAtMost(TRUTH, summary, 365, count);
    below += (next - known) * incompleteBeta(share, p * count, p * repeats + q);
    known = next;
  }
  return below;
}

describe("the interval of one customer's value", () => {
  test.each([
    { repeats: 2, silent: 20, mayBeNone: true },
    { repeats: 5, silent: 60, mayBeNone: true },
    { repeats: 12, silent: 20, mayBeNone: false },
    { repeats: 40, silent: 2, mayBeNone: false },
  ])(
    "of $repeats repeats leaves out a tenth on each side, by the model's own distribution",
    ({ repeats, silent, mayBeNone }) => {
      const own = customer(repeats, TODAY - silent);
      const { lowMinor, highMinor } = clvRangeOf(own, MODEL, TERMS, NOW)!;
      expect(Math.abs(bringsAtMost(highMinor, own) - 0.9)).toBeLessThan(0.015);
      expect(bringsAtMost(0, own) >= 0.1).toBe(mayBeNone);
      if (mayBeNone) expect(lowMinor).toBe(0);
      else expect(Math.abs(bringsAtMost(lowMinor, own) - 0.1)).toBeLessThan(0.015);
    },
  );

  test("is wider where parameters are less certain, and wider at a higher level", () => {
    const own = customer(12);
    const sure = clvRangeOf(own, MODEL, TERMS, NOW)!;
    const unsure = clvRangeOf(own, { ...MODEL, covariance: COVARIANCE.map((one) => 20 * one) }, TERMS, NOW)!;
    expect(unsure.highMinor).toBeGreaterThan(sure.highMinor);
    expect(unsure.lowMinor).toBeLessThan(sure.lowMinor);
    expect(clvRangeOf(own, MODEL, TERMS, NOW, 0.95)!.highMinor).toBeGreaterThan(sure.highMinor);
  });

  test("goes with discount and margin as the value itself does", () => {
    const terms = { horizonDays: 365, discountPerYear: 0.3 };
    const model = { ...MODEL, marginShare: 0.4 };
    const ratio =
      scoreOf(customer(5), model, terms, NOW).clvMinor! / scoreOf(customer(5), MODEL, TERMS, NOW).clvMinor!;
    const [dear, cheap] = [
      clvRangeOf(customer(5), model, terms, NOW)!,
      clvRangeOf(customer(5), MODEL, TERMS, NOW)!,
    ];
    expect(dear.highMinor / cheap.highMinor).toBeCloseTo(ratio, 9);
  });

  test("is nothing where hardly anybody comes back, and is not told in another currency", () => {
    const gone = customer(3, TODAY - 290, { firstDay: TODAY - 300 });
    expect(clvRangeOf(gone, MODEL, TERMS, NOW)).toEqual({ lowMinor: 0, highMinor: 0, level: 0.8 });
    expect(clvRangeOf(customer(3, TODAY, { currency: "EUR" }), MODEL, TERMS, NOW)).toBeNull();
  });

  test("is there without a model of spend, and for repeat orders of no value", () => {
    const { spend: _, ...without } = MODEL;
    for (const [own, model] of [
      [customer(5), without],
      [customer(5, TODAY, { repeatMinor: 0 }), MODEL],
    ] as const) {
      const { highMinor } = clvRangeOf(own, model, TERMS, NOW)!;
      expect(highMinor).toBeGreaterThan(scoreOf(own, model, TERMS, NOW).clvMinor!);
      expect(highMinor).toBeLessThan(10 * scoreOf(own, model, TERMS, NOW).clvMinor!);
    }
  });
});

describe("the error of the parameters", () => {
  test("is that of the logarithm by hand: of a power of one parameter, its square times the variance", () => {
    const by = (params: typeof TRUTH) => 7 * params.alpha ** 2;
    const beside = nudged(TRUTH).map((params) => by(params as typeof TRUTH));
    expect(relativeVariance(COVARIANCE, by(TRUTH), beside)).toBeCloseTo(4 * 0.0063, 9);
    expect(relativeVariance([], by(TRUTH), beside)).toBe(0);
  });

  test("of a sum over equal customers is that of one of them, however many there are", () => {
    const model = { ...MODEL, covariance: COVARIANCE };
    const by = (params: ValueModel["orders"]) => expectedOrders(params, { x: 2, tx: 280, T: 300 }, 365);
    const one = Math.sqrt(relativeVariance(COVARIANCE, by(TRUTH), nudged(TRUTH).map(by)));
    expect(one).toBeGreaterThan(0.05);
    for (const count of [1, 300])
      expect(run(relativeErrorOf(model, Array(count).fill(customer(2)), 365, NOW))).toBeCloseTo(one, 9);
    expect(run(relativeErrorOf(MODEL, [customer(2)], 365, NOW))).toBe(0);
  });

  test("shrinks as customers come", () => {
    const error = (count: number) => {
      const people = [...drawnShop(count, seededRng("error"), { today: TODAY, daysAfter: 0 })];
      const { orders, covariance } = run(
        fitValue(
          people.map(({ before }) => before),
          { now: NOW, version: 1 },
        ),
      )!;
      const by = (params: ValueModel["orders"]) => expectedOrders(params, { x: 2, tx: 150, T: 250 }, 365);
      return relativeVariance(covariance, by(orders), nudged(orders).map(by));
    };
    expect(error(4_000)).toBeGreaterThan(0);
    expect(error(500)).toBeGreaterThan(2 * error(4_000));
  });

  test("trigamma at known places", () => {
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 11);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 10);
    expect(trigamma(30.25) - trigamma(31.25)).toBeCloseTo(1 / 30.25 ** 2, 13);
  });
});

describe("drift", () => {
  const DAYS = 60;
  const told = (pace: number) => {
    const people = [...drawnShop(2_500, seededRng("drift"), { today: TODAY, daysAfter: DAYS, pace })];
    const model = run(
      fitValue(
        people.map(({ before }) => before),
        { now: NOW, version: 1 },
      ),
    )!;
    const rows = people.map(({ before, ordersAfter }) => ({ before, orders: ordersAfter }));
    return { model, rows };
  };

  test("is not seen where customers go on as they were, and is where all of them slow down or hurry", () => {
    const drift = (pace: number) => {
      const { model, rows } = told(pace);
      return run(driftOf(model, rows, NOW + DAYS * DAY))!;
    };
    expect(drift(1)).toMatchObject({ days: DAYS, customers: 2_500, hasDrifted: false });
    expect(Math.abs(drift(1).z)).toBeLessThan(2.6);
    expect(drift(0.5)).toMatchObject({ hasDrifted: true });
    expect(drift(0.5).z).toBeLessThan(0);
    expect(drift(1.8)).toMatchObject({ hasDrifted: true });
  });

  test("cannot be told within two weeks, or of a handful of orders", () => {
    const { model, rows } = told(1);
    expect(run(driftOf(model, rows, NOW + 13 * DAY))).toBeUndefined();
    expect(run(driftOf(model, rows.slice(0, 10), NOW + DAYS * DAY))).toBeUndefined();
  });
});
