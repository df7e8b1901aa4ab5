import type { ResolvedEvent } from "../event/resolved.ts";
import type { Page } from "../event/event.ts";
import { revenueOf } from "../order/revenue.ts";
import { hiddenName } from "../profile/view.ts";
import type { JsonObject, JsonValue } from "../webhook/notice.ts";
import { column, wholeNumber, type RowOf } from "./column.ts";
import { visibleLines, type IsHidden } from "./subject.ts";

/** What an event was about. */
export const EVENT_PART_COLUMNS = {
  item: column("string", "The item it is about."),
  items: column("json", "Ids of the items that a list or a slot showed."),
  quantity: column("int64", "Pieces."),
  priceMinor: column("int64", "Price of one piece, in minor units of `currency`."),
  revenueMinor: column(
    "int64",
    "What an order's items earned; of a refund what was paid back, where it was told.",
  ),
  currency: column("string", "ISO 4217."),
  orderId: column("string", "The shop's id of the order."),
  channel: column("string", "web, app, store, phone or marketplace."),
  lines: column(
    "json",
    "Of a cart or an order: `item`, `quantity` and, where told, `priceMinor` and `currency`.",
  ),
  list: column("string", "The list it happened in."),
  position: column("int64", "Place in the list."),
  query: column("string", "What was searched."),
  category: column("string", "The category that was looked at."),
  pageType: column("string", "What the page was."),
  pageUrl: column("string", "Its address, without query and fragment."),
  referrer: column("string", "Where the page was reached from, without query and fragment."),
  decisionId: column("string", "The decision that was seen or clicked."),
  slot: column("string", "Its slot."),
  details: column("json", "What else the event says; see the guide for each type."),
} as const;

export type EventPart = RowOf<typeof EVENT_PART_COLUMNS>;

/** Where it happened. An address is kept back where it could name what a customer hides. */
export function pagePart(page: Page | undefined, showsAddress: boolean): EventPart {
  if (!page) return {};
  const { type, url, referrer, category, query } = page;
  return { pageType: type, ...(showsAddress ? { pageUrl: url, referrer, category, query } : {}) };
}

/**
 * What an event says, by a list that is closed on purpose: a kind of event that is not named here is not exported, until
 * somebody has thought about it. Free text that somebody wrote, values of traits, and names of people never are.
 * @returns `undefined` for an event that is not told: an unnamed kind, or one about a hidden item
 */
export function eventPart(
  event: ResolvedEvent,
  isHidden: IsHidden,
  hidden: ReadonlySet<string>,
): EventPart | undefined {
  if ("item" in event && isHidden(event.item)) return undefined;
  switch (event.type) {
    case "page_viewed":
      return {};
    case "product_viewed":
      return { item: event.item, ...priced(event.price) };
    case "product_list_viewed":
      return {
        list: event.list,
        ...(event.category === undefined || hidden.size > 0 ? {} : { category: event.category }),
        items: event.items?.filter((item) => !isHidden(item)),
      };
    case "product_clicked":
      return { item: event.item, list: event.list, position: event.position };
    case "products_searched":
      return hidden.size > 0 ? {} : { query: event.query };
    case "product_added":
      return { item: event.item, quantity: event.quantity, ...priced(event.price) };
    case "product_removed":
      return { item: event.item, quantity: event.quantity };
    case "cart_updated":
      return { lines: plainLines(event.lines, isHidden) };
    case "cart_viewed":
    case "checkout_started":
      return event.lines ? { lines: plainLines(event.lines, isHidden) } : {};
    case "checkout_step_completed":
      return event.step === undefined ? {} : { details: { step: event.step } };
    case "product_wished":
    case "product_unwished":
      return { item: event.item };
    case "order_completed": {
      const { minor, currency } = revenueOf(event);
      return {
        orderId: event.orderId,
        channel: event.channel,
        revenueMinor: wholeNumber(minor),
        currency,
        lines: plainLines(event.lines, isHidden),
        ...(event.coupon === undefined ? {} : { details: { coupon: event.coupon } }),
      };
    }
    case "order_refunded":
      return {
        orderId: event.orderId,
        revenueMinor: event.amount?.minor,
        currency: event.amount?.currency,
        ...(event.lines ? { lines: plainLines(event.lines, isHidden) } : {}),
      };
    case "order_cancelled":
      return { orderId: event.orderId };
    case "promotion_viewed":
    case "promotion_clicked":
      return { details: { promotion: event.promotion } };
    case "slot_seen":
      return {
        decisionId: event.claim.decisionId,
        slot: event.claim.slot,
        items: event.items?.filter((item) => !isHidden(item)),
      };
    case "slot_clicked":
      return { decisionId: event.claim.decisionId, slot: event.claim.slot, item: event.item };
    case "flag_seen":
      return { details: { flag: event.flag, variation: event.variation } };
    case "feedback_given":
      return { item: event.item, details: { feedback: event.feedback } };
    case "survey_answered": {
      const { survey, question, kind, score, max, choice } = event;
      return { details: stated({ survey, question, kind, score, max, choice }) };
    }
    case "review_given":
      return { item: event.item, details: { rating: event.rating } };
    case "note_added":
      return { details: stated({ intent: event.intent }) };
    case "consent_updated": {
      const said = Object.entries(event.consent).filter(([, granted]) => typeof granted === "boolean");
      return { details: { consent: Object.fromEntries(said) as JsonObject } };
    }
    case "traits_updated":
      return {
        details: {
          traits: Object.keys(event.traits).filter((name) => !hidden.has(hiddenName("trait", name))),
        },
      };
    case "custom":
      return { details: { name: event.name, ...(event.facts ? { facts: event.facts } : {}) } };
    default:
      return undefined;
  }
}

type Priced = { readonly minor: number; readonly currency: string };

const priced = (price: Priced | undefined): EventPart =>
  price ? { priceMinor: price.minor, currency: price.currency } : {};

/** The same without what is not there. */
const stated = (fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, JsonValue] => field[1] !== undefined),
  );

type PlainLine = { readonly item: string; readonly quantity: number; readonly price?: Priced | undefined };

const plainLines = (lines: readonly PlainLine[], isHidden: IsHidden): JsonValue =>
  visibleLines(lines, isHidden).map(({ item, quantity, price }) => ({
    item,
    quantity,
    ...(price ? { priceMinor: price.minor, currency: price.currency } : {}),
  }));
