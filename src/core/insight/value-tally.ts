import { normalQuantile } from "../stats/normal.ts";
import type { Money } from "../primitives/money.ts";
import type { Purchases } from "../value/purchases.ts";
import { netOf, type Worth } from "./accumulator.ts";
import { mayTell, WITHHELD, type Withheld } from "./withhold.ts";

/** Sums over customers of one currency. */
export type ValueTally = {
  customers: number;
  scored: number;
  clvMinor: number;
  clvVariance: number;
  /** Scored customers whose variance is not known: with any, there is no interval. */
  withoutVariance: number;
  netMinor: number;
};

export const newValueTally = (): ValueTally => ({
  customers: 0,
  scored: 0,
  clvMinor: 0,
  clvVariance: 0,
  withoutVariance: 0,
  netMinor: 0,
});

/** Counts one more customer. */
export function addToTally(tally: ValueTally, purchases: Purchases, worth: Worth | undefined): void {
  tally.customers++;
  tally.netMinor += netOf(purchases);
  if (typeof worth?.clvMinor !== "number") return;
  tally.scored++;
  tally.clvMinor += worth.clvMinor;
  if (worth.clvVariance === undefined) tally.withoutVariance++;
  else tally.clvVariance += worth.clvVariance;
}

/** What some customers are worth together. */
export type ValueFigures = {
  readonly customers: number;
  /** Customers without a score; their value is not in the sum. */
  readonly unscored: number | Withheld;
  /** The sum of CLV over customers; `null` where nobody has a score. */
  readonly clv: Money | null;
  /** Where the sum of what these customers will in fact bring lies, at the level asked for. */
  readonly interval: { readonly low: Money; readonly high: Money } | null;
  /** What they brought so far, net of returns. */
  readonly revenue: Money;
};

export type Uncertainty = {
  /** Chance that the sum lies in its interval, in (0, 1). */
  readonly level: number;
  /** Standard error that the model's parameters bring into every sum, as a share of it; 0 where not known. */
  readonly relativeError: number;
};

/**
 * Figures of a tally. The interval takes customers for independent and their sum for normal, and adds the model's own
 * error, which all customers share; it never goes below 0.
 */
export function figuresOf(
  tally: ValueTally,
  currency: string,
  { level, relativeError }: Uncertainty,
): ValueFigures {
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  const { customers, scored, clvMinor, clvVariance, withoutVariance, netMinor } = tally;
  const unscored = customers - scored;
  const error = Math.sqrt(clvVariance + (relativeError * clvMinor) ** 2);
  const reach = -normalQuantile((1 - level) / 2) * error;
  // Who has a score depends on the model's currency, so hardly ever are a few without one among many.
  const isTold = unscored === 0 || mayTell(unscored, customers);
  return {
    customers,
    unscored: isTold ? unscored : WITHHELD,
    clv: scored > 0 ? money(clvMinor) : null,
    interval:
      scored > 0 && withoutVariance === 0
        ? { low: money(Math.max(0, clvMinor - reach)), high: money(clvMinor + reach) }
        : null,
    revenue: money(netMinor),
  };
}
