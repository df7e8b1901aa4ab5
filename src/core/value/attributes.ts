import { minorDigits } from "../primitives/money.ts";
import type { Purchases } from "./purchases.ts";
import type { Score } from "./score.ts";

/**
 * What conditions may ask about a customer's value: `value.<name>`. Money in major units; what the model cannot tell is null.
 * @example { orders: 3, revenue: 120, recencyDays: 10, rfm: "543", predictedOrders: 1.8, clv: 64.2, … }
 */
export function valueAttributes(score: Score, { orders, currency }: Purchases): Record<string, unknown> {
  const major = (minor: number | null): number | null =>
    minor === null ? null : minor / 10 ** minorDigits(currency);
  return {
    orders,
    currency,
    revenue: major(score.revenueMinor),
    margin: major(score.marginMinor),
    recencyDays: score.recencyDays,
    rfm: score.rfm?.cell ?? null,
    recency: score.rfm?.recency ?? null,
    frequency: score.rfm?.frequency ?? null,
    monetary: score.rfm?.monetary ?? null,
    valueGroup: score.rfm?.group ?? null,
    predictedOrders: score.expectedOrders,
    churn: score.churn,
    alive: score.alive,
    clv: major(score.clvMinor),
  };
}
