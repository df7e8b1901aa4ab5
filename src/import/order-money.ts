import type { Money } from "../core/primitives/money.ts";
import type { ProductLine } from "./product-line.ts";

/** What an order said about its money. All amounts in one currency. */
export type OrderMoney = {
  /** What the items earned, if it was said. */
  readonly revenue?: Money | undefined;
  /** Segment: after discounts, before shipping and tax; so the same as revenue. */
  readonly subtotal?: Money | undefined;
  /** What was paid: shipping and tax included. */
  readonly total?: Money | undefined;
  readonly shipping?: Money | undefined;
  readonly tax?: Money | undefined;
  readonly discount?: Money | undefined;
};

/**
 * Sum of price × quantity over lines whose price is for one piece. `undefined` when a price or a quantity is missing or
 * the currencies differ: part of a sum is not the sum.
 */
export function sumOfLines(lines: readonly ProductLine[]): Money | undefined {
  const currency = lines[0]?.price?.currency;
  if (currency === undefined) return undefined;
  let minor = 0;
  for (const { price, quantity = 1 } of lines) {
    if (price?.currency !== currency || typeof quantity !== "number") return undefined;
    minor += price.minor * quantity;
  }
  return Number.isSafeInteger(minor) ? { minor, currency } : undefined;
}

/**
 * What the items earned: after discounts, without shipping and tax. Taken as stated; else the total without shipping
 * and tax; else the sum of the lines without the discount. Never below zero; `undefined` when it cannot be known.
 * @example
 * earnedBy({ total: { minor: 2750, currency: "USD" }, shipping: { minor: 300, currency: "USD" } }, [])
 * // { minor: 2450, currency: "USD" }
 */
export function earnedBy(order: OrderMoney, lines: readonly ProductLine[]): Money | undefined {
  const stated = order.revenue ?? order.subtotal;
  if (stated !== undefined) return stated;
  const minus = (from: Money, ...parts: readonly (Money | undefined)[]): Money => ({
    minor: Math.max(
      0,
      parts.reduce((minor, part) => minor - (part?.minor ?? 0), from.minor),
    ),
    currency: from.currency,
  });
  if (order.total !== undefined) return minus(order.total, order.shipping, order.tax);
  const sum = sumOfLines(lines);
  return sum && minus(sum, order.discount);
}
