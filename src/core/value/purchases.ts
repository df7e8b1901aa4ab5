import { marginOf, standingOf, type Order, type Standing } from "../order/order.ts";

/**
 * What a customer's orders say of their next ones: a function of the orders that stand, whatever order they arrived in.
 * Days are whole UTC days since 1970; orders of one day count once (the period of the purchase models). Amounts are net
 * minor units of one currency: that of most of the customer's orders, of the earlier ones where two are equal. Orders in
 * another currency are left out and counted in `leftOut`; an order that was cancelled or wholly paid back is no order.
 */
export type Purchases = {
  readonly currency: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Days with an order after the first one: x of the purchase models. */
  readonly repeats: number;
  /** Net value of the first day, and of all later days together. */
  readonly firstMinor: number;
  readonly repeatMinor: number;
  readonly orders: number;
  readonly refundedMinor: number;
  /** Net value of orders whose costs are known, and what the shop kept of them: the customer's margin share. */
  readonly costedMinor: number;
  readonly marginMinor: number;
  readonly inStoreMinor: number;
  readonly leftOut: number;
};

const DAY = 86_400_000;

/** An order as value counts it; `undefined` for one that is none. */
function paid(
  order: Order,
): { readonly day: number; readonly net: number; readonly standing: Standing } | undefined {
  const standing = standingOf(order);
  if (!standing) return undefined;
  const isUndone =
    order.undone.length > 0 && standing.kept.length === 0 && standing.refundedMinor >= standing.minor;
  if (isUndone) return undefined;
  return { day: Math.floor(standing.at / DAY), net: standing.minor - standing.refundedMinor, standing };
}

/** The purchases of these orders, whatever order they are given in; `undefined` where none stands. */
export function purchasesOf(orders: Iterable<Order>): Purchases | undefined {
  const all = [...orders].flatMap((order) => paid(order) ?? []);
  const currencies = new Map<string, { count: number; firstAt: number }>();
  for (const { standing } of all) {
    const known = currencies.get(standing.currency) ?? { count: 0, firstAt: Infinity };
    currencies.set(standing.currency, {
      count: known.count + 1,
      firstAt: Math.min(known.firstAt, standing.at),
    });
  }
  const [main] = [...currencies].sort(
    ([a, x], [b, y]) => y.count - x.count || x.firstAt - y.firstAt || (a < b ? -1 : 1),
  );
  if (!main) return undefined;
  const mine = all.filter(({ standing }) => standing.currency === main[0]);
  const days = new Map<number, number>();
  const sums = { refundedMinor: 0, costedMinor: 0, marginMinor: 0, inStoreMinor: 0 };
  for (const { day, net, standing } of mine) {
    days.set(day, (days.get(day) ?? 0) + net);
    sums.refundedMinor += standing.refundedMinor;
    const margin = marginOf(standing);
    if (margin !== undefined) {
      sums.costedMinor += net;
      sums.marginMinor += margin;
    }
    if (standing.channel === "store") sums.inStoreMinor += net;
  }
  const firstDay = Math.min(...days.keys());
  const total = [...days.values()].reduce((sum, value) => sum + value, 0);
  return {
    currency: main[0],
    firstDay,
    lastDay: Math.max(...days.keys()),
    repeats: days.size - 1,
    firstMinor: days.get(firstDay)!,
    repeatMinor: total - days.get(firstDay)!,
    orders: mine.length,
    ...sums,
    leftOut: all.length - mine.length,
  };
}

/** Net minor units by UTC day with orders in a currency, ascending. */
export function daysOf(orders: Iterable<Order>, currency: string): (readonly [day: number, minor: number])[] {
  const days = new Map<number, number>();
  for (const order of orders) {
    const one = paid(order);
    if (one?.standing.currency === currency) days.set(one.day, (days.get(one.day) ?? 0) + one.net);
  }
  return [...days].sort(([a], [b]) => a - b);
}
