import { logGamma, stirlingRest } from "./log-gamma.ts";

/** About 5 √a are needed: the loops end for any input. */
const STEPS_MAX = 200_000;

/** From here on Γ(a) is taken by Stirling's formula, whose large parts cancel on paper and not in doubles. */
const LARGE_A = 10;

/**
 * P(a, x), the lower regularised incomplete gamma function: the share of a gamma distribution of shape `a` (> 0) below x.
 * Source: DLMF 8.11.4 (series) and 8.9.2 (continued fraction, by Lentz's algorithm).
 * @example incompleteGamma(1, 1) // 0.6321205588285577
 */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  return x < a + 1 ? kernel(a, x) * lowerSeries(a, x) : 1 - incompleteGammaUpper(a, x);
}

/**
 * Q(a, x) = 1 - P(a, x), the share above x, computed in that tail: it keeps its precision where it is small.
 * @example incompleteGammaUpper(1, 50) // 1.9287498479639178e-22
 */
export function incompleteGammaUpper(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  if (a < 1 && x < 1) return upperOfSmall(a, x);
  if (x < a + 1 && a >= 1) return 1 - kernel(a, x) * lowerSeries(a, x);
  return kernel(a, x) * upperFraction(a, x);
}

/** x^a e^-x / Γ(a). */
function kernel(a: number, x: number): number {
  if (a < LARGE_A) return Math.exp(a * Math.log(x) - x - logGamma(a));
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(a * logLess((x - a) / a) - stirlingRest(a));
}

/** ln(1 + u) - u, by its series where the difference would cancel. */
function logLess(u: number): number {
  if (Math.abs(u) > 0.1) return Math.log1p(u) - u;
  let power = u;
  let sum = 0;
  for (let k = 2; k < 20; k++) {
    power *= -u;
    sum += power / k;
  }
  return sum;
}

/** Where both are small Q is small like a, and 1 - P would lose it: both parts here are multiples of a. */
function upperOfSmall(a: number, x: number): number {
  const logPower = a * Math.log(x) - logGamma(1 + a);
  let term = 1;
  let sum = 0;
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    term *= -x / k;
    sum += term / (a + k);
  }
  return -Math.expm1(logPower) - Math.exp(logPower) * a * sum;
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
