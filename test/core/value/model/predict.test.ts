import { describe, expect, test } from "vitest";
import { seededRng } from "../../../../src/core/primitives/rng.ts";
import {
  discountedOrders,
  expectedFromFirst,
  expectedOrders,
  forecastOf,
  pAlive,
  probabilityOfNone,
} from "../../../../src/core/value/model/predict.ts";
import type { OrderParams } from "../../../../src/core/value/value-model.ts";
import { faultOf } from "../../../bench/value/fuzz.ts";
import { areHere, reference } from "./reference.ts";

const BG = { model: "bg_nbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } as const;
const MBG = { model: "mbg_nbd", r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 } as const;
const PARETO = { model: "pareto_nbd", r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 } as const;
const ALL: readonly OrderParams[] = [BG, MBG, PARETO];
const SEEN = { x: 2, tx: 30.43, T: 38.86 };

describe.skipIf(!areHere)("reference rows", () => {
  const rowsOf = (kind: "bgnbd_individual" | "paretonbd_individual") => reference?.[kind].rows ?? [];
  const of = (kind: "bgnbd_individual" | "paretonbd_individual") => {
    const { r, alpha, a, b, s, beta } = reference![kind].params;
    const rates = { r: r!, alpha: alpha! };
    return kind === "bgnbd_individual"
      ? ({ model: "bg_nbd", ...rates, a: a!, b: b! } as const)
      : ({ model: "pareto_nbd", ...rates, s: s!, beta: beta! } as const);
  };
  for (const kind of ["bgnbd_individual", "paretonbd_individual"] as const)
    test.each(rowsOf(kind))(`${kind}: x $x, tx $t_x, T $T`, ({ x, t_x, T, p_alive, expected_purchases }) => {
      const params = of(kind);
      const summary = { x, tx: t_x, T };
      expect(Math.abs(pAlive(params, summary) / p_alive - 1)).toBeLessThan(1e-9);
      for (const [horizon, wanted] of Object.entries(expected_purchases))
        expect(Math.abs(expectedOrders(params, summary, Number(horizon)) / wanted - 1)).toBeLessThan(1e-7);
    });

  test("from the first order on", () => {
    for (const [t, wanted] of Object.entries(reference!.bgnbd_expectation))
      expect(Math.abs(expectedFromFirst(of("bgnbd_individual"), Number(t)) / wanted - 1)).toBeLessThan(1e-7);
  });

  test("published by lifetimes, to its tolerance", () => {
    const { cond_exp, expectation, pnbd_cond_exp, pnbd_p_alive } = reference!.published.lifetimes_unit_tests;
    const summaryOf = (row: { readonly [field: string]: number }) => ({
      x: row["x"]!,
      tx: row["t_x"]!,
      T: row["T"]!,
    });
    expect(expectedOrders(BG, summaryOf(cond_exp), cond_exp["t"]!)).toBeCloseTo(cond_exp["expected"]!, 3);
    // lifetimes fits its own parameters before it compares.
    const own = { model: "bg_nbd", r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881 } as const;
    expectation.t.forEach((t, i) =>
      expect(Math.abs(expectedFromFirst(own, t) - expectation.expected[i]!)).toBeLessThan(3e-3),
    );
    const pareto = of("paretonbd_individual");
    const many = expectedOrders(pareto, summaryOf(pnbd_cond_exp), pnbd_cond_exp["t"]!);
    expect(Math.abs(many - pnbd_cond_exp["expected"]!)).toBeLessThan(0.01);
    expect(pAlive(pareto, summaryOf(pnbd_p_alive))).toBeCloseTo(pnbd_p_alive["expected"]!, 4);
  });
});

describe("laws", () => {
  test("poles are none: a = 1 and s = 1 lie between their neighbours", () => {
    for (const [params, key] of [
      [BG, "a"],
      [MBG, "a"],
      [PARETO, "s"],
    ] as const) {
      const at = (value: number) => expectedOrders({ ...params, [key]: value } as OrderParams, SEEN, 39);
      expect(Math.abs(at(1) - (at(1 - 1e-4) + at(1 + 1e-4)) / 2)).toBeLessThan(1e-7);
    }
  });

  test("a thousand orders and a long silence: certainly gone, and not NaN", () => {
    for (const params of ALL) {
      expect(pAlive(params, { x: 1_000, tx: 10, T: 1_000 })).toBe(0);
      expect(expectedOrders(params, { x: 1_000, tx: 10, T: 1_000 }, 52)).toBe(0);
      expect(probabilityOfNone(params, { x: 1_000, tx: 10, T: 1_000 }, 52)).toBe(1);
    }
  });

  test("who bought once is alive for certain by BG/NBD only", () => {
    const once = { x: 0, tx: 0, T: 38.86 };
    expect(pAlive(BG, once)).toBe(1);
    expect(pAlive(MBG, once)).toBeLessThan(0.8);
    expect(pAlive(PARETO, once)).toBeLessThan(0.8);
  });

  test("a last order ahead of the clock counts as made now", () => {
    for (const params of ALL)
      expect(pAlive(params, { x: 2, tx: 31, T: 30 })).toBe(pAlive(params, { x: 2, tx: 31, T: 31 }));
  });

  test.each(ALL)("$model: discounting is adding up what each short while brings", (params) => {
    const [horizon, rate, parts] = [52, 0.01, 2_000];
    let [sum, before] = [0, 0];
    for (let k = 1; k <= parts; k++) {
      const now = expectedOrders(params, SEEN, (horizon * k) / parts);
      sum += (now - before) * (1 + rate) ** -((horizon * (k - 0.5)) / parts);
      before = now;
    }
    expect(Math.abs(discountedOrders(params, SEEN, horizon, rate) / sum - 1)).toBeLessThan(1e-6);
    expect(Math.abs(discountedOrders(params, SEEN, horizon, 0) / before - 1)).toBeLessThan(1e-9);
  });

  test.each(ALL)("$model: a heavy discount over a long time adds up as well", (params) => {
    const [rate, parts] = [0.5, 20_000];
    let [sum, before] = [0, 0];
    for (let k = 1; k <= parts; k++) {
      const now = expectedOrders(params, SEEN, (100 * k) / parts);
      sum += (now - before) * (1 + rate) ** -((100 * (k - 0.5)) / parts);
      before = now;
    }
    expect(Math.abs(discountedOrders(params, SEEN, 10_000, rate) / sum - 1)).toBeLessThan(2e-3);
  });

  test("a forecast is its four parts", () => {
    for (const params of ALL)
      expect(forecastOf(params, SEEN, 39, 0.002)).toEqual({
        pAlive: pAlive(params, SEEN),
        expectedOrders: expectedOrders(params, SEEN, 39),
        discountedOrders: discountedOrders(params, SEEN, 39, 0.002),
        probabilityOfNone: probabilityOfNone(params, SEEN, 39),
      });
  });

  test("finite, in range and rising in tx, in any of 20,000 states", () => {
    const rng = seededRng("states");
    for (let i = 0; i < 20_000; i++) expect(faultOf(rng)).toBeUndefined();
  });
});
