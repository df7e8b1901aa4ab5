import type { Dice } from "./dice.ts";
import { nextId, type Person, type Purchase, type Series } from "./person.ts";

export type RawEvent = { readonly id: string; readonly type: string; readonly [field: string]: unknown };

const HOUR_MS = 3_600_000;

/** Everyday events of one tab, one to twenty at once. */
export function browse(person: Person, tab: Series, items: readonly string[], throws: Dice): RawEvent[] {
  return Array.from({ length: throws.between(1, 20) }, () => ({
    id: nextId(tab),
    at: moment(throws),
    ...everyday(items, throws),
  }));
}

/** Just now; a few happened hours ago, in a tab that was offline. */
const moment = (throws: Dice): number =>
  Date.now() - (throws.hits(0.005) ? throws.between(1, 60 * HOUR_MS) : throws.between(0, 300));

function everyday(
  items: readonly string[],
  throws: Dice,
): { readonly type: string } & Record<string, unknown> {
  const item = throws.hits(0.02) ? `unknown-${throws.between(0, 9)}` : throws.one(items);
  const page = { type: "product", url: `https://crash.example/${item}` };
  const kind = throws.share();
  if (kind < 0.5) return { type: "product_viewed", item };
  if (kind < 0.65) return { type: "page_viewed", page };
  if (kind < 0.75) return { type: "product_added", item, quantity: throws.between(1, 3) };
  if (kind < 0.8) return { type: "product_removed", item };
  if (kind < 0.85) return { type: "product_clicked", item };
  if (kind < 0.88) return { type: "cart_updated", lines: [{ item, quantity: 2 }] };
  if (kind < 0.92) return { type: "products_searched", query: "lamp" };
  if (kind < 0.94)
    return { type: "feedback_given", item, feedback: throws.one(["not_this", "own_it", "undo"]) };
  if (kind < 0.96) return { type: "traits_updated", traits: { size: throws.one(["s", "m", "l"]) } };
  return { type: "custom", name: "guide_read", facts: { minutes: throws.between(1, 9) } };
}

/** A purchase with a moment of its own, so that whoever tells it tells the same. */
export function buy(person: Person, items: readonly string[], throws: Dice): Purchase {
  const bought = [...new Set(Array.from({ length: throws.between(1, 4) }, () => throws.one(items)))];
  const minor = throws.between(500, 90_000);
  return {
    orderId: `order-${person.n}-${person.purchases.length}`,
    minor,
    fields: {
      at: Date.now() - throws.between(0, 2_000),
      revenue: { minor, currency: throws.hits(0.8) ? "EUR" : "USD" },
      lines: bought.map((item) => ({ item, quantity: throws.between(1, 3) })),
    },
  };
}

/** The purchase as one side tells it. */
export const told = (series: Series, purchase: Purchase): RawEvent => ({
  id: nextId(series),
  type: "order_completed",
  orderId: purchase.orderId,
  ...purchase.fields,
});

/** A return of everything, or of an amount; sometimes of more than was paid. */
export function refund(series: Series, purchase: Purchase, throws: Dice): RawEvent {
  const currency = (purchase.fields["revenue"] as { currency: string }).currency;
  const amount = { minor: throws.between(1, Math.round(purchase.minor * 0.7)), currency };
  return {
    id: nextId(series),
    type: "order_refunded",
    orderId: purchase.orderId,
    at: Date.now(),
    ...(throws.hits(0.3) ? {} : { amount }),
  };
}
