import type { Rng } from "../../../src/core/primitives/rng.ts";
import type { Purchases } from "../../../src/core/value/purchases.ts";

/** What the customers are drawn from: CDNOW's own parameters in days, and the value of an order in cents. */
export const TRUTH = { model: "pareto_nbd", r: 0.5533, alpha: 74.04, s: 0.6062, beta: 81.68 } as const;
export const SPEND = { p: 6.25, q: 3.744, v: 1544 } as const;

/** A draw from a gamma distribution of rate 1. Source: Marsaglia & Tsang 2000. */
export function gammaDraw(shape: number, rng: Rng): number {
  if (shape < 1) return gammaDraw(shape + 1, rng) * (1 - rng()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - rng()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A customer as known at the end of a day, and what comes after it. */
export type Drawn = { readonly before: Purchases; readonly ordersAfter: number; readonly minorAfter: number };

export type ShopOptions = {
  /** The day as of which they are known, and how many days after it are drawn. */
  readonly today: number;
  readonly daysAfter: number;
  /** Ages are even in 150 to 350 days unless told. */
  readonly age?: readonly [least: number, most: number];
  /** How much faster or slower everybody buys after the day. */
  readonly pace?: number;
};

/** Customers of a shop that is exactly as the models assume, one after another. */
export function* drawnShop(
  count: number,
  rng: Rng,
  { today, daysAfter, age = [150, 350], pace = 1 }: ShopOptions,
): Generator<Drawn> {
  for (let i = 0; i < count; i++) {
    const T = age[0] + Math.floor(rng() * (age[1] - age[0]));
    const rate = gammaDraw(TRUTH.r, rng) / TRUTH.alpha;
    const leaves = -Math.log(1 - rng()) / (gammaDraw(TRUTH.s, rng) / TRUTH.beta);
    const orderRate = gammaDraw(SPEND.q, rng) / SPEND.v;
    const value = () => Math.round(gammaDraw(SPEND.p, rng) / orderRate);
    const days = new Map([[0, value()]]);
    const until = Math.min(leaves, T + daysAfter);
    for (let t = 0; ;) {
      const next = t - Math.log(1 - rng()) / (t < T ? rate : rate * pace);
      // Waiting has no memory: who has not come by the day waits anew from there, at the new pace.
      t = t < T && next > T ? T : next;
      if (t > until) break;
      if (t === T) continue;
      days.set(Math.ceil(t), (days.get(Math.ceil(t)) ?? 0) + value());
    }
    const all = [...days];
    const [known, later] = [all.filter(([day]) => day <= T), all.filter(([day]) => day > T)];
    const total = (of: readonly (readonly [number, number])[]) =>
      of.reduce((sum, [, minor]) => sum + minor, 0);
    yield {
      before: {
        currency: "USD",
        firstDay: today - T,
        lastDay: today - T + Math.max(...known.map(([day]) => day)),
        repeats: known.length - 1,
        firstMinor: days.get(0)!,
        repeatMinor: total(known.slice(1)),
        orders: known.length,
        refundedMinor: 0,
        costedMinor: 0,
        marginMinor: 0,
        inStoreMinor: 0,
        leftOut: 0,
      },
      ordersAfter: later.length,
      minorAfter: total(later),
    };
  }
}
