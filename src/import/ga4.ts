import type { ShopEventType } from "../core/event/event.ts";
import { moneyOf } from "../core/primitives/money.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { ga4Type } from "./ga4-names.ts";
import { mapGa4Order } from "./ga4-order.ts";
import { ga4Items, ga4Promotions, type Ga4Item } from "./ga4-items.ts";
import { addressOf, clip, fieldsOf, isFields, scalarsOf, type Fields } from "./read-field.ts";
import { refusal, type EventHead, type UnparsedEvent } from "./unparsed-event.ts";

/** What a GA4 event does not say of itself: `id` is made by whoever saw it; `currency` is for amounts that name none. */
export type Ga4Envelope = {
  readonly id: string;
  readonly at?: unknown;
  readonly page?: unknown;
  readonly currency?: string;
};

function pageOf(params: Fields, envelope: Ga4Envelope): Fields | undefined {
  const url = addressOf(params["page_location"]);
  const title = clip(params["page_title"], 512);
  const referrer = addressOf(params["page_referrer"]);
  const page = {
    ...fieldsOf(envelope.page),
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(referrer === undefined ? {} : { referrer }),
  };
  return Object.keys(page).length === 0 ? undefined : page;
}

/**
 * Several events of one message: the first differs from the second by its id's suffix, in the message's order, so the
 * same message sent again makes the same ids. One event keeps the id as it is.
 */
const numbered = (head: EventHead, type: ShopEventType, parts: readonly Fields[]): readonly UnparsedEvent[] =>
  parts.map((fields, index) => ({
    ...head,
    ...fields,
    type,
    id: parts.length === 1 ? head.id : `${head.id}.${index + 1}`,
  }));

/** What one item's event says beside the item itself. */
function itemFields(type: ShopEventType, one: Ga4Item, list: string | undefined): Fields {
  const { item, price, quantity } = one.line;
  if (type === "product_wished") return { item };
  if (type === "product_clicked") {
    const name = one.list ?? list;
    return {
      item,
      ...(name === undefined ? {} : { list: name }),
      ...(one.position === undefined ? {} : { position: one.position }),
    };
  }
  return {
    item,
    ...(type !== "product_removed" && price ? { price } : {}),
    ...(type !== "product_viewed" && quantity !== undefined ? { quantity } : {}),
  };
}

/**
 * Maps one GA4 event to ours. An event about several items (views, adds, removals, clicks, wishes) becomes one event
 * per item, with ids `<id>.1`, `<id>.2` and so on. GA4's prices are for one piece, its `index` starts at 0 (our
 * positions at 1), and its `value` is the sum of the items, without shipping and tax.
 * Source: developers.google.com/analytics/devguides/collection/ga4/reference/events.
 * @example
 * mapGa4("view_item", { items: [{ item_id: "A" }] }, { id: "e1" })
 * // { ok: true, value: [{ id: "e1", item: "A", type: "product_viewed" }] }
 */
export function mapGa4(
  name: string,
  params: unknown,
  envelope: Ga4Envelope,
): Result<readonly UnparsedEvent[]> {
  if (!isFields(params)) return fail(refusal("/params", "an object", params));
  const type = ga4Type(name);
  const page = pageOf(params, envelope);
  const head: EventHead = {
    id: envelope.id,
    ...(envelope.at === undefined ? {} : { at: envelope.at }),
    ...(page === undefined ? {} : { page }),
  };
  const one = (fields: Fields): Result<readonly UnparsedEvent[]> => succeed([{ ...head, ...fields, type }]);
  const currency = params["currency"] ?? envelope.currency;
  const list = clip(params["item_list_id"] ?? params["item_list_name"], 128);

  if (type === "page_viewed") return one({});
  if (type === "custom") {
    if (name.trim() === "") return fail(refusal("/name", "the event's name", name));
    return one({ name: name.slice(0, 128).toWellFormed(), facts: scalarsOf(params) });
  }
  if (type === "products_searched") {
    const query = clip(params["search_term"], 256);
    return query === undefined
      ? fail(refusal("/params/search_term", "the searched text", params["search_term"]))
      : one({ query });
  }
  if (type === "checkout_step_completed") return one({ step: name.slice("add_".length) });
  if (type === "promotion_viewed" || type === "promotion_clicked") {
    const promotions = ga4Promotions(params);
    if (promotions.length === 0) {
      return fail(refusal("/params/promotion_id", "a promotion's id", params["promotion_id"]));
    }
    return succeed(
      numbered(
        head,
        type,
        promotions.map((promotion) => ({ promotion })),
      ),
    );
  }

  const read = ga4Items(params["items"], currency);
  if (!read.ok) return read;
  const items = read.value;
  const lines = items?.map((item) => item.line);
  switch (type) {
    case "order_completed":
    case "order_refunded":
      return mapGa4Order(type, params, lines, { ...head, money: (name) => moneyOf(params[name], currency) });
    case "cart_viewed":
    case "checkout_started":
      return one(lines === undefined ? {} : { lines });
    case "product_list_viewed":
      return one({
        ...(list === undefined ? {} : { list }),
        ...(lines === undefined ? {} : { items: lines.map((line) => line.item) }),
      });
    default:
      if (items === undefined || items.length === 0) {
        return fail(refusal("/params/items", "a list of at least one item", params["items"]));
      }
      return succeed(
        numbered(
          head,
          type,
          items.map((item) => itemFields(type, item, list)),
        ),
      );
  }
}
