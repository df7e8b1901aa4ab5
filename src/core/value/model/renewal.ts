import { digamma } from "../../stats/digamma.ts";
import { hypergeometric } from "../../stats/hypergeometric.ts";
import { logBeta } from "../../stats/log-gamma.ts";
import { fitLogs, type Fitting } from "./fit.ts";
import { addCell, type Likelihood } from "./likelihood.ts";

/**
 * Shifted-beta-geometric: each customer of a contract renews each period with a probability of their own, one minus a beta
 * distributed chance to leave.
 */
export type RenewalParams = { readonly alpha: number; readonly beta: number };

/**
 * Fits sBG to a survival curve: how many of a cohort, or which share, were customers at the start and after each period.
 * Source: Fader & Hardie 2007, "How to Project Customer Retention", equation B3.
 * @example run(fitRenewals([1000, 869, 743, 653, 593, 551, 517, 491])) // alpha 0.668088, beta 3.806095
 */
export function* fitRenewals(
  survivors: readonly number[],
  start: RenewalParams = { alpha: 1, beta: 1 },
): Fitting<RenewalParams> {
  const cohort = survivors[0];
  if (cohort === undefined || cohort === 0) return { fitted: false, reason: "no_customers" };
  if (survivors.length < 2) return { fitted: false, reason: "no_time_passed" };
  const falls = survivors.every((now, i) => now >= 0 && now <= (survivors[i - 1] ?? now));
  if (!falls || cohort === Infinity) return { fitted: false, reason: "impossible_rows" };
  const found = yield* fitLogs(
    renewalLikelihood(survivors),
    Float64Array.of(Math.log(start.alpha), Math.log(start.beta)),
  );
  if (!found) return { fitted: false, reason: "no_optimum" };
  const [alpha, beta] = [...found.params] as [number, number];
  return { fitted: true, fit: { ...found, params: { alpha, beta }, customers: cohort } };
}

/** Share of a cohort that are still customers after a number of periods. @example survival({ alpha: 1, beta: 1 }, 1) // 0.5 */
export function survival({ alpha, beta }: RenewalParams, periods: number): number {
  return Math.exp(logBeta(alpha, beta + periods) - logBeta(alpha, beta));
}

/**
 * Renewals still to come of a customer who is about to decide on the `renewed + 1`st, each discounted at `rate` per period
 * from then on; `undefined` for a rate too near to 0 to sum up. The first counts in full: multiply by the margin of a period.
 * Source: Fader & Hardie 2010, "Customer-Base Valuation in a Contractual Setting", equation 8.
 */
export function discountedRenewals(
  { alpha, beta }: RenewalParams,
  renewed: number,
  rate: number,
): number | undefined {
  const stayed = beta + renewed;
  const sum = hypergeometric(1, stayed + 1, alpha + stayed + 1, 1 / (1 + rate));
  return sum === undefined ? undefined : (stayed / (alpha + stayed)) * sum;
}

/** One cell for each period in which customers left, and a last one for those who are still there. */
function renewalLikelihood(survivors: readonly number[]): Likelihood {
  const last = survivors.length - 1;
  return {
    cells: survivors.length,
    weight: survivors[0]!,
    parameters: 2,
    at(logs) {
      const [alpha, beta] = Array.from(logs, Math.exp) as [number, number];
      const gradient = new Float64Array(2);
      const base = logBeta(alpha, beta);
      const both = digamma(alpha + beta);
      return (from, to, sums) => {
        for (let i = from; i < to; i++) {
          const left = i < last ? 1 : 0;
          const n = left === 1 ? survivors[i]! - survivors[i + 1]! : survivors[last]!;
          const [gone, stayed] = [alpha + left, beta + i];
          const sum = digamma(gone + stayed);
          gradient[0] = alpha * (digamma(gone) - sum - digamma(alpha) + both);
          gradient[1] = beta * (digamma(stayed) - sum - digamma(beta) + both);
          addCell(sums, n, logBeta(gone, stayed) - base, gradient);
        }
      };
    },
  };
}
