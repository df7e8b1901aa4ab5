import { permits, PURPOSES, type Purpose } from "../consent/consent.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Feedback, Owned, Profile, Seen, Touch, Trait } from "./profile.ts";

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
  readonly orders: { readonly count: number; readonly revenueMinor: number; readonly lastAt: EpochMs };
};

/** The view at a moment, or `undefined` where personalization is not permitted: then there is nothing to see. */
export function viewOf(profile: Profile, now: EpochMs): View | undefined {
  if (!permits(profile.consent, "personalization", now)) return undefined;
  let revenueMinor = 0;
  let lastAt = 0;
  for (const order of profile.orders.values()) {
    revenueMinor += order.revenueMinor - order.refundedMinor;
    if (order.at > lastAt) lastAt = order.at;
  }
  return {
    permitted: PURPOSES.filter((purpose) => permits(profile.consent, purpose, now)),
    bornAt: profile.bornAt,
    sessions: profile.session.number,
    sessionStartedAt: profile.session.startedAt,
    recent: profile.recent,
    cart: profile.cart,
    owned: profile.owned,
    feedback: profile.feedback,
    seen: profile.seen,
    traits: profile.traits,
    orders: { count: profile.orders.size, revenueMinor, lastAt },
  };
}

const MAPS = ["cart", "owned", "feedback", "seen", "traits"] as const;

/** The view as one JSON text: cheaper to hand from object to isolate than a structured clone, and kept until it changes. */
export function encodeView(view: View): string {
  const plain: Record<string, unknown> = { ...view };
  for (const name of MAPS) plain[name] = [...view[name]];
  return JSON.stringify(plain);
}

export function decodeView(text: string): View {
  const plain = JSON.parse(text) as Record<string, unknown>;
  for (const name of MAPS) plain[name] = new Map(plain[name] as [string, unknown][]);
  return plain as unknown as View;
}
