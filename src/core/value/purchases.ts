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

/** An order as value counts it: its UTC day, and its value net of what was paid back. */
export type Paid = { readonly day: number; readonly net: number; readonly standing: Standing };

/** An order as value counts it; `undefined` for one that is none. */
export function paid(order: Order): Paid | undefined {
  const standing = standingOf(order);
  if (!standing) return undefined;
  const isUndone =
    order.undone.length > 0 && standing.kept.length === 0 && standing.refundedMinor >= standing.minor;
  if (isUndone) return undefined;
  return { day: Math.floor(standing.at / DAY), net: standing.minor - standing.refundedMinor, standing };
}

/** What purchases add up, order by order, apart from the days. */
export type OrderSums = Pick<
  Purchases,
  "orders" | "refundedMinor" | "costedMinor" | "marginMinor" | "inStoreMinor"
>;

/** What one order adds to the sums. */
export function sumsOf({ net, standing }: Paid): OrderSums {
  const margin = marginOf(standing);
  return {
    orders: 1,
    refundedMinor: standing.refundedMinor,
    costedMinor: margin === undefined ? 0 : net,
    marginMinor: margin ?? 0,
    inStoreMinor: standing.channel === "store" ? net : 0,
  };
}

/** Sums with others added `times` over: once, or taken away with -1. */
export const plus = (sums: OrderSums, other: OrderSums, times: 1 | -1): OrderSums => ({
  orders: sums.orders + times * other.orders,
  refundedMinor: sums.refundedMinor + times * other.refundedMinor,
  costedMinor: sums.costedMinor + times * other.costedMinor,
  marginMinor: sums.marginMinor + times * other.marginMinor,
  inStoreMinor: sums.inStoreMinor + times * other.inStoreMinor,
});

const NO_ORDERS: OrderSums = {
  orders: 0,
  refundedMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
};

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
  let sums = NO_ORDERS;
  for (const one of mine) {
    days.set(one.day, (days.get(one.day) ?? 0) + one.net);
    sums = plus(sums, sumsOf(one), 1);
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
