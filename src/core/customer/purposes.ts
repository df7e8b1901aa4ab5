import { permits, type ConsentRecord, type ConsentStatement, type Purpose } from "../consent/consent.ts";
import type { ResolvedEvent } from "../event/resolved.ts";
import { isOrderEvent } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import { MAY_LEARN, MAY_LIFE, MAY_NOTE, MAY_REMEMBER } from "../profile/logged.ts";

/** Purposes any one of which lets a behavioural event be kept. */
const BEHAVIOUR: readonly Purpose[] = ["personalization", "analytics"];

/** Purposes of which one must be granted before an event may touch anything; empty: none is needed. */
export function purposesFor(event: ResolvedEvent, isTrusted: boolean): readonly Purpose[] {
  if (event.type === "consent_updated") return [];
  if (event.type === "note_added") return ["clienteling"];
  if (event.type === "life_event_told") return ["life_events"];
  return isOrderEvent(event) && isTrusted ? [] : BEHAVIOUR;
}

/** What the grants allow to be done with an event that is taken in now. */
export function mayOf(consent: ConsentRecord, now: EpochMs): number {
  return (
    (permits(consent, "analytics", now) ? MAY_LEARN : 0) |
    (permits(consent, "personalization", now) ? MAY_REMEMBER : 0) |
    (permits(consent, "clienteling", now) ? MAY_NOTE : 0) |
    (permits(consent, "life_events", now) ? MAY_LIFE : 0)
  );
}

/** What purposes that were expressly denied leave to be done: unknown is not a denial. */
export const undeniedMay = (consent: ConsentRecord): number =>
  (consent.analytics?.granted === false ? 0 : MAY_LEARN) |
  (consent.personalization?.granted === false ? 0 : MAY_REMEMBER) |
  (consent.clienteling?.granted === false ? 0 : MAY_NOTE) |
  (consent.life_events?.granted === false ? 0 : MAY_LIFE);

/** The denials of a statement. */
export const denialsOf = (statement: ConsentStatement): ConsentStatement =>
  Object.fromEntries(Object.entries(statement).filter(([, granted]) => granted === false));

/** Purposes that an event would have served, had they been granted. */
export const withheldOf = (may: number): Purpose[] => [
  ...((may & MAY_LEARN) === 0 ? (["analytics"] as const) : []),
  ...((may & MAY_REMEMBER) === 0 ? (["personalization"] as const) : []),
];

/** Purposes that were granted before and are not any more. */
export function withdrawnBetween(before: ConsentRecord, after: ConsentRecord, now: EpochMs): Purpose[] {
  return (Object.keys(before) as Purpose[]).filter(
    (purpose) => permits(before, purpose, now) && !permits(after, purpose, now),
  );
}
