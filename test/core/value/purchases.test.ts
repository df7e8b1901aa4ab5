import { describe, expect, test } from "vitest";
import { newOrder, tell, type Order, type OrderEvent } from "../../../src/core/order/order.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { daysOf, purchasesOf } from "../../../src/core/value/purchases.ts";
import { readShared } from "../../support/shared.ts";

const DAY = 86_400_000;
const EUR = (minor: number) => ({ minor, currency: "EUR" });
let next = 0;
const bought = (orderId: string, day: number, revenue = EUR(1000), more: object = {}) =>
  ({
    type: "order_completed",
    id: `e${next++}`,
    digest: next,
    orderId,
    at: day * DAY + 1000,
    revenue,
    lines: [{ item: "tea", quantity: 2 }],
    ...more,
  }) as unknown as OrderEvent;
const undone = (type: "order_refunded" | "order_cancelled", orderId: string, more: object = {}) =>
  ({ type, id: `e${next++}`, digest: next, orderId, at: 1e12, ...more }) as unknown as OrderEvent;

/** Orders as an object holds them after these events. */
function ordersOf(events: readonly OrderEvent[]): Map<string, Order> {
  const orders = new Map<string, Order>();
  for (const event of events)
    orders.set(event.orderId, tell(orders.get(event.orderId) ?? newOrder(event.orderId), event, true, true));
  return orders;
}
const of = (...events: OrderEvent[]) => purchasesOf(ordersOf(events).values());

describe("purchases", () => {
  test("of one day count once; the first day's value is apart from the repeats'", () => {
    expect(
      of(bought("a", 10), bought("b", 10), bought("c", 40, EUR(500)), bought("d", 95, EUR(700))),
    ).toMatchObject({
      firstDay: 10,
      lastDay: 95,
      repeats: 2,
      firstMinor: 2000,
      repeatMinor: 1200,
      orders: 4,
      leftOut: 0,
    });
  });

  test("that were cancelled or wholly paid back are none; one of value 0 is one; a part paid back is less", () => {
    expect(of(bought("a", 10), undone("order_cancelled", "a"))).toBeUndefined();
    expect(of(bought("a", 10), bought("b", 20), undone("order_refunded", "b"))).toMatchObject({ repeats: 0 });
    expect(of(bought("a", 10, EUR(0)))).toMatchObject({ orders: 1, firstMinor: 0 });
    expect(of(bought("a", 10), undone("order_refunded", "a", { amount: EUR(400) }))).toMatchObject({
      firstMinor: 600,
      refundedMinor: 400,
    });
  });

  test("are told in the currency of most orders; a return beyond the order's value returns that value", () => {
    const usd = { minor: 9900, currency: "USD" };
    expect(of(bought("a", 10), bought("b", 20), bought("c", 30, usd))).toMatchObject({
      currency: "EUR",
      orders: 2,
      lastDay: 20,
      leftOut: 1,
    });
    const over = undone("order_refunded", "a", {
      amount: EUR(99_999),
      lines: [{ item: "tea", quantity: 1 }],
    });
    expect(of(bought("a", 10), over)).toMatchObject({ firstMinor: 0, refundedMinor: 1000 });
  });

  test("know the margin where costs are known, also a negative one", () => {
    expect(of(bought("a", 10, EUR(1000), { costMinor: 1300 }), bought("b", 20))).toMatchObject({
      costedMinor: 1000,
      marginMinor: -300,
    });
  });
});

const master = readShared("data/cdnow/CDNOW_master.txt");
describe.skipIf(master === undefined)("CDNOW, all customers", () => {
  test("in random order with every fifth order told twice equal the batch summary for 23,570 of 23,570", () => {
    const lines = (master ?? "")
      .split("\n")
      .slice(1)
      .filter((line) => line.trim() !== "");
    const rows = lines.map((line, i) => {
      const [customer, date, , dollars] = line.trim().split(/\s+/) as [string, string, string, string];
      const day = Date.UTC(+date.slice(0, 4), +date.slice(4, 6) - 1, +date.slice(6)) / DAY;
      return { customer, day, minor: Math.round(Number(dollars) * 100), orderId: `o${i}` };
    });
    expect(rows).toHaveLength(69_659);
    const events = rows.map((row) => ({ ...row, event: bought(row.orderId, row.day, EUR(row.minor)) }));
    const told = [...events, ...events.filter((_, i) => i % 5 === 0)];
    const rng = seededRng("cdnow");
    for (let i = told.length - 1; i > 0; i--) {
      const j = Math.floor(rng() * (i + 1));
      [told[i], told[j]] = [told[j]!, told[i]!];
    }
    const customers = new Map<string, Map<string, Order>>();
    for (const { customer, orderId, event } of told) {
      const orders = customers.get(customer) ?? new Map<string, Order>();
      customers.set(customer, orders);
      orders.set(orderId, tell(orders.get(orderId) ?? newOrder(orderId), event, true, true));
    }
    let equal = 0;
    for (const [customer, all] of Map.groupBy(rows, (row) => row.customer)) {
      const days = new Map<number, number>();
      for (const { day, minor } of all) days.set(day, (days.get(day) ?? 0) + minor);
      const sorted = [...days].sort(([a], [b]) => a - b);
      const found = purchasesOf(customers.get(customer)!.values())!;
      const repeat = sorted.slice(1).reduce((sum, [, minor]) => sum + minor, 0);
      if (
        found.firstDay === sorted[0]![0] &&
        found.lastDay === sorted.at(-1)![0] &&
        found.repeats === sorted.length - 1 &&
        found.repeatMinor === repeat &&
        JSON.stringify(daysOf(customers.get(customer)!.values(), "EUR")) === JSON.stringify(sorted)
      )
        equal++;
    }
    expect(equal).toBe(23_570);
  });
});
