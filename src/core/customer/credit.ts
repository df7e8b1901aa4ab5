import { dayOf } from "../primitives/time.ts";
import type { Counted, Order, Verdict } from "../order/order.ts";
import { standingOf } from "../order/order.ts";
import type { Delta } from "../profile/delta.ts";
import type { Credit, Whole } from "./customer.ts";
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

/** What this customer's orders earned for each experiment they are in: orders within the window after the exposure. */
export function creditsOf(customer: Whole): Map<string, Credit> {
  const credits = new Map<string, Credit>();
  for (const [experiment, { variation, at, windowMs }] of customer.profile.exposures) {
    let orders = 0;
    let revenueMinor = 0;
    for (const order of customer.orders.values()) {
      if (!isIn(order, at, windowMs)) continue;
      orders++;
      revenueMinor += order.counted!.minor - order.counted!.refundedMinor;
    }
    credits.set(experiment, { variation, orders, revenueMinor });
  }
  return credits;
}

const isIn = (order: Order, from: number, windowMs: number): boolean =>
  order.counted !== undefined &&
  order.mayLearn &&
  order.verdict !== undefined &&
  order.verdict.at >= from &&
  order.verdict.at <= from + windowMs;

/**
 * The differences that bring the ledger's moments up to date with this customer's totals. The ledger holds sums and sums
 * of squares over customers; each customer's own total is here, so differences are exact whatever came in whatever order.
 */
export function creditChanges(customer: Whole): Delta[] {
  const next = creditsOf(customer);
  const deltas: Delta[] = [];
  for (const experiment of new Set([...customer.credits.keys(), ...next.keys()])) {
    const before = customer.credits.get(experiment);
    const after = next.get(experiment);
    if (before && after && before.variation === after.variation) {
      deltas.push(...changes(experiment, after.variation, before, after));
    } else {
      if (before) deltas.push(...changes(experiment, before.variation, before, undefined));
      if (after) deltas.push(...changes(experiment, after.variation, undefined, after));
    }
  }
  customer.credits = next;
  return deltas;
}

/** The differences between two totals of one customer in one variation; absent: not in it. */
export function changes(
  name: string,
  part: string,
  before: Credit | undefined,
  after: Credit | undefined,
): Delta[] {
  const measured = (credit: Credit | undefined) => ({
    users: credit ? 1 : 0,
    orders: credit?.orders ?? 0,
    converters: credit && credit.orders > 0 ? 1 : 0,
    revenueSum: credit?.revenueMinor ?? 0,
    revenueSumSquares: (credit?.revenueMinor ?? 0) ** 2,
  });
  const old = measured(before);
  return Object.entries(measured(after))
    .map(([metric, value]) => ({
      family: "experiment" as const,
      name,
      part,
      metric,
      by: value - old[metric as keyof typeof old],
    }))
    .filter((delta) => delta.by !== 0);
}
