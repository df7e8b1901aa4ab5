import { cholesky, solve } from "../../bandit/cholesky.ts";

/**
 * The inverse of a symmetric matrix with only positive eigenvalues, row by row; `undefined` for any other.
 * @example inverse([4, 2, 2, 5], 2) // Float64Array [0.3125, -0.125, -0.125, 0.25]
 */
export function inverse(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
  const lower = cholesky(matrix, size);
  if (!lower) return undefined;
  const whole = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const unit = new Float64Array(size);
    unit[i] = 1;
    whole.set(solve(lower, unit), i * size);
  }
  return whole;
}
