import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newOrder, tell, type Order, type OrderEvent } from "../../../src/core/order/order.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { purchasesOf, type Purchases } from "../../../src/core/value/purchases.ts";
import { withOrder } from "../../../src/core/value/with-order.ts";
import { cdnowRows, DAY, eventOf } from "./cdnow-orders.ts";

/** A customer's orders as an object holds them, with purchases that are kept up order by order. */
class Kept {
  readonly orders = new Map<string, Order>();
  purchases: Purchases | undefined;
  recounts = 0;

  take(event: OrderEvent, isTrusted = true): void {
    const before = this.orders.get(event.orderId);
    const after = tell(before ?? newOrder(event.orderId), event, isTrusted, true);
    this.orders.set(event.orderId, after);
    const next = withOrder(this.purchases, before, after);
    if (next === "recount") this.recounts++;
    this.purchases = next === "recount" ? purchasesOf(this.orders.values()) : next;
  }
}

/** What may be told of a few orders, so that days, currencies and returns meet often. */
const arbitraryEvent = fc
  .record({
    type: fc.constantFrom("order_completed", "order_completed", "order_refunded", "order_cancelled"),
    orderId: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    id: fc.nat({ max: 30 }),
    digest: fc.nat({ max: 3 }),
    at: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 })).map(([day, hour]) => day * DAY + hour * 3_600_000),
    minor: fc.constantFrom(0, 100, 250),
    currency: fc.constantFrom("EUR", "EUR", "EUR", "USD", "GBP"),
    quantity: fc.integer({ min: 1, max: 3 }),
    costMinor: fc.option(fc.constantFrom(50, 300), { nil: undefined }),
    channel: fc.constantFrom("store", undefined),
    isPart: fc.boolean(),
    isTrusted: fc.boolean(),
  })
  .map(({ type, id, minor, currency, quantity, isPart, isTrusted, ...more }) => {
    const lines = [{ item: "tea", quantity }];
    const money = { minor, currency };
    const told =
      type === "order_completed"
        ? { revenue: money, lines }
        : type === "order_refunded"
          ? { ...(isPart ? { amount: { ...money, minor: minor / 2 } } : {}), ...(isPart ? { lines } : {}) }
          : {};
    return { event: { ...more, type, id: `e${id}`, ...told } as unknown as OrderEvent, isTrusted };
  });

describe("purchases after one more order", () => {
  test("equal those counted from all orders, whatever is told, in whatever order, how often ever", () => {
    fc.assert(
      fc.property(fc.array(arbitraryEvent, { maxLength: 24 }), (told) => {
        const kept = new Kept();
        for (const { event, isTrusted } of told) {
          kept.take(event, isTrusted);
          expect(kept.purchases).toEqual(purchasesOf(kept.orders.values()));
        }
      }),
      { numRuns: 1_000, seed: 6 },
    );
  });

  const order = (orderId: string, day: number, more: object = {}) =>
    ({ ...eventOf({ customer: "", orderId, day, minor: 1_000 }), ...more }) as OrderEvent;

  test("of orders in time and returns of a part, need no other order", () => {
    const kept = new Kept();
    for (const [i, day] of [10, 10, 12, 30, 31, 31, 90].entries()) kept.take(order(`o${i}`, day));
    const part = { type: "order_refunded", id: "r", orderId: "o2", at: 91 * DAY };
    kept.take({ ...part, digest: 1, amount: { minor: 300, currency: "USD" } } as unknown as OrderEvent);
    expect(kept.recounts).toBe(0);
    expect(kept.purchases).toMatchObject({
      firstDay: 10,
      lastDay: 90,
      repeats: 4,
      firstMinor: 2_000,
      repeatMinor: 4_700,
      refundedMinor: 300,
    });
  });

  test("ask for a recount where a day may have had an order already, or one was undone", () => {
    const kept = new Kept();
    for (const day of [10, 20, 30]) kept.take(order(`o${day}`, day));
    kept.take(order("late", 25));
    expect(kept.recounts).toBe(1);
    kept.take({ type: "order_cancelled", id: "c", orderId: "o20", at: 40 * DAY } as unknown as OrderEvent);
    expect(kept.recounts).toBe(2);
    expect(kept.purchases).toMatchObject({ firstDay: 10, lastDay: 30, repeats: 2 });
  });
});

const master = cdnowRows("master");
describe.skipIf(master === undefined)("CDNOW, all customers, order by order", () => {
  test("in random order with every fifth order told twice equal the count of days for 23,570 of 23,570", () => {
    const rows = master ?? [];
    expect(rows).toHaveLength(69_659);
    const told = [...rows, ...rows.filter((_, i) => i % 5 === 0)];
    const rng = seededRng("one by one");
    for (let i = told.length - 1; i > 0; i--) {
      const j = Math.floor(rng() * (i + 1));
      [told[i], told[j]] = [told[j]!, told[i]!];
    }
    const customers = new Map<string, Kept>();
    for (const row of told) {
      const kept = customers.get(row.customer) ?? new Kept();
      customers.set(row.customer, kept);
      kept.take(eventOf(row));
    }
    let equal = 0;
    for (const [customer, own] of Map.groupBy(rows, (row) => row.customer)) {
      const days = [...new Set(own.map(({ day }) => day))].sort((a, b) => a - b);
      const { purchases } = customers.get(customer)!;
      const sum = (of: typeof own) => of.reduce((minor, row) => minor + row.minor, 0);
      if (
        purchases?.firstDay === days[0] &&
        purchases?.lastDay === days.at(-1) &&
        purchases?.repeats === days.length - 1 &&
        purchases?.orders === own.length &&
        purchases?.firstMinor === sum(own.filter(({ day }) => day === days[0])) &&
        purchases?.repeatMinor === sum(own.filter(({ day }) => day !== days[0]))
      )
        equal++;
    }
    expect(equal).toBe(23_570);
    const recounts = [...customers.values()].reduce((count, kept) => count + kept.recounts, 0);
    expect(recounts / told.length).toBeLessThan(0.25);
  });
});
