import { claimOf } from "../order/settle.ts";
import { isOrderEvent, newOrder, tell, type Order } from "../order/order.ts";
import { report } from "./credit.ts";
import type { Whole } from "./customer.ts";
import type { Effects } from "./log-row.ts";
import type { Kept } from "./refold.ts";

/**
 * Makes the orders again from what is left of the log. One that nobody tells any more goes, and is taken back; what was
 * settled of the others stays until the ledger says otherwise.
 * @returns the orders that changed or went
 */
export function retell(customer: Whole, rows: Iterable<Kept>, effects: Effects): Set<string> {
  const told = new Map<string, Order>();
  for (const row of rows) {
    for (const event of row.events) {
      const known = isOrderEvent(event) ? customer.orders.get(event.orderId) : undefined;
      if (!isOrderEvent(event) || !known) continue;
      const order = told.get(event.orderId) ?? newOrder(known.key);
      told.set(event.orderId, tell(order, event, row.isTrusted, (event.may & 1) !== 0));
    }
  }
  const changed = new Set<string>();
  for (const [orderId, order] of customer.orders) {
    const left = told.get(orderId);
    const next = left && withFate(left, order);
    if (next && JSON.stringify(next) === JSON.stringify(withFate(order, order))) continue;
    changed.add(orderId);
    effects.claims.push(claimOf(next ?? newOrder(order.key)));
    if (next) customer.orders.set(orderId, next);
    else {
      if (order.counted) report(order.counted, -1, effects);
      customer.orders.delete(orderId);
    }
  }
  return changed;
}

/** An order as it was told, with what became of another telling of it. */
const withFate = (told: Order, { verdict, counted, isLearned, isConfirmed }: Order): Order => ({
  key: told.key,
  page: told.page,
  shop: told.shop,
  undone: told.undone,
  mayLearn: told.mayLearn,
  verdict,
  counted,
  isLearned,
  ...(isConfirmed ? { isConfirmed } : {}),
});
