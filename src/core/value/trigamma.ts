/** How far up the asymptotic series is used: exact to about 1e-12 there. */
const SHIFT = 8;

/**
 * ψ′(x), the second derivative of ln Γ(x), for x > 0: the variance of the logarithm of a gamma variable of shape x. Relative
 * error below 1e-11. Source: Abramowitz & Stegun 6.4.6 and 6.4.12.
 * @example trigamma(1) // π² ∕ 6 = 1.6449340668
 */
export function trigamma(x: number): number {
  let sum = 0;
  let at = x;
  for (; at < SHIFT; at++) sum += 1 / (at * at);
  const w = 1 / (at * at);
  const series = 1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - w * (5 / 66 - (w * 691) / 2730))));
  return sum + (1 + (0.5 + series / at) / at) / at;
}
