import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { expectedOrders, pAlive } from "./model/predict.ts";
import { orderVariance } from "./order-spread.ts";
import { nudged, relativeVariance } from "./parameter-error.ts";
import type { Purchases } from "./purchases.ts";
import type { ValueModel } from "./value-model.ts";

/** A customer as known at the end of the day of the fit, and the days with an order since. */
export type SinceFit = { readonly before: Purchases; readonly orders: number };

/** How the orders since a fit compare with what was predicted of the same customers. */
export type Drift = {
  readonly days: number;
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  /** Departure in standard errors: of the customers' own chance and of the model's parameters. */
  readonly z: number;
  readonly hasDrifted: boolean;
};

/** Days since the fit, and orders predicted for them, below which nothing can be told. */
export const DRIFT_DAYS_MIN = 14;
const ORDERS_MIN = 30;
/** 1 in 1,000 checks of a shop that did not drift. */
const LIMIT = 3.29;
/** A smaller departure changes no decision, however surely it is there. */
const DEPARTURE = 0.05;
const SLICE = 50;

/**
 * Whether customers order as the model said they would, in slices: all orders since the fit against the sum of what was
 * expected of each customer. Customers who came since are not looked at. `undefined`: it is too early to tell.
 */
export function* driftOf(
  model: ValueModel,
  customers: Iterable<SinceFit>,
  now: EpochMs,
): Generator<void, Drift | undefined> {
  const fitted = Math.floor(model.fittedAt / DAY_MS);
  const days = Math.floor(now / DAY_MS) - fitted;
  if (days < DRIFT_DAYS_MIN) return undefined;
  const beside = nudged(model.orders);
  const besides = beside.map(() => 0);
  let [seen, predicted, actual, variance] = [0, 0, 0, 0];
  for (const { before, orders } of customers) {
    if (++seen % SLICE === 0) yield;
    const { firstDay, lastDay, repeats } = before;
    const summary = { x: repeats, tx: lastDay - firstDay, T: Math.max(fitted, lastDay) - firstDay };
    const expected = expectedOrders(model.orders, summary, days);
    const alive = pAlive(model.orders, summary);
    predicted += expected;
    actual += orders;
    variance += orderVariance(model.orders, summary, days, { orders: expected, alive });
    for (const [i, params] of beside.entries()) besides[i]! += expectedOrders(params, summary, days);
  }
  if (predicted < ORDERS_MIN) return undefined;
  const error = relativeVariance(model.covariance, predicted, besides) * predicted ** 2;
  const z = (actual - predicted) / Math.sqrt(variance + error);
  const hasDrifted = Math.abs(z) > LIMIT && Math.abs(actual / predicted - 1) > DEPARTURE;
  return { days, customers: seen, predicted, actual, z, hasDrifted };
}
