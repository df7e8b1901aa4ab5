import { DAY_MS } from "../primitives/time.ts";
import type { Signal } from "./signal.ts";

export const daysSinceOrder: Signal = {
  name: "daysSinceOrder",
  meaning: "Whole days since the last order.",
  purpose: "personalization",
  value: ({ view, now }) =>
    view.orders.count === 0 ? undefined : Math.max(0, Math.floor((now - view.orders.lastAt) / DAY_MS)),
};
