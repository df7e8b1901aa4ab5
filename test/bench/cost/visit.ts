import type { Told, Visitor } from "./visitor.ts";

/**
 * A visit as we assume it: five product pages. Each asks for two slots in one decision that carries two events, and sends
 * what follows (both slots seen, now and then a click, a cart, an order) in one request when it is left.
 */
export const VISIT = { pages: 5, slotsPerPage: 2, clicks: 1, additions: 1, orderEvery: 33 } as const;

/** Events of an average visit. */
export const EVENTS_PER_VISIT =
  VISIT.pages * (2 + VISIT.slotsPerPage) + VISIT.clicks + VISIT.additions + 1 / VISIT.orderEvery;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Makes one visit. A page takes `pageMs`: longer than anything waits for company before it leaves the customer's object. */
export async function makeVisit(visitor: Visitor, index: number, pageMs: number): Promise<void> {
  for (let page = 0; page < VISIT.pages; page++) {
    const item = visitor.product(index + page);
    const tokens = await visitor.decide(item, [{ type: "page_viewed" }, { type: "product_viewed", item }]);
    await pause(pageMs * 0.7);
    const events: Told[] = tokens.map((token) => ({ type: "slot_seen", token }));
    if (page === 1) events.push({ type: "product_clicked", item });
    if (page === 2) events.push({ type: "product_added", item, quantity: 1 });
    if (page === VISIT.pages - 1 && index % VISIT.orderEvery === 0)
      events.push({
        type: "order_completed",
        orderId: `order-${index}-${Date.now()}`,
        total: { minor: 4_900, currency: "EUR" },
        lines: [{ item, quantity: 1, price: { minor: 4_900, currency: "EUR" } }],
      });
    if (events.length > 0) await visitor.send(events);
    await pause(pageMs * 0.3);
  }
}
