import { expect, test } from "vitest";
import { betaLikelihood } from "../../../../src/core/value/model/beta-likelihood.ts";
import { columnsOf } from "../../../../src/core/value/model/columns.ts";
import { run } from "../../../../src/core/value/model/fit.ts";
import { evaluate, type Likelihood } from "../../../../src/core/value/model/likelihood.ts";
import { paretoLikelihood } from "../../../../src/core/value/model/pareto-likelihood.ts";
import { risingLogs } from "../../../../src/core/value/model/rising.ts";
import { digamma } from "../../../../src/core/stats/digamma.ts";
import { logGamma } from "../../../../src/core/stats/log-gamma.ts";

const CELLS = [
  { x: 0, tx: 0, T: 38.9, n: 12 },
  { x: 1, tx: 1.7, T: 38.9, n: 3 },
  { x: 1, tx: 27, T: 27, n: 1 },
  { x: 2, tx: 30.4, T: 38.9, n: 2 },
  { x: 26, tx: 30.9, T: 31, n: 1 },
  { x: 400, tx: 20, T: 39, n: 1 },
];
const columns = run(columnsOf(CELLS));
if (typeof columns === "string") throw new Error(columns);

const LIKELIHOODS: readonly [string, Likelihood][] = [
  ["bg_nbd", betaLikelihood(columns, "bg_nbd")],
  ["mbg_nbd", betaLikelihood(columns, "mbg_nbd")],
  ["pareto_nbd", paretoLikelihood(columns)],
];
/** Among them alpha above, below and equal to beta, and far from it. */
const POINTS = [
  [0, 0, 0, 0],
  [-0.6, -1.1, -0.5, -1],
  [0.4, 1.5, -0.3, -2.5],
  [-1, -3, 0.5, 3],
];

test.each(LIKELIHOODS)("the slope of %s is that of its differences", (_, likelihood) => {
  for (const point of POINTS) {
    const { gradient } = run(evaluate(likelihood, Float64Array.from(point)));
    gradient.forEach((slope, i) => {
      const [up, down] = [1e-5, -1e-5].map((by) => {
        const beside = Float64Array.from(point, (log, k) => (k === i ? log + by : log));
        return run(evaluate(likelihood, beside)).value;
      });
      expect(Math.abs((up! - down!) / 2e-5 - slope), `${point} ${i}`).toBeLessThan(
        1e-6 * (1 + Math.abs(slope)),
      );
    });
  }
});

test("rising factorials are differences of log-gammas, over small and large steps", () => {
  const counts = [0, 1, 2, 7, 8, 30, 31, 500, 10_000];
  for (const c of [0.05, 0.5, 3, 900]) {
    risingLogs(c, counts).forEach(({ log, slope }, i) => {
      const x = counts[i]!;
      expect(Math.abs(log - (logGamma(c + x) - logGamma(c)))).toBeLessThan(1e-10 * (1 + Math.abs(log)));
      expect(Math.abs(slope - (digamma(c + x) - digamma(c)))).toBeLessThan(1e-11 * (1 + slope));
    });
  }
});
