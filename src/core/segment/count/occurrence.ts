import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { MAY_REMEMBER, type LoggedEvent } from "../../profile/logged.ts";
import type { Attributes } from "../evaluate.ts";
import { COUNTED_EVENTS, isCountedEvent, isFromOrders, type CountedEvent } from "./counted-event.ts";

/** Something that happened once, as conditions and meters see it. */
export type Occurrence = {
  readonly event: CountedEvent;
  readonly at: EpochMs;
  readonly item?: ItemId | undefined;
  readonly quantity?: number | undefined;
  /** What it was worth in minor units, with the decimals of the currency. Absent: not known, or in another currency. */
  readonly value?: { readonly minor: number; readonly digits: number } | undefined;
  /** What `where` is asked about. */
  readonly attributes: Attributes;
};

/** What has to be looked up of items. */
export type ItemLookups = {
  /** An item as conditions see it (`itemAttributes`); `undefined` where the catalog does not know it. */
  readonly attributesOf: (item: ItemId) => Attributes | undefined;
  /** Whether acts with it say nothing of this person: hidden, a gift, sensitive. Absent: never. */
  readonly isOut?: ((item: ItemId) => boolean) | undefined;
};

/**
 * What a logged event counts as: nothing where the customer has not allowed to be remembered, where it is of a kind that
 * is not counted, or is told by orders (`occurrencesOfOrders`).
 */
export function occurrencesOf(event: LoggedEvent, lookups: ItemLookups): readonly Occurrence[] {
  const { type, at } = event;
  if ((event.may & MAY_REMEMBER) === 0 || !isCountedEvent(type) || isFromOrders(type)) return [];
  const item = "item" in event ? event.item : undefined;
  if (item !== undefined && lookups.isOut?.(item)) return [];
  const quantity = type === "product_added" && "quantity" in event ? event.quantity : undefined;
  return [{ event: type, at, item, quantity, attributes: attributesOf(event, type, lookups) }];
}

function attributesOf(event: LoggedEvent, type: CountedEvent, lookups: ItemLookups): Attributes {
  const made: Record<string, unknown> = {};
  for (const name of COUNTED_EVENTS[type] as readonly string[]) {
    if (name === "item") lazyItem(made, "item" in event ? event.item : undefined, lookups);
    else if (name === "slot") made[name] = "claim" in event ? event.claim.slot : null;
    else made[name] = (event as unknown as { readonly [field: string]: unknown })[name] ?? null;
  }
  return made;
}

/** Adds an item's attributes, looked up when they are first read: most conditions do not ask. */
export function lazyItem(
  made: Record<string, unknown>,
  item: ItemId | undefined,
  lookups: ItemLookups,
): void {
  let known: Attributes | undefined;
  Object.defineProperty(made, "item", {
    enumerable: true,
    get: () => (known ??= item === undefined ? {} : (lookups.attributesOf(item) ?? { id: item })),
  });
}
