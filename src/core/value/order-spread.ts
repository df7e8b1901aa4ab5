import { gaussLegendre } from "../stats/gauss-legendre.ts";
import type { PurchaseSummary } from "./model/summary.ts";
import type { OrderParams } from "./value-model.ts";

const { nodes, weights } = gaussLegendre(16);

/**
 * Variance of the number of orders within a horizon: what a sum over many customers needs of each. Pareto/NBD: of a
 * Poisson count whose rate is gamma and whose time is what is left of the customer within the horizon, both exactly.
 * BG/NBD and MBG/NBD: the same with the time that their mean amounts to, which leaves out how uncertain that time is.
 * @param expected orders expected, and chance to be a customer still
 */
export function orderVariance(
  params: OrderParams,
  { x, T }: PurchaseSummary,
  horizon: number,
  expected: { readonly orders: number; readonly alive: number },
): number {
  const { orders: mean, alive } = expected;
  if (!(mean > 0 && alive > 0)) return 0;
  const shape = params.r + x;
  const square =
    params.model === "pareto_nbd"
      ? alive *
        (shape / (params.alpha + T)) ** 2 *
        (1 + 1 / shape) *
        meanSquareStay(params.s, params.beta + T, horizon)
      : (mean ** 2 / alive) * (1 + 1 / shape);
  return Math.max(0, mean + square - mean ** 2);
}

/**
 * Mean square of the time that a customer stays within the horizon, whose chance to stay longer than τ is (from ∕ (from+τ))^s:
 * 2 ∫ τ (from ∕ (from+τ))^s dτ, by Gauss and Legendre in ln(from+τ).
 */
function meanSquareStay(s: number, from: number, horizon: number): number {
  const length = Math.log1p(horizon / from);
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const u = (length * (nodes[i]! + 1)) / 2;
    const at = from * Math.exp(u);
    sum += weights[i]! * 2 * (at - from) * at * Math.exp(-s * u);
  }
  return (sum * length) / 2;
}
