import type { Signal } from "./signal.ts";

export const isNew: Signal = {
  name: "isNew",
  meaning: "Whether this is the customer's first visit and there is no order yet.",
  purpose: "personalization",
  value: ({ view }) => view.sessions <= 1 && view.orders.count === 0,
};
