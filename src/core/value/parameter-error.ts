import { startOf } from "./model/fit-orders.ts";
import type { OrderParams } from "./value-model.ts";

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
