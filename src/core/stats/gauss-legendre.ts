export type Quadrature = { readonly nodes: Float64Array; readonly weights: Float64Array };

/**
 * Nodes and weights on [-1, 1] that integrate polynomials up to degree 2n - 1 exactly. Newton's method on the Legendre
 * polynomial from Chebyshev's points (Abramowitz & Stegun 25.4.29).
 * @example gaussLegendre(2).nodes[1] // 0.5773502691896257
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < (n + 1) / 2; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= n; k++)
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      const by = value / slope;
      x -= by;
      if (Math.abs(by) < 1e-15) break;
    }
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
