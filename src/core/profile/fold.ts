import { permits, recordConsent, type Purpose } from "../consent/consent.ts";
import type { ResolvedEvent, ResolvedLine } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import { dayOf, type EpochMs } from "../primitives/time.ts";
import type { Effects } from "./effects.ts";
import { remember } from "./remember.ts";
import { foldOrder, foldRefund } from "./order.ts";
import { bound, PROFILE_LIMITS, SESSION_GAP_MS, type Profile, type TouchKind } from "./profile.ts";
import { foldExposure, foldSlotClick } from "./exposure.ts";

/** What the shell knows about where the events come from. */
export type Origin = {
  /** @example "snippet", "segment", "server" */
  readonly source: string;
  readonly now: EpochMs;
  readonly policyVersion: string;
  readonly grantDays: number;
};

/** Purposes any one of which lets a behavioural event be kept. */
const BEHAVIOUR: readonly Purpose[] = ["personalization", "analytics"];

/** Purposes of which one must be granted before an event may touch anything; empty: none is needed. */
export function purposesFor(event: ResolvedEvent, source: string): readonly Purpose[] {
  if (event.type === "consent_updated") return [];
  const isOrder =
    event.type === "order_completed" || event.type === "order_refunded" || event.type === "order_cancelled";
  return isOrder && source === "server" ? [] : BEHAVIOUR;
}

/**
 * Folds one event into the profile and says what follows from it. Mutates the profile it is given; the caller loads a
 * fresh one from its row when the transaction fails.
 */
export function fold(profile: Profile, event: ResolvedEvent, origin: Origin, effects: Effects): void {
  if (event.type === "consent_updated") {
    profile.consent = recordConsent(profile.consent, event.consent, {
      at: event.at,
      source: origin.source,
      policyVersion: event.policyVersion ?? origin.policyVersion,
      days: origin.grantDays,
    });
    return;
  }
  countVisit(profile, event, origin, effects);
  const mayLearn = permits(profile.consent, "analytics", origin.now);
  const mayRemember = permits(profile.consent, "personalization", origin.now);
  const touch = (item: ItemId, kind: TouchKind) => {
    if (mayRemember) remember(profile, item, kind, event.at);
    if (mayLearn)
      effects.facts.push({
        who: profile.label,
        session: profile.session.number,
        at: event.at,
        kind,
        items: [item],
      });
  };

  switch (event.type) {
    case "product_viewed":
      return touch(event.item, "view");
    case "product_clicked":
      return touch(event.item, "click");
    case "product_added":
      if (mayRemember) changeCart(profile, event.item, event.quantity, event.at);
      return touch(event.item, "cart");
    case "product_removed":
      if (mayRemember)
        changeCart(profile, event.item, -(event.quantity ?? Number.MAX_SAFE_INTEGER), event.at);
      return;
    case "cart_updated":
      if (mayRemember) replaceCart(profile, event.lines, event.at);
      return;
    case "cart_viewed":
    case "checkout_started":
      if (mayRemember && event.lines) replaceCart(profile, event.lines, event.at);
      return;
    case "order_completed":
      return foldOrder(profile, event, { mayLearn, mayRemember }, effects);
    case "order_refunded":
    case "order_cancelled":
      return foldRefund(profile, event, { mayLearn, mayRemember }, effects);
    case "slot_seen":
      return foldExposure(profile, event, mayLearn, effects);
    case "slot_clicked":
      foldSlotClick(event, mayLearn, effects);
      return touch(event.item, "click");
    case "feedback_given":
      if (!mayRemember) return;
      if (event.feedback === "undo") profile.feedback.delete(event.item);
      else profile.feedback.set(event.item, { kind: event.feedback, at: event.at });
      return bound(profile.feedback, PROFILE_LIMITS.feedback);
    case "traits_updated":
      if (mayRemember) foldTraits(profile, event, origin.source);
      return;
    default:
      return; // Kept in the log and counted as a visit; nothing else follows from it.
  }
}

/** Starts a new session after a pause, and counts customers and events of the day. */
function countVisit(profile: Profile, event: ResolvedEvent, origin: Origin, effects: Effects): void {
  const { session } = profile;
  if (event.at > session.lastAt + SESSION_GAP_MS || session.number === 0) {
    profile.session = { number: session.number + 1, startedAt: event.at, lastAt: event.at };
    if (session.number === 0)
      effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: 1 });
  } else if (event.at > session.lastAt) {
    session.lastAt = event.at;
  }
  profile.lastAt = Math.max(profile.lastAt, event.at);
  if (permits(profile.consent, "analytics", origin.now)) {
    effects.deltas.push({
      family: "daily",
      name: dayOf(event.at),
      part: event.type,
      metric: "events",
      by: 1,
    });
  }
}

function changeCart(profile: Profile, item: ItemId, by: number, at: EpochMs): void {
  if (at < profile.cartAt) return; // A whole-cart event that happened later already told the truth.
  const quantity = (profile.cart.get(item)?.quantity ?? 0) + by;
  if (quantity > 0) profile.cart.set(item, { quantity, at });
  else profile.cart.delete(item);
  bound(profile.cart, PROFILE_LIMITS.cart);
}

function replaceCart(profile: Profile, lines: readonly ResolvedLine[], at: EpochMs): void {
  if (at < profile.cartAt) return;
  profile.cartAt = at;
  profile.cart.clear();
  for (const line of lines)
    if (line.quantity > 0) profile.cart.set(line.item, { quantity: line.quantity, at });
  bound(profile.cart, PROFILE_LIMITS.cart);
}

/** Stated facts: the later statement wins, `null` withdraws. */
function foldTraits(
  profile: Profile,
  event: ResolvedEvent & { type: "traits_updated" },
  source: string,
): void {
  for (const [name, value] of Object.entries(event.traits)) {
    const known = profile.traits.get(name);
    if (known && known.at > event.at) continue;
    if (value === null) profile.traits.delete(name);
    else profile.traits.set(name, { value, at: event.at, source });
  }
  bound(profile.traits, PROFILE_LIMITS.traits);
}
