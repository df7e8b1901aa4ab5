import { incompleteBeta } from "./incomplete-beta.ts";
import { logBeta } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";

/**
 * P(|T| >= |t|) for Student's t with `df` degrees of freedom (df > 0, not necessarily whole). Computed in the tail, so
 * that it is never 0 by subtraction.
 * @example studentTTwoSided(1.96, 57.3) // 0.05486526982281253
 */
export function studentTTwoSided(t: number, df: number): number {
  const ratio = (t * t) / df;
  if (ratio === Infinity) return 0;
  return incompleteBeta(1 / (1 + ratio), df / 2, 0.5, ratio / (1 + ratio));
}

/** P(T <= t) for Student's t with `df` degrees of freedom. @example studentTCdf(-8, 1) // 0.03958342416056554 */
export function studentTCdf(t: number, df: number): number {
  const tail = studentTTwoSided(t, df) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** P(T > t), computed in that tail. @example studentTSf(8, 1) // 0.03958342416056554 */
export function studentTSf(t: number, df: number): number {
  return studentTCdf(-t, df);
}

/** Density of Student's t with `df` degrees of freedom. */
function studentTPdf(t: number, df: number): number {
  const logKernel = (-(df + 1) / 2) * Math.log1p((t * t) / df);
  return Math.exp(logKernel - logBeta(df / 2, 0.5)) / Math.sqrt(df);
}

/**
 * The t with studentTCdf(t, df) = p, for p in (0, 1); -Infinity at 0, Infinity at 1, NaN outside.
 *
 * Newton's method on ln(tail) as a function of ln(t). That function is concave (Student's t has an increasing
 * generalised failure rate), so the steps cannot escape from any start, and a normal quantile is a near one.
 * @example studentTQuantile(0.975, 10) // 2.228138851986273
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.5) return -studentTQuantile(1 - p, df);
  if (p === 0.5) return 0;
  let size = -normalQuantile(p);
  for (let i = 0; i < 100; i++) {
    const tail = studentTTwoSided(size, df) / 2;
    const step = (Math.log(tail / p) * tail) / (size * studentTPdf(size, df));
    size *= Math.exp(step);
    if (Math.abs(step) < 1e-14) break;
  }
  return -size;
}
