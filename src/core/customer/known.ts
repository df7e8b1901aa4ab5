import { PURPOSES, permits, type Grant, type Purpose } from "../consent/consent.ts";
import { standingOf } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Place } from "./attention.ts";
import type { Whole } from "./customer.ts";
import type { LogRow } from "./log-row.ts";

/** What is known about somebody, with where it comes from: for them, and for whoever they let see it. */
export type KnownDocument = {
  readonly since: EpochMs;
  readonly isPaused: boolean;
  readonly consent: Readonly<Partial<Record<Purpose, Grant & { readonly holds: boolean }>>>;
  readonly traits: readonly {
    name: string;
    value: unknown;
    at: EpochMs;
    source: string;
    isOwnWord: boolean;
    isHidden: boolean;
  }[];
  readonly recent: readonly { item: string; kind: string; at: EpochMs }[];
  readonly cart: readonly { item: string; quantity: number }[];
  readonly feedback: readonly { item: string; kind: string; at: EpochMs }[];
  readonly answers: readonly {
    question: string;
    kind: string;
    at: EpochMs;
    score?: number | undefined;
    choice?: string | undefined;
  }[];
  readonly orders: readonly {
    orderId: string;
    at: EpochMs;
    minor: number;
    currency: string;
    refundedMinor: number;
    toldBy: "shop" | "page";
    channel?: string | undefined;
    lines: readonly (readonly [item: string, quantity: number])[];
  }[];
  readonly hidden: readonly string[];
  readonly experiments: readonly { experiment: string; variation: string; at: EpochMs }[];
  /** Decisions that were seen: which slot, what was shown, when. */
  readonly decisions: readonly {
    decisionId: string;
    slot: string;
    at: EpochMs;
    items: readonly string[];
    revision: number;
  }[];
  /** Groups of the shop that they are in. */
  readonly segments: readonly { id: string; since: EpochMs }[];
  /** What is known or supposed of their life, and how sure that is; 1: they told it. */
  readonly life: Readonly<Record<string, number>>;
  readonly place: Place | null;
  /** What triggers stated of them. */
  readonly concluded: readonly { name: string; value: unknown; at: EpochMs }[];
  readonly joined: readonly { at: EpochMs }[];
  readonly events: number;
  readonly conflicts: number;
};

const DECISIONS_MAX = 50;

/** Gathers what is known. Reads everything; asks nobody. */
export function knownOf(customer: Whole, rows: readonly LogRow[], now: EpochMs): KnownDocument {
  const { profile, consent, hidden } = customer;
  const seen = rows.flatMap((row) => row.events.filter((event) => event.type === "slot_seen"));
  return {
    since: customer.bornAt,
    isPaused: customer.isPaused,
    consent: Object.fromEntries(
      PURPOSES.flatMap((purpose) => {
        const grant = consent[purpose];
        return grant ? [[purpose, { ...grant, holds: permits(consent, purpose, now) }]] : [];
      }),
    ),
    traits: [...profile.traits].map(([name, trait]) => ({
      name,
      ...trait,
      isHidden: hidden.has(`trait:${name}`),
    })),
    recent: profile.recent,
    cart: [...profile.cart].map(([item, { quantity }]) => ({ item, quantity })),
    feedback: [...profile.feedback].map(([item, one]) => ({ item, ...one })),
    answers: [...profile.answers].map(([question, answer]) => ({ question, ...answer })),
    orders: [...customer.orders].flatMap(([orderId, order]) => {
      const one = standingOf(order);
      if (!one) return [];
      const { at, minor, currency, refundedMinor, lines, channel } = one;
      return [
        {
          orderId,
          at,
          minor,
          currency,
          refundedMinor,
          lines,
          channel,
          toldBy: one.isTrusted ? "shop" : "page",
        },
      ];
    }),
    hidden: [...hidden],
    experiments: [...profile.exposures].map(([experiment, { variation, at }]) => ({
      experiment,
      variation,
      at,
    })),
    decisions: seen.slice(-DECISIONS_MAX).map(({ claim, at }) => ({
      decisionId: claim.decisionId,
      slot: claim.slot,
      at,
      items: claim.picks.map(([item]) => item),
      revision: claim.revision,
    })),
    segments: customer.attention.segments.map(([id, since]) => ({ id, since })),
    life: permits(consent, "life_events", now) ? customer.attention.lifeNow : {},
    place: customer.attention.place ?? null,
    concluded: customer.attention.traits.map(([name, { value, at }]) => ({ name, value, at })),
    joined: customer.joined.map(({ at }) => ({ at })),
    events: rows.reduce((sum, row) => sum + row.events.length, 0),
    conflicts: customer.conflicts,
  };
}

/** One thing that happened, as somebody who talks to the customer may see it. */
export type TimelineEntry = {
  readonly at: EpochMs;
  readonly type: string;
  /** Who told us. */
  readonly source: string;
  /** The event's own fields: what was viewed, bought, answered, noted. */
  readonly what: Readonly<Record<string, unknown>>;
};

const INTERNAL = new Set(["id", "at", "type", "digest", "may", "claim", "unmatched", "costMinor"]);

/** What happened, newest first. Notes that have expired are not shown any more, and an author's own only to them. */
export function timelineOf(rows: readonly LogRow[], now: EpochMs): TimelineEntry[] {
  return rows
    .flatMap((row) => row.events.map((event) => ({ event, source: row.source })))
    .filter(
      ({ event }) =>
        event.type !== "note_added" ||
        (event.visibility !== "author" && (event.expiresAt === undefined || event.expiresAt > now)),
    )
    .sort((a, b) => b.event.at - a.event.at)
    .map(({ event, source }) => ({
      at: event.at,
      type: event.type,
      source,
      what: Object.fromEntries(
        Object.entries(event).filter(([name, value]) => !INTERNAL.has(name) && value !== undefined),
      ),
    }));
}
