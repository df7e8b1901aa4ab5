import type { Signal } from "./signal.ts";

export const orderCount: Signal = {
  name: "orders",
  meaning: "How many orders the customer has placed.",
  purpose: "personalization",
  value: ({ view }) => view.orders.count,
};
