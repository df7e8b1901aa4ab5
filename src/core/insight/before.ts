import { normalQuantile } from "../stats/normal.ts";
import { entryOf, isCustomer, type Accumulator } from "./accumulator.ts";
import type { Ranks } from "./ranks.ts";
import { mayTell, WITHHELD, type Withheld } from "./withhold.ts";

/** A product type that customers looked at before their first order. */
export type LookedAt = {
  readonly type: string;
  /** Shares of the best fifth and of all others who looked at it. */
  readonly bestShare: number;
  readonly othersShare: number;
  /** The first share by the second, with an interval that is wide enough for all types told together. */
  readonly lift: number;
  readonly low: number;
  readonly high: number;
  readonly finding: "more" | "less" | "unclear";
};

export type Before =
  | {
      /** Customers of whom it is known what they looked at. */
      readonly best: number;
      readonly others: number;
      /** Those that the best look at more come first. */
      readonly types: readonly LookedAt[];
      /** Types that too few looked at. */
      readonly typesWithheld: number;
    }
  | Withheld;

const BEST_SHARE = 0.2;
const TYPES_MAX = 50;

/**
 * What customers who turned out to be worth much looked at in the 30 days before their first order, against the others.
 * A type that goes with worth need not cause it.
 * @param ranks from a first pass over the same cards
 */
export function gatherBefore(ranks: Ranks, level = 0.95): Accumulator<Before> {
  const people = { best: 0, others: 0 };
  const types = new Map<string, { best: number; others: number }>();
  return {
    add(card, worth) {
      if (!isCustomer(card) || card.before === undefined) return;
      const group = ranks.isBest(card.purchases, worth, BEST_SHARE) ? "best" : "others";
      people[group]++;
      for (const type of new Set(card.before)) entryOf(types, type, () => ({ best: 0, others: 0 }))[group]++;
    },
    finish() {
      if (!mayTell(people.best) || !mayTell(people.others)) return WITHHELD;
      const told = [...types]
        .filter(([, { best, others }]) => mayTell(best, people.best) && mayTell(others, people.others))
        .sort(([a, x], [b, y]) => y.best + y.others - x.best - x.others || (a < b ? -1 : 1))
        .slice(0, TYPES_MAX);
      const z = -normalQuantile((1 - level) / 2 / Math.max(1, told.length));
      return {
        ...people,
        types: told
          .map(([type, counts]) => lookedAt(type, counts, people, z))
          .sort((a, b) => b.lift - a.lift || (a.type < b.type ? -1 : 1)),
        typesWithheld: types.size - told.length,
      };
    },
  };
}

type Pair = { readonly best: number; readonly others: number };

/** A ratio of two shares, its logarithm about normal (Katz, Baptista, Azen and Pike 1978). */
function lookedAt(type: string, { best, others }: Pair, people: Pair, z: number): LookedAt {
  const [bestShare, othersShare] = [best / people.best, others / people.others];
  const lift = bestShare / othersShare;
  const error = Math.sqrt(1 / best - 1 / people.best + 1 / others - 1 / people.others);
  const [low, high] = [lift * Math.exp(-z * error), lift * Math.exp(z * error)];
  const finding = low > 1 ? "more" : high < 1 ? "less" : "unclear";
  return { type, bestShare, othersShare, lift, low, high, finding };
}
