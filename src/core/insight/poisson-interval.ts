import { incompleteGamma } from "../stats/incomplete-gamma.ts";

/**
 * The range of means for which a count is no surprise: exact, equal tails (Garwood 1936).
 * @example poissonInterval(10) // { low: 4.795, high: 18.390 }
 */
export function poissonInterval(count: number, level = 0.95): { low: number; high: number } {
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : gammaQuantile(tail, count),
    high: gammaQuantile(1 - tail, count + 1),
  };
}

/** The x below which a gamma distribution of this shape has a share of p, by halving. */
function gammaQuantile(p: number, shape: number): number {
  let low = 0;
  let high = shape + 10 * Math.sqrt(shape) + 20;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (incompleteGamma(shape, middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
