import { digamma } from "../../stats/digamma.ts";
import { logGamma } from "../../stats/log-gamma.ts";
import type { Objective } from "./maximise.ts";

/**
 * Gamma-Gamma (Fader, Hardie & Lee, "RFM and CLV", 2005): what a customer spends on an order day is gamma-distributed with
 * shape p, around a mean of their own that is gamma-distributed too (q, v). Independent of how often they order.
 */
export type GammaGamma = { readonly p: number; readonly q: number; readonly v: number };

/** Customers with repeats: how many, and what one was worth on average. */
export type Spenders = { readonly x: Float64Array; readonly mean: Float64Array };

const SLICE = 6_000;

/** Mean log-likelihood and slope over the logarithms of p, q, v. */
export const gammaGammaObjective = ({ x: repeats, mean }: Spenders): Objective =>
  function* (point) {
    const [p, q, v] = point.map(Math.exp) as [number, number, number];
    const [gammaQ, psiQ, logV] = [logGamma(q), digamma(q), Math.log(v)];
    let value = 0;
    let [dp, dq, dv] = [0, 0, 0];
    const known: { own: number; psiHigh: number; psi: number }[] = [];
    for (let i = 0; i < repeats.length; i++) {
      if (i % SLICE === SLICE - 1) yield;
      const [x, m] = [repeats[i]!, mean[i]!];
      const of = (known[x] ??= {
        own: logGamma(p * x + q) - logGamma(p * x),
        psiHigh: digamma(p * x + q),
        psi: digamma(p * x),
      });
      const logAll = Math.log(x * m + v);
      value +=
        of.own - gammaQ + q * logV + (p * x - 1) * Math.log(m) + p * x * Math.log(x) - (p * x + q) * logAll;
      dp += x * (of.psiHigh - of.psi + Math.log(m) + Math.log(x) - logAll);
      dq += of.psiHigh - psiQ + logV - logAll;
      dv += q / v - (p * x + q) / (x * m + v);
    }
    const per = 1 / repeats.length;
    return { value: value * per, gradient: [dp * p * per, dq * q * per, dv * v * per] };
  };

/**
 * What a customer spends on an order day, on average: their own mean, shrunk to everybody's. `undefined` where q ≤ 1: the
 * mean of everybody is infinite then.
 * @example expectedSpend({ p: 6.25, q: 3.74, v: 15.44 }, 0, 0) // 35.22
 */
export function expectedSpend({ p, q, v }: GammaGamma, x: number, mean: number): number | undefined {
  return q > 1 ? (p * (v + x * mean)) / (p * x + q - 1) : undefined;
}

/** Mean square of what they spend on a day, the uncertainty about their own mean included; `undefined` where q + p x ≤ 2. */
export function spendMeanSquare({ p, q, v }: GammaGamma, x: number, mean: number): number | undefined {
  const shape = p * x + q;
  if (shape <= 2) return undefined;
  // Given the scale ν, value is Gamma(p, ν), and ν given the data is Gamma(p x + q, v + x mean).
  const scale = v + x * mean;
  return (p * (p + 1) * scale * scale) / ((shape - 1) * (shape - 2));
}
