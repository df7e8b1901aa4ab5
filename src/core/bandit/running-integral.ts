import { gaussLegendre } from "../stats/gauss-legendre.ts";

/** Gauss-Legendre on [-1, 1] that also integrates from -1 up to each of its own nodes. */
export type RunningIntegral = {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  /** Row k times the values at the nodes is the integral from -1 to node k; rows one after another. */
  readonly upTo: Float64Array;
};

/**
 * The polynomial through the values at n nodes, integrated exactly to every node: a density is evaluated once and gives its
 * distribution function beside it. The matrix is the expansion of that polynomial in Legendre's, integrated term by term.
 * @example runningIntegral(2).upTo.slice(2).reduce((a, b) => a + b) // 1.5773502691896262, the length from -1 to node 1
 */
export function runningIntegral(n: number): RunningIntegral {
  const { nodes, weights } = gaussLegendre(n);
  const values = Array.from(nodes, (x) => legendre(x, n));
  const upTo = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const at = values[k]!;
    for (let m = 0; m < n; m++) {
      let sum = nodes[k]! + 1;
      for (let l = 1; l < n; l++) sum += values[m]![l]! * (at[l + 1]! - at[l - 1]!);
      upTo[k * n + m] = (weights[m]! / 2) * sum;
    }
  }
  return { nodes, weights, upTo };
}

/** Legendre polynomials of degree 0 to n at x. */
function legendre(x: number, n: number): Float64Array {
  const p = new Float64Array(n + 1);
  p[0] = 1;
  p[1] = x;
  for (let l = 1; l < n; l++) p[l + 1] = ((2 * l + 1) * x * p[l]! - l * p[l - 1]!) / (l + 1);
  return p;
}
