import type { ConsentRecord } from "../consent/consent.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";

/** What a customer did with an item, in rising order of meaning. */
export type TouchKind = "view" | "click" | "cart" | "buy";
export type Touch = { readonly item: ItemId; readonly kind: TouchKind; readonly at: EpochMs };

export type Trait = {
  readonly value: string | number | boolean;
  readonly at: EpochMs;
  readonly source: string;
};
export type Owned = { readonly at: EpochMs; readonly quantity: number; readonly orderId: string };
export type Feedback = { readonly kind: "not_this" | "own_it" | "less_like_this"; readonly at: EpochMs };
export type Seen = { readonly times: number; readonly at: EpochMs };

/** This customer's own total in one experiment, so that the ledger only ever receives differences. */
export type Tally = {
  readonly variation: string;
  /** First exposure, and how long after it an order still counts. */
  readonly at: EpochMs;
  readonly windowMs: number;
  readonly orders: number;
  readonly revenueMinor: number;
};

export type Order = {
  readonly at: EpochMs;
  readonly revenueMinor: number;
  readonly currency: string;
  readonly lines: readonly (readonly [item: ItemId, quantity: number])[];
  readonly refundedMinor: number;
};

/** Everything remembered about one customer, folded from events. The named state of a CustomerObject. */
export type Profile = {
  /** Random names for this person in the model's log; not derived from any id. */
  readonly label: string;
  readonly bornAt: EpochMs;
  lastAt: EpochMs;
  /** Next sequence of the log and of the outbox. */
  nextSeq: number;
  consent: ConsentRecord;
  session: { number: number; startedAt: EpochMs; lastAt: EpochMs };
  traits: Map<string, Trait>;
  /** Newest last. */
  recent: Touch[];
  cart: Map<ItemId, { readonly quantity: number; readonly at: EpochMs }>;
  cartAt: EpochMs;
  owned: Map<ItemId, Owned>;
  feedback: Map<ItemId, Feedback>;
  seen: Map<ItemId, Seen>;
  orders: Map<string, Order>;
  tallies: Map<string, Tally>;
  /** Decision tokens already spent, by decision, slot and act, until they expire. */
  spent: Map<string, EpochMs>;
};

/** A session ends after half an hour without an event. */
export const SESSION_GAP_MS = 30 * 60_000;

/** Bounds of the hot state, in entries: about 16 KB in all. */
export const PROFILE_LIMITS = {
  recent: 50,
  cart: 100,
  owned: 300,
  feedback: 200,
  seen: 200,
  orders: 200,
  tallies: 100,
  spent: 200,
  traits: 64,
} as const;

export function newProfile(label: string, now: EpochMs): Profile {
  return {
    label,
    bornAt: now,
    lastAt: now,
    nextSeq: 1,
    consent: {},
    session: { number: 0, startedAt: 0, lastAt: 0 },
    traits: new Map(),
    recent: [],
    cart: new Map(),
    cartAt: 0,
    owned: new Map(),
    feedback: new Map(),
    seen: new Map(),
    orders: new Map(),
    tallies: new Map(),
    spent: new Map(),
  };
}

const MAPS = ["traits", "cart", "owned", "feedback", "seen", "orders", "tallies", "spent"] as const;

/** The profile as one JSON text; maps become arrays of entries, so no public id is ever an object key. */
export function encodeProfile(profile: Profile): string {
  const plain: Record<string, unknown> = { v: 1, ...profile };
  for (const name of MAPS) plain[name] = [...profile[name]];
  return JSON.stringify(plain);
}

export function decodeProfile(text: string): Profile {
  const { v: _version, ...plain } = JSON.parse(text) as Record<string, unknown>;
  for (const name of MAPS) plain[name] = new Map(plain[name] as [string, unknown][]);
  return plain as unknown as Profile;
}

/** Drops the entries that came first until a map fits. */
export function bound<K, V>(map: Map<K, V>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
