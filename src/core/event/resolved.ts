import type { ItemId } from "../primitives/ids.ts";
import type { Money } from "../primitives/money.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { ShopEvent } from "./event.ts";

export type ResolvedLine = {
  readonly item: ItemId;
  readonly quantity: number;
  readonly price?: Money | undefined;
};

/** What a decision token says, once its signature has been checked. */
export type DecisionClaim = {
  readonly site: string;
  /** Start of the object id the decision was made for; nobody else can spend it. */
  readonly subject: string;
  readonly expiresAt: EpochMs;
  readonly decisionId: string;
  readonly slot: string;
  readonly revision: number;
  /** Items shown, with the probability that the policy put each there. */
  readonly picks: readonly (readonly [item: ItemId, propensity: number])[];
  readonly assignments: readonly ClaimedAssignment[];
};

/** An assignment together with how long after the exposure an order counts for it, and what its analysis needs. */
export type ClaimedAssignment = readonly [
  experiment: string,
  variation: string,
  windowMs: number,
  stake?: Stake,
];

/** What has to be remembered of an assignment beside its variation. Only what differs from the ordinary is there. */
export type Stake = {
  /** Probability with which a bandit gave this variation. */
  readonly p?: number;
  /** Version of the bandit's shares by which it was given. */
  readonly v?: number;
  /** The bandit's context that the customer was in. */
  readonly leaf?: string;
  /** No customer counts with more than this, in minor units. */
  readonly cap?: number;
};

type Resolve<E> = E extends unknown
  ? {
      readonly [K in Exclude<keyof E, "at"> as K extends "token" ? "claim" : K]: K extends "item"
        ? ItemId
        : K extends "items"
          ? readonly ItemId[]
          : K extends "lines"
            ? readonly ResolvedLine[]
            : K extends "token"
              ? DecisionClaim
              : E[K];
    } & { readonly at: EpochMs }
  : never;

/**
 * An event as it enters an object: item references are catalog ids, the moment is set and clamped, tokens are verified
 * claims. `digest` tells another event with the same id from the same one sent again.
 */
export type ResolvedEvent = Resolve<ShopEvent> & {
  readonly digest: number;
  /** References that no catalog item answered to; the event is kept with the text as the item's id. */
  readonly unmatched?: readonly string[] | undefined;
  /** Of `flag_seen`: what it enters. */
  readonly assignment?: ClaimedAssignment | undefined;
  /** What the pieces of an order cost the shop, where the catalog states it of every one. The shop's own business. */
  readonly costMinor?: number | undefined;
};

/**
 * A 53-bit digest of a text (cyrb53 by bryc, public domain): tells apart, does not protect.
 * @example digestOf("a") === digestOf("a") // true
 */
export function digestOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
