import * as v from "valibot";
import { EventId, ItemId, Name } from "../primitives/ids.ts";
import { Money } from "../primitives/money.ts";
import { parseMoment } from "../primitives/time.ts";

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

/** A moment on the wire: epoch milliseconds or RFC 3339 with an offset. Inside it is always epoch milliseconds. */
export const Moment = v.pipe(
  v.union([v.string(), v.number()], "epoch milliseconds or RFC 3339 text with an offset"),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const at = parseMoment(dataset.value);
    if (at === undefined) {
      addIssue({ message: "epoch milliseconds or RFC 3339 text with an offset" });
      return NEVER;
    }
    return at;
  }),
);

/**
 * How a page or a tracker names an item: by whatever it knows. Resolved against the catalog once, at the border;
 * a plain string is tried as id, SKU, GTIN, item group and URL in this order.
 */
export const ItemRef = v.union(
  [
    ItemId,
    v.pipe(
      v.strictObject({
        id: v.optional(ItemId),
        sku: v.optional(ItemId),
        gtin: v.optional(ItemId),
        group: v.optional(ItemId),
        url: v.optional(text(2048)),
      }),
      // Also an empty array comes this far: it names nothing either.
      v.check(
        (ref) => Object.values(ref).some((name) => name !== undefined),
        "a reference that names something",
      ),
    ),
  ],
  "an item's id, or an object with id, sku, gtin, group or url",
);
export type ItemRef = v.InferOutput<typeof ItemRef>;

const Quantity = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000));

/** One line of a cart or an order. `price` is for one piece. */
export const Line = v.strictObject({
  item: ItemRef,
  quantity: v.optional(Quantity, 1),
  price: v.optional(Money),
});
export type Line = v.InferOutput<typeof Line>;

const Lines = v.pipe(v.array(Line), v.maxLength(500));

/** What the page was. A closed list, so that a config can name slots by it. */
export const PAGE_TYPES = [
  "home",
  "category",
  "product",
  "search",
  "cart",
  "checkout",
  "order",
  "account",
  "content",
  "other",
] as const;
export const PageType = v.picklist(PAGE_TYPES);

/**
 * An address without its query and fragment: those carry tokens, e-mail addresses and searches that nobody meant to keep.
 */
const Address = v.pipe(
  text(2048),
  v.transform((url) => url.split(/[?#]/, 1)[0]!),
);

export const Page = v.strictObject({
  type: v.optional(PageType),
  url: v.optional(Address),
  title: v.optional(text(512)),
  referrer: v.optional(Address),
  category: v.optional(text(512)),
  query: v.optional(text(256)),
});
export type Page = v.InferOutput<typeof Page>;

const shared = {
  /** Made by the sender before its first attempt; the same id is never counted twice. */
  id: EventId,
  /** When it happened, by the sender's clock. Absent: when we received it. */
  at: v.optional(Moment),
  page: v.optional(Page),
};

/** Scalars that a page or a shop may state about a person or an event. */
const Facts = v.pipe(
  v.record(
    text(64),
    v.nullable(
      v.union([text(1024), v.pipe(v.number(), v.finite()), v.boolean()], "text, a number, a boolean or null"),
    ),
  ),
  v.check((facts) => Object.keys(facts).length <= 64, "at most 64 facts"),
);

const event = <const T extends string, F extends v.ObjectEntries>(type: T, fields: F) =>
  v.strictObject({ type: v.literal(type), ...shared, ...fields });

/**
 * An immutable fact about one visitor, in the past tense. Every source (snippet, Segment, GA4, imports) is mapped to
 * this one list, so nothing further in knows where an event came from.
 */
export const ShopEvent = v.variant("type", [
  event("page_viewed", {}),
  event("product_viewed", { item: ItemRef, price: v.optional(Money) }),
  event("product_list_viewed", {
    list: v.optional(text(128)),
    category: v.optional(text(512)),
    items: v.optional(v.pipe(v.array(ItemRef), v.maxLength(200))),
  }),
  event("product_clicked", { item: ItemRef, list: v.optional(text(128)), position: v.optional(Quantity) }),
  event("products_searched", { query: text(256) }),
  event("product_added", { item: ItemRef, quantity: v.optional(Quantity, 1), price: v.optional(Money) }),
  event("product_removed", { item: ItemRef, quantity: v.optional(Quantity) }),
  /** The whole cart as it is now. Wins over adds and removes that happened before it. */
  event("cart_updated", { lines: Lines }),
  event("cart_viewed", { lines: v.optional(Lines) }),
  event("checkout_started", { lines: v.optional(Lines) }),
  event("checkout_step_completed", { step: v.optional(v.union([text(64), Quantity])) }),
  event("product_wished", { item: ItemRef }),
  event("product_unwished", { item: ItemRef }),
  /** `revenue` is what the items earned: after discounts, without shipping and tax. `total` is what was paid. */
  event("order_completed", {
    orderId: ItemId,
    revenue: v.optional(Money),
    total: v.optional(Money),
    shipping: v.optional(Money),
    tax: v.optional(Money),
    discount: v.optional(Money),
    coupon: v.optional(text(128)),
    /** Where it was bought; a purchase in a shop counts like one on the web. */
    channel: v.optional(v.picklist(["web", "app", "store", "phone", "marketplace"])),
    lines: Lines,
  }),
  /** `lines` absent: everything was returned. `amount` absent: the order's share of those lines. */
  event("order_refunded", { orderId: ItemId, amount: v.optional(Money), lines: v.optional(Lines) }),
  event("order_cancelled", { orderId: ItemId }),
  event("promotion_viewed", { promotion: text(128) }),
  event("promotion_clicked", { promotion: text(128) }),
  /** A decision was seen: its place (the slot's top edge) was in view for a second, whatever it holds. Echoes the decision's token. */
  event("slot_seen", { token: text(8192), items: v.optional(v.pipe(v.array(ItemId), v.maxLength(24))) }),
  /** What a flag's answer changed was in view: enters the experiment that names the flag. */
  event("flag_seen", { flag: Name, variation: Name }),
  /** A pick was clicked. Echoes the decision's token. */
  event("slot_clicked", { token: text(8192), item: ItemId }),
  /** The customer's own word on an item. */
  event("feedback_given", {
    item: ItemRef,
    feedback: v.picklist(["not_this", "own_it", "less_like_this", "gift", "undo"]),
  }),
  /** One answer to one question. `score` of `max` for ratings and NPS (max 10), `choice` for reasons and options. */
  event("survey_answered", {
    survey: text(128),
    question: text(256),
    kind: v.picklist(["nps", "rating", "choice", "reason_for_buying", "text"]),
    score: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    max: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(100))),
    choice: v.optional(text(256)),
    answer: v.optional(text(2048)),
  }),
  event("review_given", {
    item: ItemRef,
    rating: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
    title: v.optional(text(256)),
    text: v.optional(text(4096)),
  }),
  /** A store associate's note. What it states as facts and as intent can be used; its free text is only ever shown. */
  event("note_added", {
    author: text(128),
    visibility: v.optional(v.picklist(["author", "store", "company"]), "company"),
    expiresAt: v.optional(Moment),
    intent: v.optional(v.picklist(["browsing", "comparing", "ready_to_buy", "gift", "service", "other"])),
    facts: v.optional(Facts),
    text: v.optional(text(4096)),
  }),
  event("consent_updated", { consent: v.record(text(64), v.unknown()), policyVersion: v.optional(text(64)) }),
  event("traits_updated", { traits: Facts }),
  /**
   * A moment in the customer's life, as they or the shop say: `yes`, it is so; `no`, it is not, and shall not be concluded
   * again; `gone`, forget what is known of it. `on` is its date, or month and day.
   */
  event("life_event_told", {
    kind: Name,
    says: v.optional(v.picklist(["yes", "no", "gone"]), "yes"),
    on: v.optional(text(10)),
  }),
  /** Anything else the shop wants to target by. */
  event("custom", { name: text(128), facts: v.optional(Facts) }),
]);
export type ShopEvent = v.InferOutput<typeof ShopEvent>;
export type ShopEventType = ShopEvent["type"];

/** The schema of each type: found at once, where the variant would try one after the other. */
export const EVENT_SCHEMA: ReadonlyMap<string, v.GenericSchema<unknown, ShopEvent>> = new Map(
  ShopEvent.options.map((option) => [
    option.entries.type.literal,
    option as v.GenericSchema<unknown, ShopEvent>,
  ]),
);
