import { dayOf } from "../primitives/time.ts";
import type { Counted, Verdict } from "../order/order.ts";
import { standingOf } from "../order/order.ts";
import type { Whole } from "./customer.ts";
import type { Effects } from "./log-row.ts";

/**
 * Takes the ledger's verdict on an order: who counts it, with which amounts. Reports the difference to what was reported
 * before; a verdict that was overtaken, or comes again, changes nothing.
 */
export function applyVerdict(customer: Whole, orderId: string, verdict: Verdict, effects: Effects): boolean {
  const order = customer.orders.get(orderId);
  if (!order || (order.verdict && order.verdict.version >= verdict.version)) return false;
  const counted = verdict.counts ? countedOf(verdict) : undefined;
  if (order.counted) report(order.counted, -1, effects);
  if (counted) report(counted, 1, effects);
  const isConfirmed = verdict.isConfirmed === true;
  // A page's word teaches until the shop's comes, and then the shop's does: the model does not count both.
  const isNews = !order.isLearned || (isConfirmed && !order.isConfirmed);
  const learns = verdict.learns && order.mayLearn && isNews;
  if (learns) {
    const standing = standingOf(order);
    const items = [...new Set((standing?.lines ?? []).map(([item]) => item))];
    const { number } = customer.profile.session;
    const origin = isConfirmed ? {} : ({ trust: "page" } as const);
    if (items.length > 0)
      effects.facts.push({ session: number, at: verdict.at, kind: "buy", items, ...origin });
  }
  customer.orders.set(orderId, {
    ...order,
    verdict,
    counted,
    isLearned: order.isLearned || learns,
    ...(order.isConfirmed || (learns && isConfirmed) ? { isConfirmed: true } : {}),
  });
  return true;
}

const countedOf = (verdict: Verdict): Counted => ({
  day: dayOf(verdict.at),
  currency: verdict.currency,
  minor: verdict.minor,
  refundedMinor: verdict.refundedMinor,
});

/** Adds an order to its day, or takes it out again. */
export function report(counted: Counted, sign: 1 | -1, effects: Effects): void {
  const { day, currency, minor, refundedMinor } = counted;
  const change = (metric: string, by: number) => {
    if (by !== 0) effects.deltas.push({ family: "daily", name: day, part: currency, metric, by: sign * by });
  };
  change("orders", 1);
  change("revenue", minor);
  change("refunded", refundedMinor);
}
