import { isCustomer, type Accumulator } from "./accumulator.ts";

/** What everybody is worth together, by currency: the plain sum that a day is closed with. */
export type Sums = Readonly<Record<string, { readonly minor: number; readonly customers: number }>>;

/** Adds up expected value. Who has no score counts as a customer and adds nothing. */
export function gatherSums(): Accumulator<Sums> {
  const sums: Record<string, { minor: number; customers: number }> = {};
  return {
    add(card, worth) {
      if (!isCustomer(card)) return;
      const sum = (sums[card.purchases.currency] ??= { minor: 0, customers: 0 });
      sum.customers++;
      sum.minor += worth?.clvMinor ?? 0;
    },
    finish: () => sums,
  };
}
