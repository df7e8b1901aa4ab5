import type { Columns } from "./columns.ts";
import {
  emptyLeaving,
  END_LOG_ALPHA,
  END_LOG_BETA,
  leavingIntegral,
  LOG,
  MEAN_LOG_ALPHA,
  MEAN_LOG_BETA,
  MEAN_PER_ALPHA,
  MEAN_PER_BETA,
} from "./leaving-integral.ts";
import { addCell, type Likelihood } from "./likelihood.ts";
import { risingLogs } from "./rising.ts";

/**
 * Pareto/NBD: orders come by chance at a rate of the customer's own (gamma: shape r, rate alpha), until the customer leaves
 * for good, at any moment, at another rate of their own (gamma: shape s, rate beta).
 * Parameters in their order: ln r, ln alpha, ln s, ln beta.
 * Source: Schmittlein, Morrison & Colombo 1987, "Counting Your Customers"; Fader & Hardie 2005, "A Note on Deriving the
 * Pareto/NBD Model".
 */
export function paretoLikelihood(columns: Columns): Likelihood {
  const { n, x, tx, age, which, counts, customers } = columns;
  return {
    cells: n.length,
    weight: customers,
    parameters: 4,
    at(logs) {
      const [r, alpha, s, beta] = Array.from(logs, Math.exp) as [number, number, number, number];
      const [, logAlpha, logS, logBeta] = [...logs] as [number, number, number, number];
      const shared = risingLogs(r, counts).map(({ log, slope }) => ({
        logBase: log + r * logAlpha + s * logBeta,
        byR: slope + logAlpha,
      }));
      const gradient = new Float64Array(4);
      const leaving = emptyLeaving();
      return (from, to, sums) => {
        for (let i = from; i < to; i++) {
          const { logBase, byR } = shared[which[i]!]!;
          const shape = r + x[i]!;
          leavingIntegral(shape, s + 1, alpha, beta, tx[i]!, age[i]!, leaving);
          const logWaitAlpha = leaving[END_LOG_ALPHA]!;
          const logWaitBeta = leaving[END_LOG_BETA]!;
          const logStayed = -shape * logWaitAlpha - s * logWaitBeta;
          const logLeft = logS + leaving[LOG]!;
          // Left against stayed. Infinity where P(alive) is below a double: then the sum is the larger part.
          const odds = Math.exp(logLeft - logStayed);
          const alive = 1 / (1 + odds);
          const left = 1 - alive;
          const logSum = odds === Infinity ? logLeft : logStayed + Math.log1p(odds);
          gradient[0] = r * (byR - alive * logWaitAlpha - left * leaving[MEAN_LOG_ALPHA]!);
          gradient[1] = r - alpha * shape * (alive / (alpha + age[i]!) + left * leaving[MEAN_PER_ALPHA]!);
          gradient[2] = s * (logBeta - alive * logWaitBeta - left * leaving[MEAN_LOG_BETA]!) + left;
          gradient[3] =
            s - beta * ((alive * s) / (beta + age[i]!) + left * (s + 1) * leaving[MEAN_PER_BETA]!);
          addCell(sums, n[i]!, logBase + logSum, gradient);
        }
      };
    },
  };
}
