import type { ImportKind } from "./import-kind.ts";
import { customers } from "./map-customers.ts";
import { events } from "./map-events.ts";
import { notes } from "./map-notes.ts";
import { orders } from "./map-orders.ts";
import { reviews } from "./map-reviews.ts";
import { surveys } from "./map-surveys.ts";
import type { Mapper } from "./mapper.ts";

/** Every kind of import there is. */
export const MAPPERS: Readonly<Record<ImportKind, Mapper>> = {
  orders,
  customers,
  surveys,
  reviews,
  notes,
  events,
};
