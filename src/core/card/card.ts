import type { Purpose } from "../consent/consent.ts";
import type { Purchases } from "../value/purchases.ts";

/** Purposes that a card remembers as granted: bits. */
export const CARD_ANALYTICS = 1;
export const CARD_MARKETING = 2;
export const CARD_PERSONALIZATION = 4;
export const CARD_CLIENTELING = 8;
export const CARD_LIFE_EVENTS = 16;

/** The bit of each purpose that a person can grant. The purchase itself needs none. */
export const CARD_BITS = {
  analytics: CARD_ANALYTICS,
  personalization: CARD_PERSONALIZATION,
  marketing: CARD_MARKETING,
  clienteling: CARD_CLIENTELING,
  life_events: CARD_LIFE_EVENTS,
} as const satisfies Record<Exclude<Purpose, "transaction">, number>;

/** Visits by how far they came, each counted at every stage it reached: visits, product seen, cart, checkout, order. */
export type Funnel = readonly [
  visits: number,
  product: number,
  cart: number,
  checkout: number,
  order: number,
];

/**
 * What the site's ledger knows of one customer: enough to value, count and segment, nothing that names them. Sent anew as
 * a whole whenever it changed; the latest one stands. Without analytics there are only purchases, for the sum.
 */
export type Card = {
  /** UTC day number of when the person was first met. */
  readonly bornDay: number;
  readonly may: number;
  /** Whether the shop knows them by an id of its own. */
  readonly isKnown: boolean;
  readonly purchases?: Purchases | undefined;
  /** Net minor units by month (months since 1970-01) with orders, ascending. */
  readonly months?: readonly (readonly [month: number, minor: number])[] | undefined;
  /** Net minor units by UTC day with orders, ascending; the latest 64. */
  readonly days?: readonly (readonly [day: number, minor: number])[] | undefined;
  /** Ids of the segments they are in now, sorted. */
  readonly segments: readonly string[];
  /** Audiences of ad platforms that were told of them. @example ["google loyal"] */
  readonly told?: readonly string[] | undefined;
  /** How they first came: "direct", "search", "social", "mail", "store", or the host of a page. */
  readonly source?: string | undefined;
  /** Whether the site's holdout keeps them from being personalized; absent: not in it, or never seen. */
  readonly arm?: "personalized" | "held_out" | undefined;
  /** Product types they care about most (first two steps of the path), with their share, best first; at most 6. Never sensitive ones. */
  readonly types?: readonly (readonly [type: string, share: number])[] | undefined;
  /** Product types looked at in the 30 days before their first order; at most 6. */
  readonly before?: readonly string[] | undefined;
  /** The kinds of pages of the visit that led to the latest order. @example ["search", "product", "cart", "order"] */
  readonly path?: readonly string[] | undefined;
  readonly funnel?: Funnel | undefined;
  /** UTC day number of the last act. */
  readonly lastDay: number;
};
