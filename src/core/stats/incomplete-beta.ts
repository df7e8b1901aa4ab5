import { logBeta } from "./log-gamma.ts";

/** Far beyond what is needed (about √max(a, b)): the loop ends for any input. */
const STEPS_MAX = 20_000;

/**
 * The regularised incomplete beta function I_x(a, b), for x in [0, 1] and positive a, b. Where 1 - x is known more
 * precisely than subtraction gives it, pass it as `complement`.
 * Source: DiDonato & Morris 1992, "Algorithm 708", equation 9 (a continued fraction, here by Lentz's algorithm).
 * @example incompleteBeta(0.2, 1, 9) // 0.865782272
 */
export function incompleteBeta(x: number, a: number, b: number, complement: number = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  // How far x lies below the mean a / (a + b); from the smaller of x and 1 - x, because the difference may cancel.
  const below = x < 0.5 ? a - (a + b) * x : (a + b) * complement - b;
  // The fraction converges quickly below the mean; beyond it the mirrored one does.
  if (below < 0) return 1 - incompleteBeta(complement, b, a, x);
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-complement);
  const logY = complement < 0.5 ? Math.log(complement) : Math.log1p(-x);
  return Math.exp(a * logX + b * logY - logBeta(a, b)) / continuedFraction(x, complement, a, b, below);
}

/**
 * 1 - I_x(a, b), computed in that tail: it keeps its precision where it is small.
 * @example incompleteBetaUpper(0.2, 1, 9) // 0.134217728
 */
export function incompleteBetaUpper(x: number, a: number, b: number, complement: number = 1 - x): number {
  return incompleteBeta(complement, b, a, x);
}

/** β₁ + α₂ / (β₂ + α₃ / (β₃ + …)), in the notation of the paper. */
function continuedFraction(x: number, y: number, a: number, b: number, below: number): number {
  let fraction = (a / (a + 1)) * (below + 1);
  let c = fraction;
  let d = 0;
  for (let n = 1; n <= STEPS_MAX; n++) {
    const odd = a + 2 * n - 1;
    const alpha = ((a + n - 1) / odd) * ((a + b + n - 1) / odd) * n * (b - n) * x * x;
    const beta = n + (n * (b - n) * x) / odd + ((a + n) / (odd + 2)) * (below + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}
