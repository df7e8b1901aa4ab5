import type { Quadrature } from "./gauss-legendre.ts";

/**
 * Nodes and weights for the mean of a function of a standard normal Z: E f(Z) is the sum of weight times f(node), exact for
 * polynomials up to degree 2n - 1. For n from 1 to 300; the weights sum to 1.
 *
 * The nodes are the eigenvalues of a matrix that is zero but for √1, √2, … beside its diagonal: halving finds each, so that
 * none is missed or found twice, and Newton's method makes it exact (Golub and Welsch 1969).
 * @example gaussHermite(2).nodes[1] // 1
 */
export function gaussHermite(n: number): Quadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  const reach = 2 * Math.sqrt(n) + 1;
  for (let i = Math.floor(n / 2); i < n; i++) {
    let low = -1e-9;
    let high = reach;
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      if (nodesBelow(middle, n) > i) high = middle;
      else low = middle;
    }
    let x = (low + high) / 2;
    for (let step = 0; step < 4; step++) {
      const { value, before } = hermite(x, n);
      x -= value / (Math.sqrt(n) * before);
    }
    const isMiddle = 2 * i + 1 === n;
    nodes[n - 1 - i] = -x;
    nodes[i] = isMiddle ? 0 : x;
    weights[i] = weights[n - 1 - i] = 1 / hermite(nodes[i]!, n).squares;
  }
  return { nodes, weights };
}

/** How many nodes are below x: the signs of the pivots of the matrix less x (Sturm). */
function nodesBelow(x: number, n: number): number {
  let pivot = -x;
  let count = pivot < 0 ? 1 : 0;
  for (let k = 1; k < n; k++) {
    pivot = -x - k / (pivot === 0 ? 1e-300 : pivot);
    if (pivot < 0) count++;
  }
  return count;
}

/** The orthonormal Hermite polynomials of degree n and n - 1 at x, and the sum of squares of those below n. */
function hermite(x: number, n: number): { value: number; before: number; squares: number } {
  let before = 0;
  let value = 1;
  let squares = 0;
  for (let k = 0; k < n; k++) {
    squares += value * value;
    const next = (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
    before = value;
    value = next;
  }
  return { value, before, squares };
}
