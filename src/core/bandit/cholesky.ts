/**
 * The lower triangle L with L Lᵀ = matrix, rows one after another, for a symmetric matrix with only positive eigenvalues.
 * `undefined` for any other.
 * @example cholesky([4, 2, 2, 5], 2) // Float64Array [2, 0, 1, 2]
 */
export function cholesky(matrix: ArrayLike<number>, size: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j && !(rest > 0 && rest < Infinity)) return undefined;
      lower[i * size + j] = i === j ? Math.sqrt(rest) : rest / lower[j * size + j]!;
    }
  return lower;
}

/** The x with L x = right. */
export function forward(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const size = right.length;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let rest = right[i]!;
    for (let k = 0; k < i; k++) rest -= lower[i * size + k]! * x[k]!;
    x[i] = rest / lower[i * size + i]!;
  }
  return x;
}

/** The x with L Lᵀ x = right. @example solve(cholesky([4, 2, 2, 5], 2)!, [8, 9]) // Float64Array [1.375, 1.25] */
export function solve(lower: Float64Array, right: ArrayLike<number>): Float64Array {
  const x = forward(lower, right);
  const size = x.length;
  for (let i = size - 1; i >= 0; i--) {
    let rest = x[i]!;
    for (let k = i + 1; k < size; k++) rest -= lower[k * size + i]! * x[k]!;
    x[i] = rest / lower[i * size + i]!;
  }
  return x;
}
