import type { Order } from "../order/order.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { LoggedEvent } from "../profile/logged.ts";
import type { CountedEvent } from "../segment/count/counted-event.ts";
import { occurrencesOf, type ItemLookups, type Occurrence } from "../segment/count/occurrence.ts";
import { occurrencesOfOrders } from "../segment/count/order-occurrences.ts";
import type { Attributes } from "../segment/evaluate.ts";

/** Something that happened once, as triggers see it. */
export type Happening = {
  /** Names it for good: told again, by whomever, it has the same. */
  readonly id: string;
  readonly event: CountedEvent;
  readonly at: EpochMs;
  readonly item?: ItemId | undefined;
  /** What `where` is asked about, as in segments. */
  readonly attributes: Attributes;
};

/** What logged events are to triggers, in their order. Orders are told by `happeningsOfOrders`. */
export const happeningsOfEvents = (events: Iterable<LoggedEvent>, lookups: ItemLookups): Happening[] =>
  [...events].flatMap((event) => occurrencesOf(event, lookups).map((one) => happening(event.id, one)));

/**
 * What orders as they stand are to triggers: `ordered` for each and `bought` for each product that was kept. An order told
 * by the page and by the shop has one name.
 */
export const happeningsOfOrders = (orders: Iterable<Order>, lookups: ItemLookups): Happening[] =>
  [...orders].flatMap((order) =>
    occurrencesOfOrders([order], lookups).map((one) =>
      happening(one.event === "bought" ? `${order.key}|${one.item}` : order.key, one),
    ),
  );

const happening = (id: string, { event, at, item, attributes }: Occurrence): Happening => ({
  id,
  event,
  at,
  ...(item === undefined ? {} : { item }),
  attributes,
});
