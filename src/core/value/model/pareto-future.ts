import { gaussLegendre } from "../../stats/gauss-legendre.ts";
import { emptyLeaving, leavingIntegral, LOG } from "./leaving-integral.ts";
import type { Process } from "./process.ts";
import { stretch } from "./stretch.ts";

export type ParetoProcess = Extract<Process, { readonly model: "pareto_nbd" }>;

/** Exact to about 1e-9 for the smooth integrands here, whatever the horizon. */
const RULE = gaussLegendre(24);

/** A discount of e^-37 leaves nothing of what comes later. */
const NOTHING = 37;

/**
 * Orders expected within `horizon` of a customer who is one now.
 * Source: Fader & Hardie 2005, "A Note on Deriving the Pareto/NBD Model", equation 39.
 */
export function paretoExpected({ r, alpha, s, beta }: ParetoProcess, horizon: number): number {
  return ((r * beta) / alpha) * stretch(s - 1, Math.log1p(horizon / beta));
}

/** The same, each order discounted at `force` (the logarithm of 1 + rate) per unit of time until it is made. */
export function paretoDiscounted(
  { r, alpha, s, beta }: ParetoProcess,
  horizon: number,
  force: number,
): number {
  const end = force * horizon > NOTHING ? NOTHING / force : horizon;
  const range = Math.log1p(end / beta);
  let sum = 0;
  // In ln(beta + t), in which staying falls exponentially.
  for (let i = 0; i < RULE.nodes.length; i++) {
    const up = (range * (1 + RULE.nodes[i]!)) / 2;
    sum += RULE.weights[i]! * Math.exp((1 - s) * up - force * beta * Math.expm1(up));
  }
  return ((r * beta) / alpha) * (range / 2) * sum;
}

/** Probability of no order at all within `horizon`: stayed and did not buy, or left before buying. */
export function paretoNone({ r, alpha, s, beta }: ParetoProcess, horizon: number): number {
  const leaving = emptyLeaving();
  leavingIntegral(r, s + 1, alpha, beta, 0, horizon, leaving);
  const stayed = Math.exp(-r * Math.log1p(horizon / alpha) - s * Math.log1p(horizon / beta));
  const left = s * Math.exp(leaving[LOG]! + r * Math.log(alpha) + s * Math.log(beta));
  return Math.min(1, stayed + left);
}
