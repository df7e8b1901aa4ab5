import type { ResolvedEvent } from "../../../src/core/event/resolved.ts";
import type { Effects } from "../../../src/core/profile/effects.ts";
import { fold, type Origin } from "../../../src/core/profile/fold.ts";
import { newProfile, type Profile } from "../../../src/core/profile/profile.ts";

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;
export const ORIGIN: Origin = { source: "snippet", now: NOW, policyVersion: "1", grantDays: 180 };

let next = 0;

/** An event as it enters an object; the test says what it is about. */
export function happened<T extends ResolvedEvent["type"]>(
  type: T,
  fields: { readonly at?: number; readonly [field: string]: unknown },
): Extract<ResolvedEvent, { type: T }> {
  return { id: `e${next++}`, digest: 0, at: NOW, type, ...fields } as unknown as Extract<
    ResolvedEvent,
    { type: T }
  >;
}

export const GRANTED = happened("consent_updated", {
  at: NOW - 400 * DAY,
  consent: { personalization: true, analytics: true },
});

/** Given these events, the profile and everything that follows from them. */
export function given(...events: readonly ResolvedEvent[]): { profile: Profile } & Effects {
  const profile = newProfile("label", NOW - 500 * DAY);
  const effects: Effects = { facts: [], deltas: [] };
  const origin = { ...ORIGIN, grantDays: 700 };
  for (const event of [GRANTED, ...events]) fold(profile, event, origin, effects);
  return { profile, ...effects };
}
