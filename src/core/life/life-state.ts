import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { DayNumber } from "./calendar-day.ts";

/** What somebody said about one kind of life event; of each kind the one word that counts (`outranks`). */
export type Told = {
  readonly kind: string;
  /** `yes`: it is so. `no`: it is not, and shall not be concluded again. `gone`: what was known is forgotten. */
  readonly says: "yes" | "no" | "gone";
  /** A calendar date, or month and day where it comes back every year. */
  readonly on?: string | undefined;
  readonly at: EpochMs;
  /** @example "customer", "server", "note" */
  readonly source: string;
  /** The customer said so themselves: nobody else's word replaces it. */
  readonly isOwnWord: boolean;
};

/** One act that speaks for a kind: on one day with one item. Doing it again that day adds nothing. */
export type Evidence = {
  readonly kind: string;
  readonly day: DayNumber;
  readonly event: string;
  readonly item: ItemId;
  /** Which product type, as a number of few (`drawerOf`): tells whether several acts are about the same thing. */
  readonly drawer: number;
  /** The weight of its sign when it was taken in. */
  readonly weight: number;
};

/** What is known of a customer's life events: plain JSON, the same whatever the order in which it came. */
export type LifeState = { readonly told: readonly Told[]; readonly evidence: readonly Evidence[] };

export const newLife = (): LifeState => ({ told: [], evidence: [] });

/** Nothing that was concluded, or could be, is left. What was told stays. */
export const forgetInferred = (state: LifeState): LifeState =>
  state.evidence.length === 0 ? state : { told: state.told, evidence: [] };

/**
 * What stays of life events when the customer withdraws the purpose: only their own "not me", which protects them and
 * says nothing about what is.
 */
export const forgetLife = (state: LifeState): LifeState => ({
  told: state.told.filter(({ says, isOwnWord }) => isOwnWord && says === "no"),
  evidence: [],
});

/** Without what was concluded from one item: the customer hid it, gave it away or sent it back. */
export const withoutItem = (state: LifeState, item: ItemId): LifeState => ({
  told: state.told,
  evidence: state.evidence.filter((one) => one.item !== item),
});
