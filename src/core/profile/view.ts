import { permits, PURPOSES, type ConsentRecord, type Purpose } from "../consent/consent.ts";
import { standingOf, type Order } from "../order/order.ts";
import type { ItemId } from "../primitives/ids.ts";
import { newAttention, type Attention, type Place } from "../customer/attention.ts";
import type { EpochMs } from "../primitives/time.ts";
import { decodeHistory, encodeHistory } from "../recommend/history/encode.ts";
import { historyOf, type Basket, type History } from "../recommend/history/history.ts";
import { purchasesOf, type Purchases } from "../value/purchases.ts";
import type { JsonValue } from "../webhook/notice.ts";
import {
  newProfile,
  PROFILE_LIMITS,
  type Answer,
  type Feedback,
  type Owned,
  type Profile,
  type Seen,
  type Touch,
  type Trait,
} from "./profile.ts";

/** What a decision may read of a customer: nothing that their consent does not cover. */
export type View = {
  readonly permitted: readonly Purpose[];
  readonly bornAt: EpochMs;
  readonly sessions: number;
  readonly sessionStartedAt: EpochMs;
  readonly recent: readonly Touch[];
  readonly cart: ReadonlyMap<ItemId, { readonly quantity: number; readonly at: EpochMs }>;
  readonly owned: ReadonlyMap<ItemId, Owned>;
  readonly feedback: ReadonlyMap<ItemId, Feedback>;
  readonly seen: ReadonlyMap<ItemId, Seen>;
  readonly traits: ReadonlyMap<string, Trait>;
  readonly answers: ReadonlyMap<string, Answer>;
  readonly orders: { readonly count: number; readonly revenueMinor: number; readonly lastAt: EpochMs };
  /** The variation of each experiment that was seen, by the experiment's key: who was in one stays in it. */
  readonly variations: ReadonlyMap<string, string>;
  /** What was kept of these orders, as far as it tells of the next one. */
  readonly history: History;
  /** What their orders say of their worth. */
  readonly purchases: Purchases | undefined;
  /** The segments they were found in, as far as those ask about the person alone, and by which config. */
  readonly segments: { readonly by: string | undefined; readonly ids: readonly string[] };
  /** What is going on in their life, with how sure that is; 1: they told it. */
  readonly life: Readonly<Record<string, number>>;
  /** What triggers left for slots to show, the latest last. */
  readonly content: readonly SlotContent[];
  /** Where the person last was, as coarse as a country and its region. */
  readonly place: Place | undefined;
};

/** Content that a trigger left for a slot. */
export type SlotContent = {
  readonly trigger: string;
  readonly slot: string;
  readonly content: JsonValue;
  readonly until: EpochMs;
};

/** Everything about a customer that a view is made of. */
export type Viewed = {
  readonly bornAt: EpochMs;
  readonly consent: ConsentRecord;
  readonly isPaused: boolean;
  readonly profile: Profile;
  readonly orders: ReadonlyMap<string, Order>;
  /** Names of traits and items that the customer keeps out of sight. */
  readonly hidden: ReadonlySet<string>;
  readonly attention: Pick<Attention, "by" | "segments" | "content" | "place" | "lifeNow" | "traits">;
};

/** A view of somebody invented or brand new: nothing known but what is given. */
export const viewOfNobody = (
  given: Partial<Profile>,
  purposes: readonly Purpose[],
  now: EpochMs,
): View | undefined =>
  viewOf(
    {
      bornAt: now,
      consent: Object.fromEntries(
        purposes.map((purpose) => [
          purpose,
          { granted: true, at: now, source: "request", expiresAt: now + 1000, policyVersion: "" },
        ]),
      ),
      isPaused: false,
      profile: { ...newProfile(), ...given },
      orders: new Map(),
      hidden: new Set(),
      attention: newAttention(),
    },
    now,
  );

/** How a hidden trait or item is named. @example hiddenName("trait", "size") // "trait:size" */
export const hiddenName = (kind: "trait" | "item", name: string): string => `${kind}:${name}`;

/** The view at a moment, or `undefined` where personalization is not permitted: then there is nothing to see. */
export function viewOf(customer: Viewed, now: EpochMs): View | undefined {
  const { consent, profile, hidden } = customer;
  if (customer.isPaused || !permits(consent, "personalization", now)) return undefined;
  const { feedback } = profile;
  /** Gifts say nothing about the giver, and what is hidden is not looked at. */
  const isOut = (item: ItemId) => feedback.get(item)?.kind === "gift" || hidden.has(hiddenName("item", item));
  const bought = purchases(customer.orders, isOut);
  return {
    permitted: PURPOSES.filter((purpose) => permits(consent, purpose, now)),
    bornAt: customer.bornAt,
    sessions: profile.session.number,
    sessionStartedAt: profile.session.startedAt,
    recent: recentOf(
      profile.recent.filter((touch) => !isOut(touch.item)),
      bought.touches,
    ),
    cart: profile.cart,
    owned: bought.owned,
    feedback,
    seen: profile.seen,
    traits: new Map(
      [...stated(profile.traits, customer.attention.traits)].filter(
        ([name, trait]) => trait.value !== null && !hidden.has(hiddenName("trait", name)),
      ),
    ),
    answers: profile.answers,
    orders: bought.total,
    variations: permits(consent, "analytics", now)
      ? new Map([...profile.exposures].map(([key, { variation }]) => [key, variation]))
      : new Map(),
    history: bought.history,
    purchases: purchasesOf(customer.orders.values()),
    segments: { by: customer.attention.by, ids: customer.attention.segments.map(([id]) => id) },
    life: permits(consent, "life_events", now) ? customer.attention.lifeNow : {},
    content: customer.attention.content.filter(({ until }) => until > now),
    place: customer.attention.place,
  };
}

/** What was stated of somebody, with what triggers state where nobody else has since. */
function stated(
  traits: ReadonlyMap<string, Trait>,
  byTriggers: readonly (readonly [name: string, trait: Trait])[],
): ReadonlyMap<string, Trait> {
  if (byTriggers.length === 0) return traits;
  const all = new Map(traits);
  for (const [name, trait] of byTriggers) {
    const known = traits.get(name);
    if (!known || (!known.isOwnWord && known.at < trait.at)) all.set(name, trait);
  }
  return all;
}

/** Touches of pages and purchases, in time, the latest fifty. */
function recentOf(touches: readonly Touch[], bought: readonly Touch[]): readonly Touch[] {
  if (bought.length === 0) return touches;
  return [...touches, ...bought].sort((a, b) => a.at - b.at).slice(-PROFILE_LIMITS.recent);
}

function purchases(orders: ReadonlyMap<string, Order>, isOut: (item: ItemId) => boolean) {
  const owned = new Map<ItemId, Owned>();
  const touches: Touch[] = [];
  const baskets: Basket[] = [];
  const total = { count: 0, revenueMinor: 0, lastAt: 0 };
  const standing = [...orders].flatMap(([orderId, order]) => {
    const one = standingOf(order);
    return one ? [{ orderId, ...one }] : [];
  });
  standing.sort((a, b) => a.at - b.at || (a.orderId < b.orderId ? -1 : 1));
  for (const order of standing) {
    total.count++;
    total.revenueMinor += order.minor - order.refundedMinor;
    total.lastAt = order.at;
    for (const [item] of order.lines) if (!isOut(item)) touches.push({ item, kind: "buy", at: order.at });
    const items: ItemId[] = [];
    baskets.push({ at: order.at, items });
    for (const [item, quantity] of order.kept) {
      if (isOut(item)) continue;
      items.push(item);
      owned.delete(item);
      owned.set(item, { at: order.at, quantity, orderId: order.orderId });
    }
  }
  for (const item of owned.keys()) if (owned.size > PROFILE_LIMITS.owned) owned.delete(item);
  return { owned, touches, total, history: historyOf(baskets) };
}

const MAPS = ["cart", "owned", "feedback", "seen", "traits", "answers", "variations"] as const;

/** The view as one JSON text: cheaper to hand from object to isolate than a structured clone, and kept until it changes. */
export function encodeView(view: View): string {
  const plain: Record<string, unknown> = { ...view };
  for (const name of MAPS) plain[name] = [...view[name]];
  plain["history"] = encodeHistory(view.history);
  return JSON.stringify(plain);
}

/** A view as its object tells it: the mark tells this text from others of the same person. */
export type Said = { readonly mark: string; readonly text: string };
/** What an object says of a view: the word for why there is none, that it is the one it was, or the view with its mark. */
export type Spoken = "unknown" | "denied" | "joined" | "same" | Said;

export function decodeView(text: string): View {
  const plain = JSON.parse(text) as Record<string, unknown>;
  for (const name of MAPS) plain[name] = new Map(plain[name] as [string, unknown][]);
  plain["history"] = decodeHistory(plain["history"] as string);
  return plain as unknown as View;
}
