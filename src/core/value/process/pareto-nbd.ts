import { digamma } from "../../stats/digamma.ts";
import { gaussLegendre } from "../../stats/gauss-legendre.ts";
import { logGamma } from "../../stats/log-gamma.ts";
import type { Cells, Summary } from "./cells.ts";
import type { Objective } from "./maximise.ts";

/**
 * Pareto/NBD (Schmittlein, Morrison & Colombo, "Counting your customers", 1987): orders come at a gamma-distributed rate
 * (r, alpha) until the customer leaves, at a gamma-distributed rate too (s, beta).
 */
export type ParetoNbd = {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
};

const SLICE = 1_500;
const FEW = gaussLegendre(16);
const MANY = gaussLegendre(40);
/** Beyond so many times its scale an exponential adds nothing to its integral. */
const TAIL = 42;

/** ∫ from tx to T of (alpha+t)^-(r+x) (beta+t)^-(s+1) dt: when the customer may have left. As a logarithm, and its means. */
type Leaving = {
  log: number;
  /** Means over the moments of leaving, of ln(alpha+t), 1/(alpha+t), ln(beta+t), 1/(beta+t). */
  logAlpha: number;
  perAlpha: number;
  logBeta: number;
  perBeta: number;
};
const leaving: Leaving = { log: 0, logAlpha: 0, perAlpha: 0, logBeta: 0, perBeta: 0 };

/**
 * The integral of the likelihood in its own form, by Gauss and Legendre in u = ln(c+t), in which it falls like an exponential:
 * no hypergeometric function, no case for alpha above or below beta, and its derivatives come along. Fills `leaving`.
 */
function leave({ r, alpha, s, beta }: ParetoNbd, x: number, tx: number, T: number): Leaving {
  const c = Math.min(alpha, beta);
  const from = Math.log(c + tx);
  const whole = Math.log(c + T) - from;
  const steep = r + x + s;
  const length = Math.min(whole, TAIL / Math.max(steep, 1e-9) + 1e-300);
  const { nodes, weights } = steep * length > 8 ? MANY : FEW;
  const [logA0, logB0] = [Math.log(alpha + tx), Math.log(beta + tx)];
  let sum = 0;
  let [logAlpha, perAlpha, logBeta, perBeta] = [0, 0, 0, 0];
  for (let i = 0; i < nodes.length; i++) {
    const grown = (c + tx) * Math.exp((length * (nodes[i]! + 1)) / 2);
    const t = grown - c;
    const [logA, logB] = [Math.log(alpha + t), Math.log(beta + t)];
    const weight = weights[i]! * grown * Math.exp(-(r + x) * (logA - logA0) - (s + 1) * (logB - logB0));
    sum += weight;
    logAlpha += weight * logA;
    perAlpha += weight / (alpha + t);
    logBeta += weight * logB;
    perBeta += weight / (beta + t);
  }
  leaving.log = Math.log((sum * length) / 2) - (r + x) * logA0 - (s + 1) * logB0;
  leaving.logAlpha = logAlpha / sum;
  leaving.perAlpha = perAlpha / sum;
  leaving.logBeta = logBeta / sum;
  leaving.perBeta = perBeta / sum;
  return leaving;
}

/** Mean log-likelihood and slope over the logarithms of r, alpha, s, beta. */
export const paretoNbdObjective = (cells: Cells): Objective =>
  function* (point) {
    const [r, alpha, s, beta] = point.map(Math.exp) as [number, number, number, number];
    const params = { r, alpha, s, beta };
    const [logAlpha, logBeta, gammaR, psiR, logS] = [
      Math.log(alpha),
      Math.log(beta),
      logGamma(r),
      digamma(r),
      Math.log(s),
    ];
    let value = 0;
    let [dr, dAlpha, ds, dBeta] = [0, 0, 0, 0];
    const known: { own: number; psi: number }[] = [];
    for (let i = 0; i < cells.size; i++) {
      if (i % SLICE === SLICE - 1) yield;
      const [x, tx, T, n] = [cells.x[i]!, cells.tx[i]!, cells.T[i]!, cells.n[i]!];
      const of = (known[x] ??= { own: logGamma(r + x) - gammaR, psi: digamma(r + x) });
      const [logAT, logBT] = [Math.log(alpha + T), Math.log(beta + T)];
      const alive = -(r + x) * logAT - s * logBT;
      const left = T > tx ? leave(params, x, tx, T) : undefined;
      const log = left ? logS + left.log : -Infinity;
      const high = Math.max(alive, log);
      const sum = high + Math.log(Math.exp(alive - high) + Math.exp(log - high));
      const [pAlive, pLeft] = [Math.exp(alive - sum), Math.exp(log - sum)];
      value += n * (of.own + r * logAlpha + s * logBeta + sum);
      dr += n * (of.psi - psiR + logAlpha - pAlive * logAT - (left ? pLeft * left.logAlpha : 0));
      dAlpha += n * (r / alpha - (r + x) * (pAlive / (alpha + T) + (left ? pLeft * left.perAlpha : 0)));
      ds += n * (logBeta - pAlive * logBT + (left ? pLeft * (1 / s - left.logBeta) : 0));
      dBeta += n * (s / beta - pAlive * (s / (beta + T)) - (left ? pLeft * (s + 1) * left.perBeta : 0));
    }
    const per = 1 / cells.customers;
    return {
      value: value * per,
      gradient: [dr * r * per, dAlpha * alpha * per, ds * s * per, dBeta * beta * per],
    };
  };

/** Chance of being a customer still. @example paretoNbdAlive({ r: 0.5533, alpha: 10.578, s: 0.606, beta: 11.669 }, { x: 26, tx: 30.86, T: 31 }) // 0.9979 */
export function paretoNbdAlive(params: ParetoNbd, { x, tx, T }: Summary): number {
  if (!(T > tx)) return 1;
  const { r, alpha, s, beta } = params;
  const alive = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
  const log = Math.log(s) + leave(params, x, tx, T).log - alive;
  return log > 700 ? 0 : 1 / (1 + Math.exp(log));
}

/** What an alive customer will do within a time, per unit of their rate of orders. */
export type Exposure = {
  /** Time they will still be there within it: mean and mean square. */
  readonly mean: number;
  readonly meanSquare: number;
  /** The same with each moment discounted. */
  readonly discounted: number;
};

/**
 * How long a customer who is there at age T stays within a time: min(time, until they leave), whose chance to be above τ is
 * ((beta+T) / (beta+T+τ))^s.
 * @param rate continuous discount rate per unit of time
 */
export function stay({ s, beta }: ParetoNbd, T: number, time: number, rate: number): Exposure {
  const start = beta + T;
  const length = Math.log1p(time / start);
  let [mean, meanSquare, discounted] = [0, 0, 0];
  const { nodes, weights } = FEW;
  for (let i = 0; i < nodes.length; i++) {
    const u = (length * (nodes[i]! + 1)) / 2;
    const grown = start * Math.exp(u);
    const after = grown - start;
    const weight = weights[i]! * grown * Math.exp(-s * u);
    mean += weight;
    meanSquare += 2 * after * weight;
    discounted += weight * Math.exp(-rate * after);
  }
  const half = length / 2;
  return { mean: mean * half, meanSquare: meanSquare * half, discounted: discounted * half };
}
