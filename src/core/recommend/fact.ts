import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";

/**
 * How far an act can be believed: the shop's own system says it; a page does, for somebody who signed in or whose purchase
 * the shop confirmed; or a page does, for anybody.
 */
export type Trust = "shop" | "person" | "page";

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
  /** Absent: the shop's own. */
  readonly trust?: Exclude<Trust, "shop"> | undefined;
  /**
   * Label of the network a page was in, made of it, the day and the site's secret: the same for everybody there on that
   * day, and nothing else to anybody. 32 bits, not 0; absent where the address is unknown or does not matter.
   */
  readonly network?: number | undefined;
};

/** A fact as a customer's object hands it out, without its label: the receiver knows whose shipment it lies in. */
export type ActFact = Omit<Fact, "who">;
