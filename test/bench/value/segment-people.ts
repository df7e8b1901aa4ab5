import type { Purpose } from "../../../src/core/consent/consent.ts";
import { newOrder, tell, type Order, type OrderEvent } from "../../../src/core/order/order.ts";
import type { Rng } from "../../../src/core/primitives/rng.ts";
import { DAY_MS, HOUR_MS } from "../../../src/core/primitives/time.ts";
import { MAY_REMEMBER, type LoggedEvent } from "../../../src/core/profile/logged.ts";
import type { Condition } from "../../../src/core/segment/condition.ts";
import type { ItemLookups } from "../../../src/core/segment/count/occurrence.ts";
import type { Attributes } from "../../../src/core/segment/evaluate.ts";

export const NOW = 20_000 * DAY_MS + 11 * HOUR_MS;
const TYPES = ["Tea > Green", "Tea > Black", "Coffee > Beans", "Kitchen > Kettles", "Kitchen > Cups"];

const ITEMS = new Map<string, Attributes>(
  Array.from({ length: 500 }, (_, i) => [
    `item-${i}`,
    {
      id: `item-${i}`,
      type: TYPES[i % TYPES.length],
      brand: `brand-${i % 40}`,
      price: 5 + (i % 90),
      attributes: {},
    },
  ]),
);
export const lookups: ItemLookups = { attributesOf: (item) => ITEMS.get(item) };

/** The n-th of 200 segments. */
export function segmentOf(n: number): { when: Condition; purpose?: Purpose } {
  const type = { "item.type": { $regex: `^${TYPES[n % TYPES.length]}` } };
  const days = [7, 30, 90, 365][(n >> 3) % 4]!;
  const kinds: readonly (() => Condition)[] = [
    () => ({ $count: { event: "bought", where: type, days, is: { $gte: 1 + (n % 3) } } }),
    () => ({ $sum: { event: "ordered", of: "value", days, is: { $gte: 50 * (1 + (n % 4)) } } }),
    () => ({
      $and: [
        { $count: { event: "product_viewed", where: type, days: 14, is: { $gte: 3 } } },
        { $count: { event: "bought", where: type, days: 30, is: 0 } },
      ],
    }),
    () => ({ $or: [{ "value.rfm": { $in: ["555", "554"] } }, { "value.clv": { $gte: 20 * n } }] }),
    () => ({ "traits.plan": { $in: ["gold", `plan-${n}`] }, "signals.orders": { $gte: n % 5 } }),
    () => ({ "signals.daysSinceOrder": { $gt: 20 + n }, "answers.why/bought": { $regexi: "gift|present" } }),
    () => ({ $daysSinceLast: { event: "product_added", where: type, is: { $gte: 3, $lt: 20 + n } } }),
    () => ({
      $and: [
        { $segment: `s${n - 1}` },
        { $not: { $segment: `s${n - 4}` } },
        { "place.country": { $in: ["AT", "DE"] } },
      ],
    }),
  ];
  return {
    when: kinds[n % kinds.length]!(),
    ...(n % 3 === 0 ? { purpose: "personalization" as const } : {}),
  };
}

type Person = {
  readonly events: readonly LoggedEvent[];
  readonly orders: readonly Order[];
  readonly lastOrderAt: number | undefined;
};

/** Visits and orders of a year; one in ten customers is very busy. */
export function personOf(rng: Rng): Person {
  const isBusy = rng() < 0.1;
  const pick = () => `item-${Math.floor(rng() * ITEMS.size)}`;
  const moment = () => NOW - Math.floor(rng() ** 2 * 365 * DAY_MS);
  const events = Array.from({ length: Math.floor(rng() * (isBusy ? 900 : 80)) }, (_, i) => {
    const shared = { id: `e${i}`, at: moment(), digest: i, may: MAY_REMEMBER, item: pick() };
    const what = rng() < 0.8 ? { type: "product_viewed" } : { type: "product_added", quantity: 1 };
    return { ...shared, ...what } as unknown as LoggedEvent;
  });
  const orders = Array.from({ length: Math.floor(rng() * (isBusy ? 40 : 5)) }, (_, i) => {
    const lines = Array.from({ length: 1 + Math.floor(rng() * 4) }, () => ({ item: pick(), quantity: 1 }));
    const revenue = { minor: 1_000 + Math.floor(rng() * 20_000), currency: "EUR" };
    const told = {
      type: "order_completed",
      id: `o${i}`,
      orderId: `o${i}`,
      at: moment(),
      revenue,
      lines,
      digest: i,
    };
    return tell(newOrder(`k${i}`), told as unknown as OrderEvent, true, true);
  });
  const lastOrderAt = orders.length === 0 ? undefined : Math.max(...orders.map(({ shop }) => shop!.at));
  return { events, orders, lastOrderAt };
}
