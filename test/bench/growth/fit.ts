/** How something grows: `cost ≈ c · size^exponent`. The error is the standard error of the exponent. */
export type Fit = { readonly exponent: number; readonly error: number };

/**
 * Fits a power by least squares of the logarithms. With two sizes there is no error to tell: `NaN`.
 * @example fitPower([[1, 2], [10, 20], [100, 200]]) // { exponent: 1, error: 0 }
 */
export function fitPower(points: readonly (readonly [size: number, cost: number])[]): Fit {
  const xs = points.map(([size]) => Math.log(size));
  const ys = points.map(([, cost]) => Math.log(cost));
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const exponent = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i]! - meanY), 0) / spread;
  const left = xs.reduce((sum, x, i) => sum + (ys[i]! - meanY - exponent * (x - meanX)) ** 2, 0);
  return { exponent, error: Math.sqrt(left / (points.length - 2) / spread) };
}
