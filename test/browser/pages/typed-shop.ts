import type { Concierge, PickedItem, SlotEvent } from "../../../client/bindings/types.ts";

/** What a shop that is written in TypeScript may say, and what its compiler tells it. Only ever type-checked. */
export function shop(concierge: Concierge, { detail }: SlotEvent): readonly PickedItem[] {
  concierge("consent", { personalization: true, analytics: false, marketing: null });
  concierge("consent", { analytics: true }, "tcf");
  concierge("track", { type: "product_wished", item: "A1" });
  concierge("track", {
    type: "product_added",
    item: { sku: "A1-RED" },
    price: { minor: 1299, currency: "EUR" },
  });
  concierge("track", { type: "custom", name: "size_guide_opened", facts: { size: 42 } });
  concierge("page");
  concierge("page", { type: "product", item: "A1", category: "Kettles" });
  concierge("cart", [{ item: "A1", quantity: 2 }]);
  concierge("decide");
  concierge("slots");
  concierge("identify", "a.b.c");
  concierge("reset");
  // @ts-expect-error: no such call.
  concierge("buy", "A1");
  // @ts-expect-error: no such purpose.
  concierge("consent", { everything: true });
  // @ts-expect-error: a yes is a boolean.
  concierge("consent", { analytics: "granted" });
  // @ts-expect-error: no such event.
  concierge("track", { type: "product_liked", item: "A1" });
  // @ts-expect-error: an event without what it is about.
  concierge("track", { type: "product_wished" });
  // @ts-expect-error: the snippet makes the id.
  concierge("track", { type: "product_wished", item: "A1", id: "mine" });
  // @ts-expect-error: notes come from a server.
  concierge("track", { type: "note_added", author: "me" });
  // @ts-expect-error: no such type of page.
  concierge("page", { type: "landing" });
  return detail.items;
}
