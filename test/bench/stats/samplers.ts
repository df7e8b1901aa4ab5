import type { Rng } from "../../../src/core/primitives/rng.ts";

export type Sampler = (rng: Rng) => number;

const GUIDES = 1024;

/** Exact draws of how many of `trials` succeed: the inverse of the distribution, from a table, for many draws alike. */
export function binomialSampler(trials: number, p: number): Sampler {
  const mode = Math.floor((trials + 1) * p);
  const weights = new Float64Array(trials + 1);
  weights[mode] = 1;
  for (let k = mode; k < trials; k++) weights[k + 1] = (weights[k]! * (trials - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k]! * k * (1 - p)) / ((trials - k + 1) * p);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const upTo = new Float64Array(trials + 1);
  let sum = 0;
  for (let k = 0; k <= trials; k++) upTo[k] = (sum += weights[k]!) / total;
  upTo[trials] = 1;
  // Where to begin the search for a number of each part of [0, 1).
  const guides = new Int32Array(GUIDES);
  for (let i = 0, k = 0; i < GUIDES; i++) {
    while (upTo[k]! < i / GUIDES) k++;
    guides[i] = k;
  }
  return (rng) => {
    const u = rng();
    let k = guides[Math.floor(u * GUIDES)]!;
    while (upTo[k]! <= u && k < trials) k++;
    return k;
  };
}

/** A standard normal number, with its far tails (Marsaglia's polar method). */
export function standardNormal(rng: Rng): number {
  for (;;) {
    const x = 2 * rng() - 1;
    const y = 2 * rng() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** How often a coin with chance `stop` is thrown in vain; 0 or more. */
export function geometric(rng: Rng, stop: number): number {
  return Math.floor(Math.log(1 - rng()) / Math.log(1 - stop));
}
