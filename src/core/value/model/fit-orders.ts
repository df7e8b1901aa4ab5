import type { OrderParams } from "../value-model.ts";
import { betaLikelihood } from "./beta-likelihood.ts";
import { columnsOf } from "./columns.ts";
import { fitLogs, type Fitting } from "./fit.ts";
import { paretoLikelihood } from "./pareto-likelihood.ts";
import type { Cell } from "./summary.ts";

export type OrderModel = OrderParams["model"];

/** The parameters of one model. */
export type ParamsOf<Model extends OrderModel> = Extract<OrderParams, { readonly model: Model }>;

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
  const { unit, repeatOrders, customers } = columns;
  const isPareto = model === "pareto_nbd";
  const units = [1, unit, 1, isPareto ? unit : 1];
  const likelihood = isPareto ? paretoLikelihood(columns) : betaLikelihood(columns, model);
  const logs = Float64Array.from(units, (unit, i) => Math.log(start ? start[i]! / unit : START[i]!));
  const found = yield* fitLogs(likelihood, logs);
  if (!found) return { fitted: false, reason: "no_optimum" };
  const [r, alpha, third, fourth] = Array.from(found.params, (value, i) => value * units[i]!) as [
    number,
    number,
    number,
    number,
  ];
  const params: OrderParams = isPareto
    ? { model, r, alpha, s: third, beta: fourth }
    : { model, r, alpha, a: third, b: fourth };
  // The density of orders in time has the unit of time in it, once for each order.
  const logLikelihood = found.logLikelihood - repeatOrders * Math.log(unit);
  return { fitted: true, fit: { ...found, params, logLikelihood, customers } };
}
