import type { Purpose } from "../consent/consent.ts";
import type { Customer, Retention } from "../customer/customer.ts";
import { ShopEvent, type ShopEventType } from "../event/event.ts";
import type { Profile } from "../profile/profile.ts";
import type { Fact } from "../recommend/fact.ts";

/** What one stored field is for. Every field has one: the type of the tables below does not let a new one in without. */
export type Use = {
  readonly use: string;
  /** Purposes of which one must be granted. Empty: what the service itself needs, told in `use`. */
  readonly purposes: readonly Purpose[];
  readonly keptFor: keyof typeof KEPT_FOR;
};

/** How long things are kept, in words that the site's config fills. */
export const KEPT_FOR = {
  person:
    "as long as the person is known: until erasure, or until nothing was heard of them for the idle time",
  behaviour: "the behaviour time",
  orders: "the order time",
  day: "one day",
} as const;

const service = (use: string, keptFor: Use["keptFor"] = "person"): Use => ({ use, purposes: [], keptFor });
const personal = (use: string): Use => ({ use, purposes: ["personalization"], keptFor: "behaviour" });

/** What is stored about one customer beside events and orders. */
export const STATE_USES: Readonly<Record<Exclude<keyof Customer, "profile">, Use>> = {
  v: service("format of the record"),
  source: service("random name under which shared logs know this person; derived from nothing"),
  site: service("which shop this is"),
  receivers: service("where effects are sent within the same site"),
  tally: service("where sums are added up within the same site"),
  customerId: service("the shop's own name for the customer, for its webhooks"),
  bornAt: service("when the person was first met"),
  notBefore: service("refuses what is older than an erasure"),
  erasing: service("brings an erasure to its end after a crash", "day"),
  touchedAt: service("retention by inactivity"),
  nextSeq: service("order of the log"),
  sent: service("what was delivered already"),
  consent: service("proof of what was allowed, by whom and when"),
  isPaused: service("the customer's wish to be left alone for now"),
  hidden: service("what the customer keeps out of sight"),
  streams: service("recognises events that come twice"),
  spent: service("a decision is reported once", "day"),
  endedDevices: service("devices that were signed out"),
  credits: { use: "effect of experiments", purposes: ["analytics"], keptFor: "behaviour" },
  retention: service("how long this person's data is kept"),
  joined: service("which visitors this customer was, for undoing it"),
  parted: service("brings the undoing of a merge to its end after a crash", "day"),
  ended: service("tells the courier which purposes ended, until it has confirmed", "day"),
  mark: service("leads denials and late events of a joined visitor to the customer"),
  bygone: {
    use: "takes back the person's share of the site's sums when they are erased",
    purposes: ["analytics"],
    keptFor: "person",
  },
  attention: {
    use: "segments, triggers and counts they need; how somebody counts in the shop's sums",
    purposes: ["personalization", "analytics"],
    keptFor: "behaviour",
  },
  moved: service("recognises what was brought from another deployment twice"),
  conflicts: service("how often an event id came with other content"),
};

export const PROFILE_USES: Readonly<Record<keyof Profile, Use>> = {
  lastAt: service("order of events", "behaviour"),
  lastId: service("order of events", "behaviour"),
  session: {
    use: "what belongs to one visit",
    purposes: ["personalization", "analytics"],
    keptFor: "behaviour",
  },
  traits: personal("stated facts, for segments and rules"),
  recent: personal("recently viewed, taste, recommendations"),
  cart: personal("complements to what is in the cart"),
  cartAt: personal("which statement of the cart is the latest"),
  feedback: personal("what the customer said about an item"),
  seen: personal("does not show the same thing too often"),
  exposures: { use: "effect of experiments", purposes: ["analytics"], keptFor: "behaviour" },
  answers: personal("answers to surveys, for segments"),
  journey: {
    use: "how somebody came and went about it, for sums over many people",
    purposes: ["analytics"],
    keptFor: "behaviour",
  },
};

const BEHAVIOUR: readonly Purpose[] = ["personalization", "analytics"];
const behaviour = (use: string): Use => ({ use, purposes: BEHAVIOUR, keptFor: "behaviour" });

/** What each kind of event is kept for. */
export const EVENT_USES: Readonly<Record<ShopEventType, Use>> = {
  page_viewed: behaviour("visits, segments"),
  product_viewed: behaviour("recommendations, taste"),
  product_list_viewed: behaviour("visits, segments"),
  product_clicked: behaviour("recommendations, taste"),
  products_searched: behaviour("segments"),
  product_added: behaviour("cart, recommendations"),
  product_removed: behaviour("cart"),
  cart_updated: behaviour("cart"),
  cart_viewed: behaviour("cart"),
  checkout_started: behaviour("cart, segments"),
  checkout_step_completed: behaviour("segments"),
  product_wished: behaviour("segments"),
  product_unwished: behaviour("segments"),
  order_completed: {
    use: "purchase history, value, what goes with what",
    purposes: ["transaction"],
    keptFor: "orders",
  },
  order_refunded: { use: "purchase history, value", purposes: ["transaction"], keptFor: "orders" },
  order_cancelled: { use: "purchase history, value", purposes: ["transaction"], keptFor: "orders" },
  promotion_viewed: behaviour("segments"),
  promotion_clicked: behaviour("segments"),
  flag_seen: behaviour("effect of experiments"),
  slot_seen: behaviour("frequency caps, effect of decisions"),
  slot_clicked: behaviour("effect of decisions"),
  feedback_given: behaviour("what the customer said about an item"),
  survey_answered: behaviour("segments, service"),
  review_given: behaviour("service"),
  note_added: {
    use: "what a store associate notes for the next conversation",
    purposes: ["clienteling"],
    keptFor: "behaviour",
  },
  consent_updated: service("proof of what was allowed"),
  traits_updated: behaviour("stated facts, for segments and rules"),
  life_event_told: {
    use: "moments in life that the customer wants to be thought of, or not",
    purposes: ["life_events"],
    keptFor: "behaviour",
  },
  custom: behaviour("segments, as the shop defines"),
};

const lesson = (use: string): Use => ({ use, purposes: ["analytics"], keptFor: "behaviour" });

/** What the shop's shared log of behaviour holds of one act. It knows the person by a random name only. */
export const FACT_USES: Readonly<Record<keyof Fact, Use>> = {
  who: lesson("random name under which shared logs know this person; derived from nothing"),
  session: lesson("which acts belong to one visit"),
  at: lesson("order of acts, and what is looked at these days"),
  kind: lesson("whether an item was looked at or bought"),
  items: lesson("what goes with what"),
  trust: lesson("keeps false acts out of what others are shown: whether the shop or a page said it"),
  network: lesson("keeps one network from speaking as many: a label of one day, made with the site's secret"),
};

export type RegisterEntry = Use & {
  readonly where: string;
  readonly field: string;
  readonly retention: string;
};

/** The register of processing, made from what the code stores: each field, its use, its purposes, how long it is kept. */
export function registerOf(retention: Retention): readonly RegisterEntry[] {
  const days: Readonly<Record<Use["keptFor"], string>> = {
    person: `${KEPT_FOR.person} (${retention.idleDays} days)`,
    behaviour: `${retention.behaviourDays} days`,
    orders: `${retention.orderDays} days`,
    day: KEPT_FOR.day,
  };
  const entry = (where: string, field: string, use: Use): RegisterEntry => ({
    where,
    field,
    ...use,
    retention: days[use.keptFor],
  });
  const events = ShopEvent.options.flatMap((option) => {
    const type = option.entries.type.literal;
    const use = EVENT_USES[type];
    return Object.keys(option.entries).map((field) => entry(`event ${type}`, field, use));
  });
  return [
    ...Object.entries(STATE_USES).map(([field, use]) => entry("customer", field, use)),
    ...Object.entries(PROFILE_USES).map(([field, use]) => entry("profile", field, use)),
    ...Object.entries(FACT_USES).map(([field, use]) => entry("behaviour log", field, use)),
    ...events,
  ];
}
