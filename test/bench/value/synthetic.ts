import type { Rng } from "../../../src/core/primitives/rng.ts";
import type { PurchaseSummary } from "../../../src/core/value/model/summary.ts";

/** A draw from a gamma distribution of rate 1. Source: Marsaglia & Tsang 2000. */
function gammaDraw(shape: number, rng: Rng): number {
  if (shape < 1) return gammaDraw(shape + 1, rng) * (1 - rng()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
    const cube = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (cube > 0 && Math.log(1 - rng()) < 0.5 * normal ** 2 + d - d * cube + d * Math.log(cube))
      return d * cube;
  }
}

/** What the synthetic shop's customers are drawn from, in days. */
export const TRUTH = { model: "pareto_nbd", r: 0.55, alpha: 74, s: 0.6, beta: 82 } as const;

/** Customers of a shop in its second year, in whole days: they came one after another over 600 days. */
export function syntheticCustomers(count: number, rng: Rng): PurchaseSummary[] {
  return Array.from({ length: count }, () => {
    const T = 1 + Math.floor(600 * rng());
    const rate = gammaDraw(TRUTH.r, rng) / TRUTH.alpha;
    const stays = Math.min(T, -Math.log(1 - rng()) / (gammaDraw(TRUTH.s, rng) / TRUTH.beta));
    const days = new Set<number>();
    for (let at = 0; ;) {
      at += -Math.log(1 - rng()) / rate;
      if (!(at <= stays)) break;
      days.add(Math.ceil(at));
    }
    return { x: days.size, tx: Math.max(0, ...days), T };
  });
}
