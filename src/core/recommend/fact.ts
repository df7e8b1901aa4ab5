import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";

/**
 * What the model learns from: one act of one person, as it leaves the customer's object. `who` is a label minted there
 * at random; nothing here leads back to a person.
 */
export type Fact = {
  readonly who: string;
  /** Number of the person's session; facts of one session are a visit. */
  readonly session: number;
  readonly at: EpochMs;
  readonly kind: "view" | "click" | "cart" | "buy";
  /** One item; for `buy` the whole basket, each item once. */
  readonly items: readonly ItemId[];
};

/** A fact as a customer's object hands it out, without its label: the receiver knows whose shipment it lies in. */
export type ActFact = Omit<Fact, "who">;
