import type { Money } from "../primitives/money.ts";
import type { Purchases } from "../value/purchases.ts";
import { entryOf, isCustomer, sourceOf, type Accumulator, type Scorer } from "./accumulator.ts";
import { poissonInterval } from "./poisson-interval.ts";
import { PEOPLE_MIN, WITHHELD, type Withheld } from "./withhold.ts";

/** What it costs to win one customer, in minor units of the currency meant: by how they came, or for all others alike. */
export type AcquisitionCosts = {
  readonly currency: string;
  readonly eachMinor?: number | undefined;
  readonly bySource?: Readonly<Record<string, number>> | undefined;
};

export type ClienteleOptions = {
  /** UTC day number of today. */
  readonly today: number;
  readonly horizonDays: number;
  /** Values a customer as of today. */
  readonly scorer: Scorer;
  /** What the shop keeps of a unit of revenue; 1 unless known. */
  readonly marginShare?: number | undefined;
  readonly costs?: AcquisitionCosts | undefined;
  readonly level?: number | undefined;
};

/** What those are worth who are not customers yet, if new ones keep coming as they did. */
export type Clientele = {
  /** Whole days whose first orders were counted, and how many there were. */
  readonly days: number;
  readonly newCustomers: number;
  readonly horizonDays: number;
  /** New customers expected within the horizon; the interval is that of a Poisson count. */
  readonly expected: { readonly customers: number; readonly low: number; readonly high: number };
  /** Per new customer: what the first order leaves, and the expected value of all that follows it. */
  readonly firstOrder: Money;
  readonly later: Money | null;
  /** Mean cost of winning one; `null`: not known. */
  readonly cost: Money | null;
  /** Expected customers × (first order + later − cost); `null` where a part of it is not known. */
  readonly value: Money | null;
  readonly sentence: string;
};

/** Days whose first orders tell how many come. */
const WINDOW_DAYS = 90;

type Recent = {
  customers: number;
  firstMinor: number;
  sample: Purchases;
  readonly sources: Map<string, number>;
};

/** Potential clientele by currency. Counts the last 90 whole days, or those since the shop's first order. */
export function gatherClientele(
  options: ClienteleOptions,
): Accumulator<ReadonlyMap<string, Clientele | Withheld>> {
  const { today } = options;
  const recent = new Map<string, Recent>();
  let firstEver = today;
  return {
    add(card) {
      if (!isCustomer(card)) return;
      const { purchases } = card;
      firstEver = Math.min(firstEver, purchases.firstDay);
      if (purchases.firstDay >= today || purchases.firstDay < today - WINDOW_DAYS) return;
      const found = entryOf(recent, purchases.currency, () => ({
        customers: 0,
        firstMinor: 0,
        sample: purchases,
        sources: new Map<string, number>(),
      }));
      found.customers++;
      found.firstMinor += purchases.firstMinor;
      found.sources.set(sourceOf(card), (found.sources.get(sourceOf(card)) ?? 0) + 1);
    },
    finish() {
      const days = Math.min(WINDOW_DAYS, today - firstEver);
      return new Map(
        [...recent].map(([currency, found]) => [
          currency,
          found.customers < PEOPLE_MIN ? WITHHELD : clienteleOf(found, currency, days, options),
        ]),
      );
    },
  };
}

function clienteleOf(found: Recent, currency: string, days: number, options: ClienteleOptions): Clientele {
  const { horizonDays, marginShare = 1, level = 0.95, today } = options;
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  const { customers } = found;
  const firstMinor = found.firstMinor / customers;
  const { low, high } = poissonInterval(customers, level);
  const times = horizonDays / days;
  const later = options.scorer(newcomer(found.sample, firstMinor, today)).clvMinor;
  const cost = meanCost(found, currency, options.costs);
  const expected = customers * times;
  const kept = firstMinor * marginShare;
  const missing =
    cost === undefined ? "what winning a customer costs" : later === null ? "what follows a first order" : "";
  return {
    days,
    newCustomers: customers,
    horizonDays,
    expected: { customers: expected, low: low * times, high: high * times },
    firstOrder: money(kept),
    later: later === null ? null : money(later),
    cost: cost === undefined ? null : money(cost),
    value: cost === undefined || later === null ? null : money(expected * (kept + later - cost)),
    sentence:
      missing === ""
        ? `About ${Math.round(expected)} new customers are to be expected within ${horizonDays} days, if they keep coming as in the last ${days}.`
        : `About ${Math.round(expected)} new customers are to be expected within ${horizonDays} days; what they are worth cannot be told, because ${missing} is not known.`,
  };
}

/** A customer on the day of an average first order. */
const newcomer = (sample: Purchases, firstMinor: number, today: number): Purchases => ({
  ...sample,
  firstDay: today,
  lastDay: today,
  repeats: 0,
  firstMinor,
  repeatMinor: 0,
  orders: 1,
  refundedMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
  leftOut: 0,
});

function meanCost(found: Recent, currency: string, costs: AcquisitionCosts | undefined): number | undefined {
  if (costs?.currency !== currency) return undefined;
  let sum = 0;
  for (const [source, customers] of found.sources) {
    const each =
      (Object.hasOwn(costs.bySource ?? {}, source) ? costs.bySource![source] : undefined) ?? costs.eachMinor;
    if (each === undefined) return undefined;
    sum += customers * each;
  }
  return sum / found.customers;
}
