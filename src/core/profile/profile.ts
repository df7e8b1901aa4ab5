import type { Stake } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { newJourney, type Journey } from "./journey.ts";

/** What a customer did with an item, in rising order of meaning. */
export type TouchKind = "view" | "click" | "cart" | "buy";
export type Touch = { readonly item: ItemId; readonly kind: TouchKind; readonly at: EpochMs };

/** A stated fact and where it comes from. `null`: withdrawn. */
export type Trait = {
  readonly value: string | number | boolean | null;
  readonly at: EpochMs;
  readonly source: string;
  /** The customer said so themselves: nobody else's word replaces it. */
  readonly isOwnWord: boolean;
};
export type Owned = { readonly at: EpochMs; readonly quantity: number; readonly orderId: string };
export type Feedback = {
  readonly kind: "not_this" | "own_it" | "less_like_this" | "gift";
  readonly at: EpochMs;
};
export type Seen = { readonly times: number; readonly at: EpochMs };

/** The first exposure to an experiment: who is in, in which variation, and until when orders count. */
export type Exposure = {
  readonly variation: string;
  readonly at: EpochMs;
  readonly windowMs: number;
  readonly stake?: Stake | undefined;
  /** Clicks on what the experiment's slots showed, within the window. Absent: none. */
  readonly clicks?: number | undefined;
};

/** A customer's latest answer to a question. */
export type Answer = {
  readonly kind: "nps" | "rating" | "choice" | "reason_for_buying" | "text";
  readonly at: EpochMs;
  readonly score?: number | undefined;
  readonly max?: number | undefined;
  readonly choice?: string | undefined;
};

/**
 * What follows from a customer's events, and from nothing else: the same events in any order give the same profile.
 * Orders are entities of their own beside it.
 */
export type Profile = {
  lastAt: EpochMs;
  /** Id of the last event: with its moment the place up to which the profile is folded. */
  lastId: string;
  session: { number: number; startedAt: EpochMs; lastAt: EpochMs };
  traits: Map<string, Trait>;
  /** Newest last. */
  recent: Touch[];
  cart: Map<ItemId, { readonly quantity: number; readonly at: EpochMs }>;
  cartAt: EpochMs;
  feedback: Map<ItemId, Feedback>;
  seen: Map<ItemId, Seen>;
  exposures: Map<string, Exposure>;
  answers: Map<string, Answer>;
  journey: Journey;
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
  exposures: 1_200,
  traits: 64,
  answers: 64,
} as const;

export function newProfile(): Profile {
  return {
    lastAt: 0,
    lastId: "",
    session: { number: 0, startedAt: 0, lastAt: 0 },
    traits: new Map(),
    recent: [],
    cart: new Map(),
    cartAt: 0,
    feedback: new Map(),
    seen: new Map(),
    exposures: new Map(),
    answers: new Map(),
    journey: newJourney(),
  };
}

const MAPS = ["traits", "cart", "feedback", "seen", "exposures", "answers"] as const;

/** The profile as plain data; maps become arrays of entries, so no public id is ever an object key. */
export function plainProfile(profile: Profile): Record<string, unknown> {
  const plain: Record<string, unknown> = { ...profile };
  for (const name of MAPS) plain[name] = [...profile[name]];
  return plain;
}

export function readProfile(plain: Record<string, unknown>): Profile {
  // What an earlier form did not hold begins empty.
  const profile: Record<string, unknown> = { ...newProfile(), ...plain };
  for (const name of MAPS) profile[name] = new Map((plain[name] ?? []) as [string, unknown][]);
  return profile as unknown as Profile;
}

/** Drops the entries that stand first until a map fits. */
export function bound<K, V>(map: Map<K, V>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
