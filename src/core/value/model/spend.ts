import type { ValueModel } from "../value-model.ts";
import type { NoFitReason } from "./columns.ts";
import { fitLogs, type Fitting } from "./fit.ts";
import { addCell, type Likelihood } from "./likelihood.ts";
import { digamma } from "../../stats/digamma.ts";
import { logGamma } from "../../stats/log-gamma.ts";

/**
 * Gamma-Gamma: what a repeat order is worth varies about a customer's own mean (gamma of shape p), and the means vary
 * between customers (by q and v). Assumes that how much and how often are independent.
 */
export type SpendParams = NonNullable<ValueModel["spend"]>;

/** `n` customers with `x` repeat orders of `mean` value on average, in any one unit of money. */
export type SpendCell = { readonly x: number; readonly mean: number; readonly n: number };

/**
 * Fits Gamma-Gamma to those cells that have repeat orders with a positive mean; the others say nothing to it and are left
 * out. `no_optimum` where all means are equal. Starts at shapes of 1 and the mean value, unless told a `start`.
 * Source: Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value", equation 1a.
 */
export function* fitSpend(cells: readonly SpendCell[], start?: SpendParams): Fitting<SpendParams> {
  const told = cells.filter(({ x, mean, n }) => x >= 1 && mean > 0 && n > 0);
  const none = (reason: NoFitReason) => ({ fitted: false, reason }) as const;
  if (told.some(({ x, mean, n }) => !Number.isSafeInteger(x) || mean === Infinity || n === Infinity))
    return none("impossible_rows");
  const customers = told.reduce((sum, { n }) => sum + n, 0);
  if (customers === 0) return none("no_repeat_orders");
  if (customers <= 1) return none("one_customer");
  const unit = told.reduce((sum, { mean, n }) => sum + (n / customers) * mean, 0);
  if (told.every(({ mean }) => Math.abs(mean - unit) <= 1e-9 * unit)) return none("no_optimum");
  const scaled = told.map(({ x, mean, n }) => ({ x, n, mean: mean / unit }));
  const found = yield* fitLogs(
    spendLikelihood(scaled, customers),
    start ? Float64Array.of(start.p, start.q, start.v / unit).map(Math.log) : new Float64Array(3),
  );
  if (!found) return none("no_optimum");
  const [p, q, v] = [...found.params] as [number, number, number];
  const logLikelihood = found.logLikelihood - customers * Math.log(unit);
  return { fitted: true, fit: { ...found, params: { p, q, v: v * unit }, logLikelihood, customers } };
}

/**
 * What a customer's next order is expected to be worth: between their own mean and that of all, the nearer to their own the
 * more orders it is of. `undefined` where the model has no mean (q of 1 or less, and no order seen).
 * @example expectedValue({ p: 6.25, q: 3.74, v: 15.44 }, 2, 22.35) // 24.663713910761153
 */
export function expectedValue({ p, q, v }: SpendParams, x: number, mean: number): number | undefined {
  const weight = p * x + q - 1;
  return weight > 0 ? (p * (v + x * mean)) / weight : undefined;
}

function spendLikelihood(cells: readonly SpendCell[], customers: number): Likelihood {
  const counts = [...new Set(cells.map(({ x }) => x))];
  return {
    cells: cells.length,
    weight: customers,
    parameters: 3,
    at(logs) {
      const [p, q, v] = Array.from(logs, Math.exp) as [number, number, number];
      const [logV, digammaQ, logGammaQ] = [logs[2]!, digamma(q), logGamma(q)];
      const shared = new Map(
        counts.map((x) => {
          const [all, own] = [p * x + q, p * x];
          const slope = digamma(all);
          return [
            x,
            {
              log: logGamma(all) - logGamma(own) - logGammaQ,
              byP: slope - digamma(own),
              byQ: slope - digammaQ,
            },
          ];
        }),
      );
      const gradient = new Float64Array(3);
      return (from, to, sums) => {
        for (let i = from; i < to; i++) {
          const { x, mean, n } = cells[i]!;
          const { log, byP, byQ } = shared.get(x)!;
          const all = p * x + q;
          const total = x * mean;
          const logSum = Math.log(v + total);
          const logTotal = Math.log(total);
          gradient[0] = p * x * (byP + logTotal - logSum);
          gradient[1] = q * (byQ + logV - logSum);
          gradient[2] = q - (v * all) / (v + total);
          addCell(sums, n, log + q * logV + p * x * logTotal - Math.log(mean) - all * logSum, gradient);
        }
      };
    },
  };
}
