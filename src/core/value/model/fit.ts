import type { NoFitReason } from "./columns.ts";
import { inverse } from "./inverse.ts";
import { evaluate, WALL, type Likelihood } from "./likelihood.ts";
import { minimise } from "./minimise.ts";

/** Parameters that make the data most likely. */
export type Fit<Params> = {
  readonly params: Params;
  readonly logLikelihood: number;
  /** Covariance of the logarithms of the parameters, in the order in which they stand, row by row. Absent where the data
   * do not bound all of them. */
  readonly covariance?: readonly number[] | undefined;
  readonly iterations: number;
  readonly evaluations: number;
  /** False where the search ended before the slope was nothing: the parameters are the best that were met. */
  readonly converged: boolean;
  readonly customers: number;
};

export type FitOutcome<Params> =
  | { readonly fitted: true; readonly fit: Fit<Params> }
  | { readonly fitted: false; readonly reason: NoFitReason };

/** A fit in slices of about a millisecond: each `next()` does one, and the last one gives the outcome. */
export type Fitting<Params> = Generator<void, FitOutcome<Params>>;

/** Finishes what comes in slices, at once. @example run(fitOrders("pareto_nbd", cells)) */
export function run<Outcome>(slices: Generator<void, Outcome>): Outcome {
  for (;;) {
    const step = slices.next();
    if (step.done) return step.value;
  }
}

/** Distance over which the gradient's change is taken: its relative error is about as large. */
const STEP = 1e-5;

/** The optimum in the logarithms of the parameters, with the covariance there; `undefined` where there is none. */
export function* fitLogs(
  likelihood: Likelihood,
  start: Float64Array,
): Generator<void, Omit<Fit<Float64Array>, "customers"> | undefined> {
  const found = yield* minimise((at) => evaluate(likelihood, at), start);
  const { at, here, iterations, evaluations, converged } = found;
  if (!Number.isFinite(here.logLikelihood) || !at.every(Number.isFinite)) return undefined;
  // Beyond the wall the curvature would be the wall's own, not the data's.
  const isBounded = at.every((log) => Math.abs(log) < WALL);
  const covariance = isBounded ? yield* covarianceAt(likelihood, at, here.gradient) : undefined;
  return {
    params: at.map(Math.exp),
    logLikelihood: here.logLikelihood,
    covariance,
    iterations,
    evaluations: evaluations + (isBounded ? at.length : 0),
    converged,
  };
}

/**
 * The inverse of the observed information: of minus the second derivatives of the log-likelihood, taken as differences of
 * its gradient. Near the optimum the parameters' logarithms are about normal with this covariance.
 */
function* covarianceAt(
  likelihood: Likelihood,
  at: Float64Array,
  slope: Float64Array,
): Generator<void, readonly number[] | undefined> {
  const size = at.length;
  const information = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const beside = Float64Array.from(at);
    beside[i]! += STEP;
    const { gradient } = yield* evaluate(likelihood, beside);
    for (let j = 0; j < size; j++) {
      const change = (likelihood.weight * (gradient[j]! - slope[j]!)) / STEP;
      information[i * size + j]! += change / 2;
      information[j * size + i]! += change / 2;
    }
  }
  const covariance = inverse(information, size);
  return covariance?.every(Number.isFinite) ? [...covariance] : undefined;
}
