/** What a slice of the data adds up to, in the logarithms of a model's parameters. */
export type Sums = {
  logLikelihood: number;
  readonly gradient: Float64Array;
  /** Lower triangle, row by row, of the sum of the gradients' outer products: about the information in the data. */
  readonly products: Float64Array;
};

/** A model's log-likelihood over weighted cells. */
export type Likelihood = {
  readonly cells: number;
  /** Customers in the cells. */
  readonly weight: number;
  readonly parameters: number;
  /** What all cells share at these parameters is computed once; the function it gives adds cells `from` up to `to`. */
  readonly at: (logs: Float64Array) => (from: number, to: number, sums: Sums) => void;
};

/** Cells evaluated before the turn is given away: under a millisecond, and a few where nothing is compiled yet. */
const CELLS_PER_SLICE = 1_000;

/**
 * Beyond this, in the logarithm of a scaled parameter, a shop's data cannot tell one value from the next; a faint pull
 * keeps a fit whose optimum lies at infinity (nobody ever stays away, everybody buys alike) at finite parameters.
 */
export const WALL = 10;
const PULL = 1e-3;

export type Evaluation = {
  readonly logLikelihood: number;
  /** What is minimised: minus the log-likelihood of the average customer, plus the pull of the wall. */
  readonly value: number;
  readonly gradient: Float64Array;
  readonly products: Float64Array;
};

/** Adds one cell's log-likelihood and gradient, `n` times. */
export function addCell(sums: Sums, n: number, logLikelihood: number, slopes: Float64Array): void {
  const { gradient, products } = sums;
  sums.logLikelihood += n * logLikelihood;
  const size = slopes.length;
  let at = 0;
  for (let i = 0; i < size; i++) {
    const weighted = n * slopes[i]!;
    gradient[i]! += weighted;
    for (let j = 0; j <= i; j++) products[at++]! += weighted * slopes[j]!;
  }
}

/** The likelihood at `logs`, in slices. */
export function* evaluate(likelihood: Likelihood, logs: Float64Array): Generator<void, Evaluation> {
  const { cells, weight, parameters } = likelihood;
  const gradient = new Float64Array(parameters);
  const products = new Float64Array((parameters * (parameters + 1)) / 2);
  const sums: Sums = { logLikelihood: 0, gradient, products };
  const add = likelihood.at(logs);
  for (let from = 0; from < cells; from += CELLS_PER_SLICE) {
    add(from, Math.min(from + CELLS_PER_SLICE, cells), sums);
    yield;
  }
  let value = -sums.logLikelihood / weight;
  for (let i = 0; i < parameters; i++) {
    const beyond = logs[i]! - Math.max(-WALL, Math.min(WALL, logs[i]!));
    value += PULL * beyond * beyond;
    gradient[i] = -gradient[i]! / weight + 2 * PULL * beyond;
  }
  for (let i = 0; i < products.length; i++) products[i]! /= weight;
  return { logLikelihood: sums.logLikelihood, value, gradient, products };
}
