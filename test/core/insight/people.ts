import { CARD_ANALYTICS, CARD_MARKETING, type Card } from "../../../src/core/card/card.ts";
import type { Accumulator, Worth } from "../../../src/core/insight/accumulator.ts";
import { monthOfDay } from "../../../src/core/insight/month-of-day.ts";
import type { Purchases } from "../../../src/core/value/purchases.ts";
import { readShared } from "../../support/shared.ts";

export const TODAY = 20_000;

export const bought = (over: Partial<Purchases> = {}): Purchases => ({
  currency: "EUR",
  firstDay: TODAY - 200,
  lastDay: TODAY - 200,
  repeats: 0,
  firstMinor: 1000,
  repeatMinor: 0,
  orders: 1,
  refundedMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  inStoreMinor: 0,
  leftOut: 0,
  ...over,
});

export const visitor = (over: Partial<Card> = {}): Card => ({
  bornDay: TODAY - 200,
  may: CARD_ANALYTICS | CARD_MARKETING,
  isKnown: false,
  segments: [],
  lastDay: TODAY - 10,
  ...over,
});

export const customer = (over: Partial<Card> = {}, purchases: Partial<Purchases> = {}): Card =>
  visitor({ isKnown: true, purchases: bought(purchases), ...over });

export const times = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));

/** A worth that is easy to follow: the revenue so far once more, with a variance of 100 minor units squared. */
export const simpleScore = ({ firstMinor, repeatMinor, repeats }: Purchases): Worth => ({
  clvMinor: firstMinor + repeatMinor,
  clvVariance: 100,
  expectedOrders: repeats,
});

export function gather<T>(
  cards: Iterable<Card>,
  accumulator: Accumulator<T>,
  score: (purchases: Purchases) => Worth | undefined = simpleScore,
): T {
  for (const card of cards) accumulator.add(card, card.purchases && score(card.purchases));
  return accumulator.finish();
}

/** Customers of CDNOW's tenth, as the ledger would know them; `undefined` where the data are not here. */
export function cdnowCards(): Card[] | undefined {
  const text = readShared("data/cdnow/CDNOW_sample.txt");
  if (text === undefined) return undefined;
  const byCustomer = new Map<string, Map<number, number>>();
  for (const line of text.split("\n")) {
    const [id, , date, , value] = line.trim().split(/\s+/);
    if (id === undefined || date === undefined || value === undefined) continue;
    const day = Date.UTC(+date.slice(0, 4), +date.slice(4, 6) - 1, +date.slice(6)) / 86_400_000;
    const days = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, days.set(day, (days.get(day) ?? 0) + Math.round(+value * 100)));
  }
  return [...byCustomer.values()].map((unsorted) => {
    const days = [...unsorted].sort(([a], [b]) => a - b);
    const months = new Map<number, number>();
    for (const [day, minor] of days) months.set(monthOfDay(day), (months.get(monthOfDay(day)) ?? 0) + minor);
    const sum = days.reduce((total, [, minor]) => total + minor, 0);
    const [firstDay, firstMinor] = days[0]!;
    const lastDay = days.at(-1)![0];
    return customer(
      { lastDay, bornDay: firstDay, months: [...months] },
      {
        currency: "USD",
        firstDay,
        lastDay,
        repeats: days.length - 1,
        firstMinor,
        repeatMinor: sum - firstMinor,
        orders: days.length,
      },
    );
  });
}
