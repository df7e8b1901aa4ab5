import type { Signal } from "./signal.ts";

export const spend: Signal = {
  name: "spend",
  meaning: "What the customer's orders earned after refunds, in minor units of the shop's currency.",
  purpose: "personalization",
  value: ({ view }) => view.orders.revenueMinor,
};
