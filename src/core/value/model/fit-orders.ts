import type { OrderParams } from "../value-model.ts";
import { betaLikelihood } from "./beta-likelihood.ts";
import { columnsOf, type Columns } from "./columns.ts";
import { fitLogs, type Fitting } from "./fit.ts";
import { evaluate, type Likelihood } from "./likelihood.ts";
import { paretoLikelihood } from "./pareto-likelihood.ts";
import type { Cell } from "./summary.ts";

export type OrderModel = OrderParams["model"];

/** Parameters in their order, the second and for Pareto/NBD the fourth in the unit of time of the cells. */
export type OrderStart = readonly [number, number, number, number];

const START: OrderStart = [0.5, 0.5, 1, 1];

/**
 * Fits a purchase model to customers, in slices. Starts from most customers buying rarely (shape 1/2) and leaving at any
 * time (shape 1) on the scale of their mean age, unless told a `start`, such as the parameters of the last fit.
 * @example run(fitOrders("bg_nbd", aggregate(rows)))
 */
export function* fitOrders(
  model: OrderModel,
  cells: readonly Cell[],
  start?: OrderStart,
): Fitting<OrderParams> {
  const columns = yield* columnsOf(cells);
  if (typeof columns === "string") return { fitted: false, reason: columns };
  const units = unitsOf(model, columns);
  const logs = Float64Array.from(units, (unit, i) => Math.log(start ? start[i]! / unit : START[i]!));
  const found = yield* fitLogs(likelihoodOf(model, columns), logs);
  if (!found) return { fitted: false, reason: "no_optimum" };
  const params = paramsOf(
    model,
    Array.from(found.params, (value, i) => value * units[i]!),
  );
  const logLikelihood = found.logLikelihood - perUnit(columns);
  return { fitted: true, fit: { ...found, params, logLikelihood, customers: columns.customers } };
}

/**
 * How likely parameters find these customers, as a logarithm, in slices: falls behind that of new parameters when the shop
 * has drifted. `undefined` where nothing could be fitted to them.
 */
export function* logLikelihoodOf(
  params: OrderParams,
  cells: readonly Cell[],
): Generator<void, number | undefined> {
  const columns = yield* columnsOf(cells);
  if (typeof columns === "string") return undefined;
  const values = startOf(params);
  const logs = Float64Array.from(unitsOf(params.model, columns), (unit, i) => Math.log(values[i]! / unit));
  const { logLikelihood } = yield* evaluate(likelihoodOf(params.model, columns), logs);
  return logLikelihood - perUnit(columns);
}

/** Fitted parameters to start the next fit from. */
export function startOf(params: OrderParams): OrderStart {
  const { r, alpha } = params;
  return params.model === "pareto_nbd" ? [r, alpha, params.s, params.beta] : [r, alpha, params.a, params.b];
}

function paramsOf(model: OrderModel, values: readonly number[]): OrderParams {
  const [r, alpha, third, fourth] = values as [number, number, number, number];
  return model === "pareto_nbd"
    ? { model, r, alpha, s: third, beta: fourth }
    : { model, r, alpha, a: third, b: fourth };
}

const likelihoodOf = (model: OrderModel, columns: Columns): Likelihood =>
  model === "pareto_nbd" ? paretoLikelihood(columns) : betaLikelihood(columns, model);

/** The caller's units in one of each parameter's, as it is fitted. */
const unitsOf = (model: OrderModel, { unit }: Columns): OrderStart => [
  1,
  unit,
  1,
  model === "pareto_nbd" ? unit : 1,
];

/** The density of orders in time has the unit of time in it, once for each order. */
const perUnit = ({ repeatOrders, unit }: Columns): number => repeatOrders * Math.log(unit);
