import { newOrder, tell, type Order } from "../../../src/core/order/order.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { purchasesOf, type Purchases } from "../../../src/core/value/purchases.ts";
import { withOrder } from "../../../src/core/value/with-order.ts";
import { cdnowRows, eventOf, orderOf, type Row } from "../../core/value/cdnow-orders.ts";
import { rounded, timed } from "../value/measure.ts";

/** All of CDNOW's orders, told one by one: how often the purchases of before were not enough. */
function told(rows: readonly Row[]): Record<string, unknown> {
  const customers = new Map<string, { orders: Map<string, Order>; purchases: Purchases | undefined }>();
  let recounts = 0;
  let changes = 0;
  const { ms } = timed(() => {
    for (const row of rows) {
      const known = customers.get(row.customer) ?? { orders: new Map<string, Order>(), purchases: undefined };
      customers.set(row.customer, known);
      const before = known.orders.get(row.orderId);
      const after = tell(before ?? newOrder(row.orderId), eventOf(row), true, true);
      known.orders.set(row.orderId, after);
      const next = withOrder(known.purchases, before, after);
      if (next === "recount") recounts++;
      changes++;
      known.purchases = next === "recount" ? purchasesOf(known.orders.values()) : next;
    }
  });
  let equal = 0;
  for (const { orders, purchases } of customers.values())
    if (JSON.stringify(purchases) === JSON.stringify(purchasesOf(orders.values()))) equal++;
  return {
    customers: customers.size,
    equal,
    changes,
    recountPercent: rounded((100 * recounts) / changes, 2),
    microsecondsPerChange: rounded((ms * 1_000) / changes, 2),
    mostOrders: Math.max(...[...customers.values()].map(({ orders }) => orders.size)),
    ...ofMany(),
  };
}

/** What the 401st order of a customer costs, by what is known and by asking all. */
function ofMany(): Record<string, number> {
  const orders = Array.from({ length: 401 }, (_, i) =>
    orderOf({ customer: "", day: 10_000 + 3 * i, minor: 1_000, orderId: `m${i}` }),
  );
  const purchases = purchasesOf(orders.slice(0, -1));
  const each = (work: () => unknown) => {
    for (let i = 0; i < 200; i++) work();
    return rounded(timed(() => Array.from({ length: 200 }, work)).ms * 5, 2);
  };
  return {
    advanceOf400Microseconds: each(() => withOrder(purchases, undefined, orders.at(-1)!)),
    recountOf400Microseconds: each(() => purchasesOf(orders)),
  };
}

/** Purchases kept up order by order against those counted from all orders: in time's order, and in any order with repeats. */
export function orderFigures(): Record<string, unknown> {
  const rows = cdnowRows("master");
  if (!rows) return {};
  const shuffled = [...rows, ...rows.filter((_, i) => i % 5 === 0)];
  const rng = seededRng("cdnow");
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return { inTime: told([...rows].sort((a, b) => a.day - b.day)), shuffled: told(shuffled) };
}
