import type { ResolvedEvent } from "../event/resolved.ts";

type Completed = ResolvedEvent & { type: "order_completed" };

/**
 * What the items of an order earned, in minor units: `revenue` as stated, else total − shipping − tax, else the lines.
 * Source: Segment e-commerce spec v2 ("revenue" excludes shipping and tax, "total" includes them).
 * @example a total of 120.00 with 5.00 shipping and 20.00 tax earned 9500
 */
export function revenueOf(order: Completed): { minor: number; currency: string } {
  if (order.revenue) return order.revenue;
  if (order.total) {
    const minor = order.total.minor - (order.shipping?.minor ?? 0) - (order.tax?.minor ?? 0);
    return { minor: Math.max(0, minor), currency: order.total.currency };
  }
  const currency = order.lines.find((line) => line.price)?.price?.currency ?? "XXX";
  let minor = -(order.discount?.minor ?? 0);
  for (const line of order.lines) minor += (line.price?.minor ?? 0) * line.quantity;
  return { minor: Math.max(0, minor), currency };
}
