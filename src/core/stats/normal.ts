const SQRT_2PI = 2.5066282746310002;

/** Where the power series hands over to the continued fraction: both are exact to rounding there. */
const SERIES_BELOW = 3;

/** From here on the fraction gives the mean excess more exactly than a difference does. */
const EXCESS_FRACTION_FROM = 2;

/** Density of the standard normal distribution. @example normalPdf(0) // 0.3989422804014327 */
export function normalPdf(x: number): number {
  return Math.exp((-x * x) / 2) / SQRT_2PI;
}

/**
 * P(Z <= x) for a standard normal Z. Relative error below 1e-12 in both tails, down to about 1e-300.
 * Source: Abramowitz & Stegun 26.2.11 (series) and 26.2.14 (continued fraction).
 * @example normalCdf(-1) // 0.15865525393145705
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size >= SERIES_BELOW) return x < 0 ? farTail(size) : 1 - farTail(size);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalPdf(x) * sum;
}

/** P(Z > x) for x of at least 3: density over x + 1/(x + 2/(x + 3/(x + …))). */
function farTail(x: number): number {
  return normalPdf(x) / (x + 1 / innerFraction(x));
}

/** x + 2/(x + 3/(x + …)), from the inside out. */
function innerFraction(x: number): number {
  let fraction = x;
  for (let k = 100; k >= 2; k--) fraction = x + k / fraction;
  return fraction;
}

/**
 * ln P(Z <= x), where P itself would be 0 (below -38) or 1 (above 8) as well. Relative error below 1e-12.
 * @example logNormalCdf(-100) // -5005.524208694205
 */
export function logNormalCdf(x: number): number {
  if (x > 0) return Math.log1p(-normalCdf(-x));
  if (x > -SERIES_BELOW) return Math.log(normalCdf(x));
  return (-x * x) / 2 - Math.log(SQRT_2PI * (-x + 1 / innerFraction(-x)));
}

/**
 * E max(Z - x, 0): how much a standard normal Z exceeds x on average, 0 counting where it does not. Far up it is the
 * difference of two nearly equal numbers; there the same fraction as the tail's gives it without cancellation.
 * @example normalExcess(0) // 0.3989422804014327
 */
export function normalExcess(x: number): number {
  if (x < EXCESS_FRACTION_FROM) return normalPdf(x) - x * normalCdf(-x);
  return normalPdf(x) / (x * innerFraction(x) + 1);
}

/**
 * The x with normalCdf(x) = p, for p in (0, 1); -Infinity at 0, Infinity at 1, NaN outside.
 * Source: Abramowitz & Stegun 26.2.23 for a start (error below 4.5e-4), then Halley steps on the distribution.
 * @example normalQuantile(0.025) // -1.9599639845400543
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  // The lower half keeps its relative precision; the upper half mirrors it.
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let x =
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 3; i++) {
    const error = (normalCdf(x) - p) / normalPdf(x);
    x -= error / (1 + (x * error) / 2);
  }
  return x;
}
