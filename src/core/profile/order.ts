import type { ResolvedEvent } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import { dayOf } from "../primitives/time.ts";
import type { Effects } from "./effects.ts";
import { remember } from "./remember.ts";
import { bound, PROFILE_LIMITS, type Profile } from "./profile.ts";

type Completed = ResolvedEvent & { type: "order_completed" };
type Undone = ResolvedEvent & { type: "order_refunded" | "order_cancelled" };
type Permission = { readonly mayLearn: boolean; readonly mayRemember: boolean };

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

/** An order is counted once per order id, however often and through whichever channel it is told. */
export function foldOrder(profile: Profile, event: Completed, may: Permission, effects: Effects): void {
  if (profile.orders.has(event.orderId)) return;
  const revenue = revenueOf(event);
  const lines = event.lines
    .filter((line) => line.quantity > 0)
    .map((line) => [line.item, line.quantity] as const);
  profile.orders.set(event.orderId, {
    at: event.at,
    revenueMinor: revenue.minor,
    currency: revenue.currency,
    lines,
    refundedMinor: 0,
  });
  bound(profile.orders, PROFILE_LIMITS.orders);
  for (const [item, quantity] of lines) {
    profile.owned.set(item, { at: event.at, quantity, orderId: event.orderId });
    if (may.mayRemember) remember(profile, item, "buy", event.at);
    profile.cart.delete(item);
  }
  bound(profile.owned, PROFILE_LIMITS.owned);
  if (!may.mayLearn) return;
  const items: ItemId[] = [...new Set(lines.map(([item]) => item))];
  if (items.length > 0) {
    effects.facts.push({
      who: profile.label,
      session: profile.session.number,
      at: event.at,
      kind: "buy",
      items,
    });
  }
  const day = dayOf(event.at);
  effects.deltas.push({ family: "daily", name: day, part: revenue.currency, metric: "orders", by: 1 });
  effects.deltas.push({
    family: "daily",
    name: day,
    part: revenue.currency,
    metric: "revenue",
    by: revenue.minor,
  });
  credit(profile, event.at, 1, revenue.minor, effects);
}

/** A return takes back ownership and revenue; it never takes back more than the order earned. */
export function foldRefund(profile: Profile, event: Undone, may: Permission, effects: Effects): void {
  const order = profile.orders.get(event.orderId);
  if (!order) return; // Told before its order, or somebody else's: kept in the log only.
  const lines = event.type === "order_refunded" ? event.lines : undefined;
  for (const [item] of lines ? lines.map((line) => [line.item] as const) : order.lines) {
    if (profile.owned.get(item)?.orderId === event.orderId) profile.owned.delete(item);
  }
  const amount = event.type === "order_refunded" ? event.amount?.minor : undefined;
  const left = order.revenueMinor - order.refundedMinor;
  const ordered = order.lines.reduce((sum, [, quantity]) => sum + quantity, 0);
  const returned = lines?.reduce((sum, line) => sum + line.quantity, 0) ?? ordered;
  const back = Math.min(left, amount ?? Math.round((order.revenueMinor * returned) / Math.max(1, ordered)));
  profile.orders.set(event.orderId, { ...order, refundedMinor: order.refundedMinor + back });
  if (!may.mayLearn || back === 0) return;
  effects.deltas.push({
    family: "daily",
    name: dayOf(event.at),
    part: order.currency,
    metric: "refunded",
    by: back,
  });
  credit(profile, order.at, 0, -back, effects);
}

/**
 * Credits revenue to every experiment whose exposure came before the order and whose window still covers it. Sums and
 * squares change by differences of this customer's own total, so the ledger's moments stay exact.
 */
function credit(profile: Profile, orderedAt: number, orders: number, minor: number, effects: Effects): void {
  for (const [experiment, tally] of profile.tallies) {
    if (orderedAt < tally.at || orderedAt > tally.at + tally.windowMs) continue;
    const next = { ...tally, orders: tally.orders + orders, revenueMinor: tally.revenueMinor + minor };
    profile.tallies.set(experiment, next);
    const change = (metric: string, by: number) => {
      if (by !== 0)
        effects.deltas.push({ family: "experiment", name: experiment, part: tally.variation, metric, by });
    };
    change("orders", orders);
    change("converters", tally.orders === 0 && next.orders > 0 ? 1 : 0);
    change("revenueSum", minor);
    change("revenueSumSquares", next.revenueMinor ** 2 - tally.revenueMinor ** 2);
  }
}
