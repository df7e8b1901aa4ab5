import type { Objective } from "./maximise.ts";

/**
 * Shifted beta-geometric (Fader & Hardie, "How to project customer retention", 2007): of those who subscribe, each renews with
 * a chance of their own, beta-distributed.
 */
export type Sbg = { readonly alpha: number; readonly beta: number };

/** Share of a cohort that is left after so many renewals. @example sbgSurvival({ alpha: 0.704, beta: 1.182 }, 1) // 0.627 */
export function sbgSurvival({ alpha, beta }: Sbg, renewals: number): number {
  let share = 1;
  for (let t = 1; t <= renewals; t++) share *= (beta + t - 1) / (alpha + beta + t - 1);
  return share;
}

/** Mean log-likelihood and slope over the logarithms of alpha and beta. @param survival shares left, from 1 on */
export const sbgObjective = (survival: readonly number[]): Objective =>
  // oxlint-disable-next-line require-yield -- a cohort has a dozen renewals: there is nothing to stop for
  function* (point) {
    const [alpha, beta] = point.map(Math.exp) as [number, number];
    let value = 0;
    let [dAlpha, dBeta] = [0, 0];
    /** ln S(t) and its slopes. */
    let [log, slopeA, slopeB] = [0, 0, 0];
    for (let t = 1; t < survival.length; t++) {
      const lost = survival[t - 1]! - survival[t]!;
      const all = alpha + beta + t - 1;
      // Lost at t: S(t-1) alpha / (alpha+beta+t-1).
      value += lost * (log + Math.log(alpha) - Math.log(all));
      dAlpha += lost * (slopeA + 1 / alpha - 1 / all);
      dBeta += lost * (slopeB - 1 / all);
      log += Math.log(beta + t - 1) - Math.log(all);
      slopeA -= 1 / all;
      slopeB += 1 / (beta + t - 1) - 1 / all;
    }
    const left = survival.at(-1)!;
    return {
      value: value + left * log,
      gradient: [(dAlpha + left * slopeA) * alpha, (dBeta + left * slopeB) * beta],
    };
  };

/**
 * Discounted renewals still to come of somebody who has renewed so often (DERL, Fader & Hardie 2010), up to a number of them.
 */
export function sbgRenewals({ alpha, beta }: Sbg, renewed: number, upTo: number, discount: number): number {
  let [share, sum] = [1, 0];
  for (let k = 1; k <= upTo; k++) {
    const t = renewed + k;
    share *= (beta + t - 1) / (alpha + beta + t - 1);
    sum += share / (1 + discount) ** k;
  }
  return sum;
}
