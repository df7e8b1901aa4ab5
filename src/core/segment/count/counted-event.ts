/**
 * What can be counted, and what can be asked about one occurrence of it. `bought` and `ordered` are counted from the
 * orders as they stand, so that an order told by a page and by the shop counts once, and what was returned leaves.
 */
export const COUNTED_EVENTS = {
  /** One for each product of an order that was kept. */
  bought: ["item", "value", "quantity", "channel", "currency"],
  /** One for each order that stands. */
  ordered: ["value", "quantity", "channel", "currency", "items", "types"],
  page_viewed: ["page"],
  product_viewed: ["page", "item"],
  product_list_viewed: ["page", "list", "category"],
  product_clicked: ["page", "item", "list", "position"],
  products_searched: ["page", "query"],
  product_added: ["page", "item", "quantity"],
  product_removed: ["page", "item"],
  cart_viewed: ["page"],
  checkout_started: ["page"],
  product_wished: ["page", "item"],
  product_unwished: ["page", "item"],
  promotion_viewed: ["page", "promotion"],
  promotion_clicked: ["page", "promotion"],
  slot_seen: ["page", "slot"],
  slot_clicked: ["page", "slot", "item"],
  feedback_given: ["page", "item", "feedback"],
  survey_answered: ["page", "survey", "question", "kind", "score", "max", "choice"],
  review_given: ["page", "item", "rating"],
  custom: ["page", "name", "facts"],
} as const;
export type CountedEvent = keyof typeof COUNTED_EVENTS;

export const isCountedEvent = (name: unknown): name is CountedEvent =>
  typeof name === "string" && Object.hasOwn(COUNTED_EVENTS, name);

/** Whether it is counted from orders rather than from the log. */
export const isFromOrders = (event: CountedEvent): boolean => event === "bought" || event === "ordered";

/** What a sum can be of, by event; events not listed can only be counted. Value is money, in major units. */
const SUMS: { readonly [event in CountedEvent]?: readonly Summed[] } = {
  bought: ["value", "quantity"],
  ordered: ["value", "quantity"],
  product_added: ["quantity"],
};
export type Summed = "value" | "quantity";

/** What can be summed over an event. @example summableOf("product_viewed") // [] */
export const summableOf = (event: CountedEvent): readonly Summed[] => SUMS[event] ?? [];
