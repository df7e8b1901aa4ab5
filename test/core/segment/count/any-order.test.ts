import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../../../src/core/primitives/time.ts";
import { newOrder, tell, type Order } from "../../../../src/core/order/order.ts";
import { MAY_REMEMBER, type LoggedEvent } from "../../../../src/core/profile/logged.ts";
import { addOccurrences, countAnew, countOrders } from "../../../../src/core/segment/count/keep-count.ts";
import { compileMeters } from "../../../../src/core/segment/count/meter.ts";
import { occurrencesOf } from "../../../../src/core/segment/count/occurrence.ts";
import { logged } from "./logged.ts";
import { completed, lookups, refund } from "./orders.ts";

const START = 2_000 * DAY_MS;

const { meters } = compileMeters([
  { $count: { event: "product_viewed", days: 1 / 24, is: 1 } },
  { $count: { event: "product_viewed", where: { "item.brand": "Leaf" }, days: 3, is: 1 } },
  { $daysSinceFirst: { event: "product_viewed", is: 1 } },
  { $sum: { event: "product_added", of: "quantity", days: 2, is: 1 } },
  { $sum: { event: "product_added", of: "quantity", from: START + DAY_MS, is: 1 } },
  { $sum: { event: "bought", of: "value", days: 2, is: 1 } },
  { $sum: { event: "ordered", of: "value", is: 1 } },
  { $count: { event: "bought", where: { "item.type": { $regex: "^Tea" } }, is: 1 } },
]);

const item = fc.constantFrom("green", "black", "white", "kettle", "gone");
const act = fc.record({
  kind: fc.constantFrom("viewed" as const, "added" as const, "ordered" as const, "refunded" as const),
  item,
  hour: fc.integer({ min: 0, max: 120 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  order: fc.integer({ min: 1, max: 4 }),
  may: fc.constantFrom(0, 1, MAY_REMEMBER, 3),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function eventOf({ kind, item, hour, quantity, order, may }: Act, i: number): LoggedEvent {
  const at = START + hour * HOUR_MS;
  const shared = { id: `e${i}`, at, digest: i, may };
  const lines = [[item, quantity] as const, ["kettle", 1] as const];
  switch (kind) {
    case "viewed":
      return logged({ type: "product_viewed", item, ...shared });
    case "added":
      return logged({ type: "product_added", item, quantity, ...shared });
    case "ordered":
      return { ...completed({ id: `o${order}`, at, lines, minor: 1_000 * quantity + i }), ...shared };
    case "refunded":
      return { ...refund(`o${order}`, at, [[item, 1]]), ...shared };
  }
}

test("counting as it comes is counting anew, in any order, with the clock going on meanwhile", () => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 60 }),
      fc.array(fc.nat(1_000), { maxLength: 60 }),
      (acts, shuffle) => {
        const events = acts.map(eventOf);
        const arrival = events
          .map((event, i) => [shuffle[i] ?? i, event] as const)
          .sort(([a], [b]) => a - b)
          .map(([, event]) => event);
        const orders = new Map<string, Order>();
        const states = countAnew(meters, { events: [], orders: [] }, lookups, START);
        let now = START;
        for (const event of arrival) {
          now = Math.max(now, event.at);
          if ("orderId" in event) {
            const known = orders.get(event.orderId) ?? newOrder(event.orderId);
            orders.set(event.orderId, tell(known, event, (event.may & 1) !== 0, true));
            countOrders(states, meters, orders.values(), lookups, now);
          } else addOccurrences(states, meters, occurrencesOf(event, lookups), now);
        }
        addOccurrences(states, meters, [], now);
        expect(JSON.parse(JSON.stringify(states))).toEqual(
          countAnew(meters, { events, orders: orders.values() }, lookups, now),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test("more than a window remembers, in any order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { minLength: 250, maxLength: 400 }),
      (acts) => {
        const events = acts.map(([minute, quantity], i) =>
          logged({
            type: "product_added",
            item: "green",
            quantity,
            id: `e${i}`,
            at: START + minute * 60_000,
            digest: i,
          }),
        );
        const now = START + HOUR_MS;
        const states = countAnew(meters, { events: [], orders: [] }, lookups, now);
        for (const event of events) addOccurrences(states, meters, occurrencesOf(event, lookups), now);
        expect(states).toEqual(countAnew(meters, { events, orders: [] }, lookups, now));
      },
    ),
    { numRuns: 20 },
  );
});
