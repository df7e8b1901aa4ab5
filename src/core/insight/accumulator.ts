import type { Card } from "../card/card.ts";
import type { Purchases } from "../value/purchases.ts";

/** What a customer is worth from now on, by the site's model; `null` where there is no model for their currency yet. */
export type Worth = {
  /** Expected margin within the horizon, discounted, in minor units of the customer's currency. */
  readonly clvMinor: number | null;
  /** Variance of what the customer will in fact bring, in squared minor units. */
  readonly clvVariance?: number | undefined;
  readonly expectedOrders: number | null;
};

/** Values a customer at the moment for which it was made. */
export type Scorer = (purchases: Purchases) => Worth;

/**
 * Goes over all cards of a site in any order, as many at a time as its holder likes, and tells what it found at the end.
 * `worth` is that of the card's purchases; `undefined` for somebody who has not bought.
 */
export type Accumulator<Told> = {
  readonly add: (card: Card, worth: Worth | undefined) => void;
  readonly finish: () => Told;
};

/** A person with at least one order that stands: a customer in every count of this room. */
export type Customer = Card & { readonly purchases: Purchases };

/** Whether somebody has bought, in a currency that can be told. */
export const isCustomer = (card: Card): card is Customer => (card.purchases?.orders ?? 0) > 0;

/** What a customer brought so far, net of returns, in minor units. */
export const netOf = ({ firstMinor, repeatMinor }: Purchases): number => firstMinor + repeatMinor;

/** How a customer came, for a table: without analytics nobody knows. */
export const sourceOf = (card: Card): string => card.source ?? "unknown";

/** The entry of a map, made where there is none. */
export function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
