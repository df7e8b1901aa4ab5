import type { OrderParams } from "../value-model.ts";
import { betaDiscounted, betaExpected, betaNone } from "./beta-future.ts";
import { paretoDiscounted, paretoExpected, paretoNone } from "./pareto-future.ts";
import { NEW_CUSTOMER, standingOf } from "./process.ts";
import type { PurchaseSummary } from "./summary.ts";

/**
 * Probability, in [0, 1], that the customer still is one. By BG/NBD it is 1 for whoever bought once: no score to win
 * customers back by; take the expected orders.
 * @example pAlive({ model: "bg_nbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, { x: 2, tx: 30.43, T: 38.86 }) // 0.72658
 */
export function pAlive(params: OrderParams, summary: PurchaseSummary): number {
  return standingOf(params, summary).alive;
}

/**
 * Days with an order that the customer is expected to have within `horizon` from now. 0 or more.
 * @example expectedOrders({ model: "bg_nbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, { x: 2, tx: 30.43, T: 38.86 }, 39) // 1.22603
 */
export function expectedOrders(params: OrderParams, summary: PurchaseSummary, horizon: number): number {
  const { alive, rest } = standingOf(params, summary);
  if (!(horizon > 0 && alive > 0)) return 0;
  return alive * (rest.model === "pareto_nbd" ? paretoExpected(rest, horizon) : betaExpected(rest, horizon));
}

/**
 * The same with each order worth (1 + `ratePerUnit`)^-t, t being the time until it is made; `ratePerUnit` above -1, for
 * example 1.1^(1/365) - 1 a day for 10 % a year.
 */
export function discountedOrders(
  params: OrderParams,
  summary: PurchaseSummary,
  horizon: number,
  ratePerUnit: number,
): number {
  return forecastOf(params, summary, horizon, ratePerUnit).discountedOrders;
}

/** Probability, in [0, 1], that the customer has no order within `horizon` from now: gone, or not in need. */
export function probabilityOfNone(params: OrderParams, summary: PurchaseSummary, horizon: number): number {
  return forecastOf(params, summary, horizon, 0).probabilityOfNone;
}

/** What is foretold of a customer. */
export type Forecast = {
  /** See `pAlive`, `expectedOrders`, `discountedOrders` and `probabilityOfNone`. */
  readonly pAlive: number;
  readonly expectedOrders: number;
  readonly discountedOrders: number;
  readonly probabilityOfNone: number;
};

/** All of these at once, for the price of the dearest. */
export function forecastOf(
  params: OrderParams,
  summary: PurchaseSummary,
  horizon: number,
  ratePerUnit: number,
): Forecast {
  const { alive, rest } = standingOf(params, summary);
  if (!(horizon > 0 && alive > 0))
    return { pAlive: alive, expectedOrders: 0, discountedOrders: 0, probabilityOfNone: 1 };
  const force = Math.log1p(ratePerUnit);
  const isPareto = rest.model === "pareto_nbd";
  const expected = isPareto ? paretoExpected(rest, horizon) : betaExpected(rest, horizon);
  const discounted = isPareto
    ? paretoDiscounted(rest, horizon, force)
    : betaDiscounted(rest, horizon, force, expected);
  const none = isPareto ? paretoNone(rest, horizon) : betaNone(rest, horizon);
  return {
    pAlive: alive,
    expectedOrders: alive * expected,
    discountedOrders: alive * discounted,
    probabilityOfNone: Math.min(1, 1 - alive + alive * none),
  };
}

/** Repeat order-days that somebody who makes a first order now is expected to have within `t`. */
export function expectedFromFirst(params: OrderParams, t: number): number {
  return expectedOrders(params, NEW_CUSTOMER, t);
}
