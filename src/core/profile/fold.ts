import type { ClaimedAssignment, ResolvedEvent, ResolvedLine } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import { isOrderEvent } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import { foldJourney } from "./journey.ts";
import { MAY_LEARN, MAY_REMEMBER, type LoggedEvent, type Provenance } from "./logged.ts";
import { bound, PROFILE_LIMITS, SESSION_GAP_MS, type Profile, type TouchKind } from "./profile.ts";

/** What an event says a customer did with an item, if it does. Purchases are told by orders. */
export function touchOf(event: ResolvedEvent): readonly [item: ItemId, kind: TouchKind] | undefined {
  switch (event.type) {
    case "product_viewed":
      return [event.item, "view"];
    case "product_clicked":
    case "slot_clicked":
      return [event.item, "click"];
    case "product_added":
      return [event.item, "cart"];
    default:
      return undefined;
  }
}

/**
 * Folds one event into the profile, which must not have folded a later one (`comesBefore`): whoever has a late event folds
 * the whole log again. Mutates the profile it is given.
 */
export function fold(profile: Profile, event: LoggedEvent, from: Provenance): void {
  const mayRemember = (event.may & MAY_REMEMBER) !== 0;
  const visits = profile.session.number;
  countVisit(profile, event, from);
  profile.lastAt = event.at;
  profile.lastId = event.id;
  const touch = touchOf(event);
  if (touch && mayRemember) {
    profile.recent.push({ item: touch[0], kind: touch[1], at: event.at });
    if (profile.recent.length > PROFILE_LIMITS.recent) profile.recent.shift();
  }
  foldJourney(profile, event, from, profile.session.number !== visits);
  switch (event.type) {
    case "slot_seen":
      return foldExposure(profile, event, mayRemember);
    case "flag_seen":
      return event.assignment && enter(profile, event, [event.assignment]);
    case "slot_clicked":
      return foldClick(profile, event);
    case "survey_answered":
      if (!mayRemember) return;
      profile.answers.delete(`${event.survey}/${event.question}`);
      profile.answers.set(`${event.survey}/${event.question}`, {
        kind: event.kind,
        at: event.at,
        ...(event.score === undefined ? {} : { score: event.score }),
        ...(event.max === undefined ? {} : { max: event.max }),
        ...(event.choice === undefined ? {} : { choice: event.choice }),
      });
      return bound(profile.answers, PROFILE_LIMITS.answers);
    case "feedback_given":
      if (!mayRemember) return;
      profile.feedback.delete(event.item);
      if (event.feedback !== "undo") profile.feedback.set(event.item, { kind: event.feedback, at: event.at });
      return bound(profile.feedback, PROFILE_LIMITS.feedback);
    case "traits_updated":
      if (mayRemember) foldTraits(profile, event.traits, event.at, from.source);
      return;
    case "note_added":
      if (mayRemember && event.facts) foldTraits(profile, event.facts, event.at, "note");
      return;
    default:
      if (mayRemember) foldCart(profile, event);
  }
}

function foldCart(profile: Profile, event: LoggedEvent): void {
  switch (event.type) {
    case "product_added":
      return changeCart(profile, event.item, event.quantity, event.at);
    case "product_removed":
      return changeCart(profile, event.item, -(event.quantity ?? Number.MAX_SAFE_INTEGER), event.at);
    case "cart_updated":
      return replaceCart(profile, event.lines, event.at);
    case "cart_viewed":
    case "checkout_started":
      return event.lines && replaceCart(profile, event.lines, event.at);
    case "order_completed":
      for (const line of event.lines) profile.cart.delete(line.item);
      return;
    default:
      return; // Kept in the log and counted as a visit; nothing else follows from it.
  }
}

/** Visits are what happens on pages; what other systems report about somebody is no visit. */
function countVisit(profile: Profile, event: LoggedEvent, from: Provenance): void {
  const { session } = profile;
  if (from.isTrusted && (from.source !== "server" || isOrderEvent(event))) return;
  if (event.at > session.lastAt + SESSION_GAP_MS || session.number === 0)
    profile.session = { number: session.number + 1, startedAt: event.at, lastAt: event.at };
  else session.lastAt = event.at;
}

/**
 * A decision was seen: its picks count against frequency caps, and the customer enters the experiments that shaped it.
 */
function foldExposure(
  profile: Profile,
  event: LoggedEvent & { type: "slot_seen" },
  mayRemember: boolean,
): void {
  const { claim } = event;
  if (mayRemember) {
    for (const [item] of claim.picks) {
      const times = (profile.seen.get(item)?.times ?? 0) + 1;
      profile.seen.delete(item); // Re-inserted at the end: the bound drops what was seen longest ago.
      profile.seen.set(item, { times, at: event.at });
    }
    bound(profile.seen, PROFILE_LIMITS.seen);
  }
  enter(profile, event, claim.assignments);
}

/** Somebody already in an experiment stays in the variation of the first exposure. */
function enter(profile: Profile, event: LoggedEvent, assignments: readonly ClaimedAssignment[]): void {
  if ((event.may & MAY_LEARN) === 0) return;
  for (const [experiment, variation, windowMs, stake] of assignments) {
    if (profile.exposures.size >= PROFILE_LIMITS.exposures) return;
    if (!profile.exposures.has(experiment))
      profile.exposures.set(experiment, { variation, at: event.at, windowMs, ...(stake ? { stake } : {}) });
  }
}

/** A click counts for the experiments that shaped what was clicked, where the customer is in them already. */
function foldClick(profile: Profile, event: LoggedEvent & { type: "slot_clicked" }): void {
  if ((event.may & MAY_LEARN) === 0) return;
  for (const [experiment, variation] of event.claim.assignments) {
    const known = profile.exposures.get(experiment);
    if (known?.variation !== variation || event.at > known.at + known.windowMs) continue;
    profile.exposures.set(experiment, { ...known, clicks: (known.clicks ?? 0) + 1 });
  }
}

function changeCart(profile: Profile, item: ItemId, by: number, at: EpochMs): void {
  const quantity = (profile.cart.get(item)?.quantity ?? 0) + by;
  if (quantity > 0) profile.cart.set(item, { quantity, at });
  else profile.cart.delete(item);
  bound(profile.cart, PROFILE_LIMITS.cart);
}

function replaceCart(profile: Profile, lines: readonly ResolvedLine[], at: EpochMs): void {
  profile.cartAt = at;
  profile.cart.clear();
  for (const line of lines)
    if (line.quantity > 0) profile.cart.set(line.item, { quantity: line.quantity, at });
  bound(profile.cart, PROFILE_LIMITS.cart);
}

/** Stated facts: the later statement wins, `null` withdraws; the customer's own word stands until they change it. */
function foldTraits(
  profile: Profile,
  traits: Readonly<Record<string, string | number | boolean | null>>,
  at: EpochMs,
  source: string,
): void {
  const isOwnWord = source === "customer";
  for (const [name, value] of Object.entries(traits)) {
    if (profile.traits.get(name)?.isOwnWord && !isOwnWord) continue;
    profile.traits.delete(name);
    // Only the customer's own "none" has to be remembered: it keeps others from stating it again.
    if (value !== null || isOwnWord) profile.traits.set(name, { value, at, source, isOwnWord });
  }
  bound(profile.traits, PROFILE_LIMITS.traits);
}
