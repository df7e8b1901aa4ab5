import type { Columns } from "./columns.ts";
import { addCell, type Likelihood } from "./likelihood.ts";
import { risingLogs } from "./rising.ts";

/**
 * BG/NBD and MBG/NBD: orders come by chance at a rate of the customer's own (gamma: shape r, rate alpha), and after each
 * the customer may leave with a probability of their own (beta: a, b). In BG/NBD nobody leaves after the first order, so
 * whoever bought once is alive for certain; in MBG/NBD that is a chance like the others.
 * Parameters in their order: ln r, ln alpha, ln a, ln b.
 * Source: Fader, Hardie & Lee 2005, "Counting Your Customers the Easy Way", equation 6; Batislam, Denizel & Filiztekin
 * 2007 for the modified one.
 */
export function betaLikelihood(columns: Columns, model: "bg_nbd" | "mbg_nbd"): Likelihood {
  const { n, x, tx, age, which, counts, customers } = columns;
  const extra = model === "mbg_nbd" ? 1 : 0;
  return {
    cells: n.length,
    weight: customers,
    parameters: 4,
    at(logs) {
      const [r, alpha, a, b] = Array.from(logs, Math.exp) as [number, number, number, number];
      const shared = sharedBy(counts, extra, r, logs[1]!, a, b);
      const gradient = new Float64Array(4);
      return (from, to, sums) => {
        for (let i = from; i < to; i++) {
          const { logBase, byR, byA, byB, odds, stayed } = shared[which[i]!]!;
          const shape = r + x[i]!;
          const chances = x[i]! + extra;
          const [wait, last] = [alpha + age[i]!, alpha + tx[i]!];
          const [logWait, logLast] = [Math.log(wait), Math.log(last)];
          // Left after the last order, against stayed: odds · (wait / last)^shape; 1 / (1 + that) is P(alive).
          const lift = Math.exp(shape * (logWait - logLast));
          const alive = chances === 0 ? 1 : 1 / (1 + odds * lift);
          const left = 1 - alive;
          const logSum =
            lift === Infinity
              ? Math.log(odds) - shape * logLast
              : (chances === 0 ? 0 : Math.log1p(odds * lift)) - shape * logWait;
          gradient[0] = r * (byR - alive * logWait - left * logLast);
          gradient[1] = r - alpha * shape * (alive / wait + left / last);
          gradient[2] = a * byA + left;
          gradient[3] = b * (byB - left / stayed);
          addCell(sums, n[i]!, logBase + logSum, gradient);
        }
      };
    },
  };
}

/** What depends on the number of orders alone, for each such number. */
function sharedBy(
  counts: readonly number[],
  extra: number,
  r: number,
  logAlpha: number,
  a: number,
  b: number,
) {
  const chances = counts.map((count) => count + extra);
  const rising = risingLogs(r, counts);
  // Together ln B(a, b + chances) - ln B(a, b): that nobody left at any of the chances.
  const stays = risingLogs(b, chances);
  const both = risingLogs(a + b, chances);
  return chances.map((chance, i) => ({
    logBase: rising[i]!.log + r * logAlpha + stays[i]!.log - both[i]!.log,
    byR: rising[i]!.slope + logAlpha,
    byA: -both[i]!.slope,
    byB: stays[i]!.slope - both[i]!.slope,
    odds: chance === 0 ? 0 : a / (b + chance - 1),
    stayed: chance === 0 ? 1 : b + chance - 1,
  }));
}
