/** The one positive zero of ψ, in two parts, because one double is too coarse to tell how near to it x is. */
const ZERO = 1.4616321449683622;
const ZERO_REST = 9.549995429965697e-17;

/** How far up the asymptotic series is used: exact to rounding there with its eight terms. */
const SHIFT = 10;

/** Coefficients B(2k) / (2k). */
const SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12, -3617 / 8160];

/**
 * ψ(x), the derivative of ln Γ(x), for x > 0. Relative error below 1e-13, near its zero at 1.46 as well: it is summed as a
 * difference from that zero, of parts that all have one sign.
 * Source: Abramowitz & Stegun 6.3.16 and 6.3.18.
 * @example digamma(1) // -0.5772156649015329
 */
export function digamma(x: number): number {
  const d = x - ZERO - ZERO_REST;
  let sum = 0;
  for (let k = 0; k < SHIFT; k++) sum += d / ((k + x) * (k + ZERO));
  const z = ZERO + SHIFT;
  const stretch = Math.log1p(d / z);
  sum += stretch - Math.expm1(-stretch) / (2 * z);
  let power = 1;
  SERIES.forEach((coefficient, k) => {
    power /= z * z;
    sum -= coefficient * power * Math.expm1(-2 * (k + 1) * stretch);
  });
  return sum;
}
