import type { Rng } from "../../../src/core/primitives/rng.ts";
import { proportionMoments, type Moments } from "../../../src/core/stats/moments.ts";

/** Successes among n, each with chance p: exact, by the gaps between successes. */
export function binomial(rng: Rng, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(rng, n, 1 - p);
  const scale = Math.log1p(-p);
  let at = 0;
  for (let found = 0; ; found++) {
    at += Math.floor(Math.log(1 - rng()) / scale) + 1;
    if (at > n) return found;
  }
}

/** How many of so many visitors go to each arm by its share. */
export function offer(rng: Rng, visitors: number, weights: readonly number[]): number[] {
  let left = visitors;
  let mass = 1;
  return weights.map((weight, i) => {
    const n = i === weights.length - 1 ? left : binomial(rng, left, Math.min(1, weight / mass));
    left -= n;
    mass -= weight;
    return n;
  });
}

export const proportions = (rng: Rng, users: readonly number[], rates: readonly number[]): Moments[] =>
  users.map((n, i) => proportionMoments(binomial(rng, n, rates[i]!), n));

export const addMoments = (one: Moments, other: Moments): Moments => ({
  n: one.n + other.n,
  sum: one.sum + other.sum,
  sumSquares: one.sumSquares + other.sumSquares,
});
