import { daysSinceOrder } from "./days-since-order.ts";
import { isNew } from "./is-new.ts";
import { orderCount } from "./order-count.ts";
import { sessionCount } from "./session-count.ts";
import type { Signal } from "./signal.ts";
import { spend } from "./spend.ts";
import { topBrand } from "./top-brand.ts";
import { topType } from "./top-type.ts";

/** The shelf. Adding a signal is one file and one line here; the conformance test runs over this list. */
export const SIGNALS: readonly Signal[] = [
  daysSinceOrder,
  isNew,
  orderCount,
  sessionCount,
  spend,
  topBrand,
  topType,
];
