import { describe, expect, test } from "vitest";
import { calibrationOf } from "../../../src/core/value/calibration.ts";
import { clvRangeOf } from "../../../src/core/value/clv-range.ts";
import { fitValue } from "../../../src/core/value/fit-value.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { rfmFigures } from "../../../src/core/value/rfm.ts";
import { scoreOf } from "../../../src/core/value/score.ts";
import { quartersOf } from "../../../src/core/value/value-group.ts";
import { readShared } from "../../support/shared.ts";
import { CALIBRATED, DAY, HELD_OUT, splitSample } from "./cdnow-orders.ts";

const split = splitSample();
const published = readShared("data/cdnow/cdnow_customers_summary_with_transactions.csv");

describe.skipIf(split === undefined || published === undefined)("CDNOW's sample as a shop", () => {
  const people = split ?? [];
  const now = CALIBRATED * DAY + DAY / 2;
  const model = () =>
    run(
      fitValue(
        people.map(({ before }) => before),
        { now, version: 1 },
      ),
    )!;

  test("its orders give the published x, t_x, T and mean value of all 2,357 customers", () => {
    const rows = (published ?? "").trim().split(/\r?\n/).slice(1);
    expect(rows).toHaveLength(2_357);
    const wrong = rows.filter((row, i) => {
      const [, x, tx, T, mean] = row.split(",").map(Number) as [number, number, number, number, number];
      const { firstDay, lastDay, repeats, repeatMinor } = people[i]!.before;
      // They give weeks and dollars in hundredths, some of them cut off instead of rounded.
      const isNear = (one: number, other: number) => Math.abs(one - other) < 0.0101;
      return !(
        repeats === x &&
        isNear((lastDay - firstDay) / 7, tx) &&
        isNear((CALIBRATED - firstDay) / 7, T) &&
        isNear(repeats > 0 ? repeatMinor / repeats / 100 : 0, mean)
      );
    });
    expect(wrong).toEqual([]);
  });

  test("its model is that of the published fits, with their correlation of how often and how much", () => {
    const { orders, spend, spendCorrelation, repeaters } = model();
    const weeks = { r: 0.553277, alpha: 10.577683 * 7, s: 0.60624, beta: 11.668734 * 7 };
    if (orders.model !== "pareto_nbd") throw new Error(orders.model);
    for (const name of ["r", "alpha", "s", "beta"] as const)
      expect(Math.abs(orders[name] / weeks[name] - 1)).toBeLessThan(1e-4);
    expect(spend!.v / 1544.3518).toBeCloseTo(1, 4);
    expect(repeaters).toBe(946);
    // The documentation of lifetimes 0.11 gives .113884 for these 946 customers.
    expect(spendCorrelation).toBeCloseTo(0.113884, 4);
  });

  test("foretells its next 39 weeks as the reference does, and ranks whom to win back", () => {
    const fitted = model();
    const terms = { horizonDays: HELD_OUT - CALIBRATED, discountPerYear: 0 };
    const scored = people.map((one) => ({ ...one, score: scoreOf(one.before, fitted, terms, now) }));
    const orders = calibrationOf(
      scored.map(({ score, ordersAfter }) => ({ predicted: score.winBack!, actual: ordersAfter })),
    );
    expect(orders.actual).toBe(1_882);
    expect(orders.totalError).toBeCloseTo(-0.115, 3);
    expect(orders.rmse).toBeLessThan(1.603);
    expect(orders.mae).toBeLessThan(0.75455);
    expect(orders.auc).toBeGreaterThan(0.77);
    const money = calibrationOf(
      scored.map(({ score, minorAfter }) => ({ predicted: score.clvMinor!, actual: minorAfter })),
    );
    expect(money.topDecileShare).toBeGreaterThan(0.5);
    const above = people.filter(
      ({ before, minorAfter }) => minorAfter > clvRangeOf(before, fitted, terms, now)!.highMinor,
    );
    // A tenth, were the orders foretold without the 11.5 % that are missing.
    expect(above.length / people.length).toBeLessThan(0.14);
    expect(above.length / people.length).toBeGreaterThan(0.08);
  });

  test("its quartiles are those of pandas' qcut with duplicates dropped, for every customer", () => {
    const figures = people.map(({ before }) => rfmFigures(before, now));
    const naive = (values: readonly number[]) => {
      const sorted = [...values].sort((a, b) => a - b);
      const edges = [0, 1, 2, 3, 4].map((i) => {
        const place = (i * (sorted.length - 1)) / 4;
        const low = sorted[Math.floor(place)]!;
        return low + (sorted[Math.ceil(place)]! - low) * (place % 1);
      });
      const inner = [...new Set(edges)].slice(1, -1);
      return {
        bins: inner.length + 1,
        classOf: (value: number) => 1 + inner.filter((edge) => value > edge).length,
      };
    };
    const recency = naive(figures.map(({ recencyDays }) => recencyDays));
    const often = naive(figures.map(({ orders }) => orders));
    const much = naive(figures.map(({ meanMinor }) => meanMinor));
    const expected = figures.map(
      (one) =>
        `${recency.bins + 1 - recency.classOf(one.recencyDays)}${often.classOf(one.orders)}${much.classOf(one.meanMinor)}`,
    );
    // Three of five bought once, so frequency has two classes.
    expect(often.bins).toBe(2);
    const { quartiles } = model().rfm;
    expect(figures.map((one) => quartersOf(one, quartiles))).toEqual(expected);
  });
});
