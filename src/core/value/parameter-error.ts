import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { startOf } from "./model/fit-orders.ts";
import { expectedOrders } from "./model/predict.ts";
import type { Purchases } from "./purchases.ts";
import type { OrderParams, ValueModel } from "./value-model.ts";

/** In the logarithm of a parameter: small against its error, large against rounding. */
const STEP = 1e-3;

/** The parameters, each time with another one greater by a thousandth, in the order of the model's covariance. */
export function nudged(params: OrderParams): OrderParams[] {
  const values = startOf(params);
  return values.map((_, i) => {
    const [r, alpha, third, fourth] = values.map((value, j) =>
      i === j ? value * Math.exp(STEP) : value,
    ) as [number, number, number, number];
    return params.model === "pareto_nbd"
      ? { model: params.model, r, alpha, s: third, beta: fourth }
      : { model: params.model, r, alpha, a: third, b: fourth };
  });
}

/**
 * Variance of the logarithm of a prediction that comes from how uncertain the model's parameters are, by the delta method:
 * the square of its relative standard error. 0 where the covariance is not known.
 * @param covariance of the logarithms of the parameters, row by row
 * @param value the prediction, above 0
 * @param beside the same prediction by each of the `nudged` parameters
 */
export function relativeVariance(
  covariance: readonly number[],
  value: number,
  beside: readonly number[],
): number {
  if (!(value > 0) || covariance.length !== beside.length ** 2) return 0;
  const slopes = beside.map((other) => Math.log(other / value) / STEP);
  let variance = 0;
  for (const [i, one] of slopes.entries())
    for (const [j, other] of slopes.entries()) variance += one * covariance[i * slopes.length + j]! * other;
  return Number.isFinite(variance) ? Math.max(0, variance) : 0;
}

/** Customers after whom the share hardly changes. */
const SAMPLE = 2_000;
const SLICE = 50;

/**
 * Standard error, as a share, that uncertain parameters bring into a sum over customers: unlike their own chance it does
 * not even out, however many there are. From the first 2,000, in slices.
 * @example a shop of 300 customers: about 0.1
 */
export function* relativeErrorOf(
  model: ValueModel,
  customers: Iterable<Purchases>,
  horizonDays: number,
  now: EpochMs,
): Generator<void, number> {
  const today = Math.floor(now / DAY_MS);
  const beside = nudged(model.orders);
  const besides = beside.map(() => 0);
  let [seen, sum] = [0, 0];
  for (const { firstDay, lastDay, repeats } of customers) {
    if (++seen > SAMPLE) break;
    if (seen % SLICE === 0) yield;
    const summary = { x: repeats, tx: lastDay - firstDay, T: Math.max(today, lastDay) - firstDay };
    sum += expectedOrders(model.orders, summary, horizonDays);
    for (const [i, params] of beside.entries()) besides[i]! += expectedOrders(params, summary, horizonDays);
  }
  return Math.sqrt(relativeVariance(model.covariance, sum, besides));
}
