import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { digamma } from "../stats/digamma.ts";
import { normalCdf, normalQuantile } from "../stats/normal.ts";
import { orderQuantiles } from "./model/order-counts.ts";
import { expectedOrders, forecastOf } from "./model/predict.ts";
import type { PurchaseSummary } from "./model/summary.ts";
import { nudged, relativeVariance } from "./parameter-error.ts";
import type { Purchases } from "./purchases.ts";
import { marginShareOf, ratePerDay } from "./score.ts";
import { trigamma } from "./trigamma.ts";
import type { OrderParams, ValueModel, ValueTerms } from "./value-model.ts";

/** Where a customer's margin of the horizon will lie with a probability of `level`, in minor units. */
export type ClvRange = { readonly lowMinor: number; readonly highMinor: number; readonly level: number };

/** Numbers of orders, equally probable, that stand for all. */
const ATOMS = 12;
/** Of an interval of logarithms: right to a thousandth. */
const HALVINGS = 11;

/** The logarithm of what some number of orders brings: about normal. `weight` of the atoms have that number. */
type LogMoney = { readonly mean: number; readonly deviation: number; readonly weight: number };

/**
 * The interval of one customer's CLV: how many orders come (by the model's own distribution, none among them), what they
 * bring (Gamma-Gamma) and how uncertain the parameters of the orders are. Equal parts are left out on both sides, so where
 * none may well come the low end is 0, and both are 0 where nearly surely none does: the expected value then lies above the
 * range. How uncertain the margin share and the parameters of the spend are is not in it. `null` in another currency
 * than the model's.
 * @param level in (0, 1)
 */
export function clvRangeOf(
  purchases: Purchases,
  model: ValueModel,
  terms: ValueTerms,
  now: EpochMs,
  level = 0.8,
): ClvRange | null {
  if (purchases.currency !== model.currency) return null;
  const { firstDay, lastDay, repeats } = purchases;
  const today = Math.max(Math.floor(now / DAY_MS), lastDay);
  const summary = { x: repeats, tx: lastDay - firstDay, T: today - firstDay };
  const { orders: params } = model;
  const { horizonDays, discountPerYear } = terms;
  const forecast = forecastOf(params, summary, horizonDays, ratePerDay(discountPerYear));
  const none = forecast.probabilityOfNone;
  const ends = [(1 - level) / 2, (1 + level) / 2] as const;
  if (none >= ends[1] || !(forecast.expectedOrders > 0)) return { lowMinor: 0, highMinor: 0, level };
  const middles = Array.from({ length: ATOMS }, (_, i) => none + ((1 - none) * (i + 0.5)) / ATOMS);
  const counts = orderQuantiles(params, summary, horizonDays, middles);
  const error = errorOf(model, summary, horizonDays, forecast.expectedOrders);
  const spend = spendOf(purchases, model, error);
  const sums = [...Map.groupBy(counts, (count) => Math.max(1, count))].map(([count, { length }]) => ({
    ...spend(count),
    weight: length / ATOMS,
  }));
  const scale = marginShareOf(purchases, model) * (forecast.discountedOrders / forecast.expectedOrders);
  const [lowMinor, highMinor] = ends.map((end) =>
    end <= none ? 0 : scale * Math.exp(quantileOf(sums, (end - none) / (1 - none))),
  ) as [number, number];
  return { lowMinor, highMinor, level };
}

/** Variance that the parameters' uncertainty brings into the logarithm of the expected orders. */
function errorOf(model: ValueModel, summary: PurchaseSummary, horizon: number, expected: number): number {
  const by = (params: OrderParams) => expectedOrders(params, summary, horizon);
  return model.covariance.length === 0
    ? 0
    : relativeVariance(model.covariance, expected, nudged(model.orders).map(by));
}

/**
 * What some number of orders brings, as a logarithm with the mean and variance it has in Gamma-Gamma: a gamma variable of
 * shape p·count over one of shape p·x + q. Without that model each order's value is exponential about the shop's mean.
 */
function spendOf(
  { repeats, repeatMinor }: Purchases,
  { spend, meanValueMinor }: ValueModel,
  error: number,
): (count: number) => Omit<LogMoney, "weight"> {
  const own = spend && (repeats === 0 || repeatMinor > 0) ? spend : undefined;
  const shape = own ? own.p * repeats + own.q : 0;
  const level = own ? Math.log(own.v + repeatMinor) - digamma(shape) : Math.log(meanValueMinor);
  const variance = error + (own ? trigamma(shape) : 0);
  const each = own?.p ?? 1;
  return (count) => ({
    mean: level + digamma(each * count),
    deviation: Math.sqrt(trigamma(each * count) + variance),
  });
}

/** Quantile of a mixture: it lies between those of its parts. */
function quantileOf(parts: readonly LogMoney[], share: number): number {
  const z = normalQuantile(share);
  const own = parts.map(({ mean, deviation }) => mean + z * deviation);
  let [low, high] = [Math.min(...own), Math.max(...own)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    let below = 0;
    for (const { mean, deviation, weight } of parts) below += weight * normalCdf((middle - mean) / deviation);
    if (below < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
