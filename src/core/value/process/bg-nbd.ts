import { digamma } from "../../stats/digamma.ts";
import { logHypergeometric } from "../../stats/hypergeometric.ts";
import { logBeta, logGamma } from "../../stats/log-gamma.ts";
import type { Cells, Summary } from "./cells.ts";
import type { Objective } from "./maximise.ts";

/**
 * BG/NBD (Fader, Hardie & Lee, "Counting your customers the easy way", 2005): orders come at a gamma-distributed rate
 * (r, alpha), and after each repeat order a customer leaves with a beta-distributed chance (a, b). MBG/NBD (Batislam, Denizel &
 * Filiztekin 2007) lets them leave after the first order too.
 */
export type BgNbd = { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number };

/** Cells worked on before others may have their turn. */
const SLICE = 6_000;

/** Mean log-likelihood and slope over the logarithms of r, alpha, a, b. */
export const bgNbdObjective = (cells: Cells, isModified = false): Objective =>
  function* (point) {
    const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
    const first = isModified ? 1 : 0;
    let value = 0;
    let [dr, dAlpha, da, db] = [0, 0, 0, 0];
    const [logAlpha, gammaR, psiR, psiAB, psiB, psiA] = [
      Math.log(alpha),
      logGamma(r),
      digamma(r),
      digamma(a + b),
      digamma(b),
      digamma(a),
    ];
    const base = logBeta(a, b);
    const known: { x: number; own: number; psi: number; psiSum: number; psiHigh: number }[] = [];
    for (let i = 0; i < cells.size; i++) {
      if (i % SLICE === SLICE - 1) yield;
      const [x, tx, T, n] = [cells.x[i]!, cells.tx[i]!, cells.T[i]!, cells.n[i]!];
      // What depends on x alone is worked out once for each.
      const of = (known[x] ??= {
        x,
        own: logGamma(r + x) - gammaR + logBeta(a, b + x + first) - base,
        psi: digamma(r + x),
        psiSum: digamma(a + b + x + first),
        psiHigh: digamma(b + x + first),
      });
      const [logT, logTx] = [Math.log(alpha + T), Math.log(alpha + tx)];
      // Alive at T, or gone after the last order: B(a+1, b+x-1) / B(a, b+x) = a / (b+x-1).
      const canLeave = x > 0 || isModified;
      const left = canLeave ? a / (b + x + first - 1) : 0;
      const ratio = canLeave ? left * Math.exp((r + x) * (logT - logTx)) : 0;
      const gone = Number.isFinite(ratio) ? ratio / (1 + ratio) : 1;
      const alive = Number.isFinite(ratio) ? Math.log1p(ratio) : Math.log(left) + (r + x) * (logT - logTx);
      value += n * (of.own + r * logAlpha - (r + x) * logT + alive);
      dr += n * (of.psi - psiR + logAlpha - logT + gone * (logT - logTx));
      dAlpha +=
        n * (r / alpha - (r + x) / (alpha + T) + gone * (r + x) * (1 / (alpha + T) - 1 / (alpha + tx)));
      da += n * (psiAB - of.psiSum + (canLeave ? gone / a : 0));
      db += n * (of.psiHigh - of.psiSum - psiB + psiAB - (canLeave ? gone / (b + x + first - 1) : 0));
    }
    void psiA;
    const per = 1 / cells.customers;
    return {
      value: value * per,
      gradient: [dr * r * per, dAlpha * alpha * per, da * a * per, db * b * per],
    };
  };

/** Chance of being a customer still. 1 for who never came back, by the model's own terms: so no sign of who may leave. */
export function bgNbdAlive(params: BgNbd, { x, tx, T }: Summary, isModified = false): number {
  const { r, alpha, a, b } = params;
  if (x === 0 && !isModified) return 1;
  const log =
    Math.log(a / (b + x + (isModified ? 0 : -1))) + (r + x) * (Math.log(alpha + T) - Math.log(alpha + tx));
  return log > 700 ? 0 : 1 / (1 + Math.exp(log));
}

/**
 * Orders expected within a time from now (equation 10 of the paper; for MBG/NBD with b + 1 in place of b).
 * @example bgNbdOrders({ r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, { x: 2, tx: 30.43, T: 38.86 }, 39) // 1.226
 */
export function bgNbdOrders(params: BgNbd, summary: Summary, time: number, isModified = false): number {
  const { r, alpha } = params;
  const { x, T } = summary;
  // a = 1 is a removable pole.
  const a = Math.abs(params.a - 1) < 1e-7 ? params.a + 1e-6 : params.a;
  const b = params.b + (isModified ? 1 : 0);
  const z = time / (alpha + T + time);
  const log = logHypergeometric(r + x, b + x, a + b + x - 1, z);
  if (log === undefined) return Number.NaN;
  const power = (r + x) * Math.log1p(-z);
  const inner = -Math.expm1(power + log);
  return ((a + b + x - 1) / (a - 1)) * inner * bgNbdAlive(params, summary, isModified);
}
