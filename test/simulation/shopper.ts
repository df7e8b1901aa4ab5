import { seededRng, type Rng } from "../../src/core/primitives/rng.ts";

/** How people behave: the share of visits that end in an order, and what is spent. */
export type Habits = {
  readonly conversion: number;
  /** Median of an order, in minor units. */
  readonly medianMinor: number;
  /** Standard deviation of the logarithm of an order: 1 is skewed as real baskets are. */
  readonly spread: number;
};

export const HABITS: Habits = { conversion: 0.25, medianMinor: 4000, spread: 0.8 };

/** Expected revenue of a visit. @example a quarter of visits at 40.00 and no spread: 1000 */
export const expectedMinor = ({ conversion, medianMinor, spread }: Habits): number =>
  conversion * medianMinor * Math.exp((spread * spread) / 2);

/** What one visit comes to: the order's revenue, or nothing. The same seed, the same visit. */
export function visitOf(seed: string, habits: Habits): number | undefined {
  const rng = seededRng(seed);
  if (rng() >= habits.conversion) return undefined;
  return Math.max(1, Math.round(habits.medianMinor * Math.exp(habits.spread * gaussian(rng))));
}

function gaussian(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng()));
  return radius * Math.cos(2 * Math.PI * rng());
}
