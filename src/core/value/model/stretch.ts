/**
 * (1 - e^(-c y)) / c: how far one gets in time y at a speed of e^(-c t). y itself at c = 0, the removable pole of the
 * Pareto/NBD model's expectation at s = 1.
 * @example stretch(0, 3) // 3
 */
export function stretch(c: number, y: number): number {
  // So near to the pole the linear term is the whole of it, and its quotient would lose digits only at 0 itself.
  return Math.abs(c * y) < 1e-12 ? y : -Math.expm1(-c * y) / c;
}
