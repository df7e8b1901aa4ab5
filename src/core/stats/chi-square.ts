import { logGamma } from "./log-gamma.ts";

const STEPS_MAX = 20_000;

/**
 * P(X > x) for a chi-square X with `df` degrees of freedom (df > 0); 1 for x of 0 or less.
 * Source: the regularised incomplete gamma function, DLMF 8.11.4 (series) and 8.9.2 (continued fraction, Lentz).
 * @example chiSquareSf(3.841458820694124, 1) // 0.05
 */
export function chiSquareSf(x: number, df: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const a = df / 2;
  const half = x / 2;
  const scale = Math.exp(a * Math.log(half) - half - logGamma(a));
  return half < a + 1 ? 1 - scale * lowerSeries(a, half) : scale * upperFraction(a, half);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < STEPS_MAX && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < STEPS_MAX; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}
