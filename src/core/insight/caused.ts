import type { Money } from "../primitives/money.ts";
import type { Moments } from "../stats/moments.ts";
import { welch } from "../stats/welch.ts";
import { entryOf, isCustomer, netOf, type Accumulator } from "./accumulator.ts";

/** What personalization changed in what people are worth, by the site's holdout. */
export type Caused =
  | {
      readonly isKnown: true;
      /** Everybody in the arm, also who bought nothing: whether somebody buys at all is part of the effect. */
      readonly personalized: number;
      readonly heldOut: number;
      /** Revenue so far and expected value together, per person: personalized less held out. */
      readonly perPerson: Money;
      readonly low: Money;
      readonly high: Money;
      /** The same for all who are personalized. */
      readonly total: { readonly value: Money; readonly low: Money; readonly high: Money };
      readonly p: number;
      readonly sentence: string;
    }
  | { readonly isKnown: false; readonly sentence: string };

export type CausedOptions = {
  /** What the shop keeps of a unit of revenue; 1 unless known. Expected values are in margin already. */
  readonly marginShare?: number | undefined;
  readonly level?: number | undefined;
};

/** As for experiments: with fewer a mean per person is not about normal. */
const PEOPLE_NEEDED = 100;
const BUYERS_NEEDED = 50;

type Arm = {
  people: number;
  readonly byCurrency: Map<string, { buyers: number; sum: number; sumSquares: number }>;
};
const newArm = (): Arm => ({ people: 0, byCurrency: new Map() });

/** The effect of personalization on what people are worth, by currency. An interval for one look, not for every day's. */
export function gatherCaused(options: CausedOptions = {}): Accumulator<(currency: string) => Caused> {
  const { marginShare = 1, level = 0.95 } = options;
  const arms = { personalized: newArm(), held_out: newArm() };
  return {
    add(card, worth) {
      if (card.arm === undefined) return;
      const arm = arms[card.arm];
      arm.people++;
      if (!isCustomer(card)) return;
      const sums = entryOf(arm.byCurrency, card.purchases.currency, () => ({
        buyers: 0,
        sum: 0,
        sumSquares: 0,
      }));
      const value = marginShare * netOf(card.purchases) + (worth?.clvMinor ?? 0);
      sums.buyers++;
      sums.sum += value;
      sums.sumSquares += value * value;
    },
    finish: () => (currency) => causedOf(arms.personalized, arms.held_out, currency, level),
  };
}

function causedOf(personalized: Arm, heldOut: Arm, currency: string, level: number): Caused {
  const buyersOf = (arm: Arm) => arm.byCurrency.get(currency)?.buyers ?? 0;
  const momentsOf = ({ people: n, byCurrency }: Arm): Moments => {
    const { sum = 0, sumSquares = 0 } = byCurrency.get(currency) ?? {};
    return { n, sum, sumSquares };
  };
  const few = [personalized, heldOut].some(
    (arm) => arm.people < PEOPLE_NEEDED || buyersOf(arm) < BUYERS_NEEDED,
  );
  const test = few ? undefined : welch(momentsOf(heldOut), momentsOf(personalized), level);
  if (test === undefined)
    return {
      isKnown: false,
      sentence: `What personalization caused cannot be told yet: both the personalized and the held out need ${PEOPLE_NEEDED} people, ${BUYERS_NEEDED} of them with an order in ${currency}.`,
    };
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  const all = (minor: number): Money => money(minor * personalized.people);
  const { difference, low, high, p } = test;
  return {
    isKnown: true,
    personalized: personalized.people,
    heldOut: heldOut.people,
    perPerson: money(difference),
    low: money(low),
    high: money(high),
    total: { value: all(difference), low: all(low), high: all(high) },
    p,
    sentence:
      low > 0
        ? "Whoever is personalized is worth more than whoever is held out."
        : high < 0
          ? "Whoever is personalized is worth less than whoever is held out."
          : "Whether personalization changes what people are worth cannot be told yet.",
  };
}
