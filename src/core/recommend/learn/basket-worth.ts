import { DAY_MS } from "../../primitives/time.ts";
import type { Fact } from "../fact.ts";
import type { Model } from "./model.ts";
import { keepsPace, lastDayOf } from "./pace.ts";
import { noteBuyingDay } from "./standing.ts";
import type { Person } from "./person.ts";

/** Days of buying from which on a person's baskets count in full; before, the square of the share of them. */
const SEASONED_DAYS = 3;
/**
 * No basket speaks louder than one of so many partners: two cheap items are quickly bought. Twice as many double what
 * buying one's way in costs, and keep honest new items out of the full rows of bestsellers for longer (`bench:poison`).
 */
const PARTNERS_MIN = 4;
/** What a pair counts that the person is known to have bought before. */
const REPEAT_SHARE = 0.1;
/** What is left of a basket beyond its item's pace: somebody's support, and next to no weight. */
const FAINT = 1e-4;
/** How much a basket's pairs are worth. */
export type BasketWorth = {
  /** Of a pair before anything is known of its items, for so many partners of each. */
  base(partners: number): number;
  /** The share that counts of what is said of an item: next to nothing while it goes faster than its pace. */
  shares: ReadonlyMap<number, number>;
  readonly repeatShare: number;
};

const PLAIN: BasketWorth = { base: (partners) => 1 / partners, shares: new Map(), repeatShare: 1 };

/**
 * Weighs a basket that the shop confirmed, and counts it. Buying one's way into a list has to cost as much as being
 * liked: people who have bought before count more, small baskets no more than usual ones, a pair once per person, an item
 * no faster than interest spreads, and what only newcomers buy less and less.
 */
export function worthOf(model: Model, person: Person, items: readonly number[], fact: Fact): BasketWorth {
  const { guard, counts } = model;
  if (!guard) return PLAIN;
  const day = Math.floor(fact.at / DAY_MS);
  const before = noteBuyingDay(person.standing, day);
  const seasoned = Math.min(1, (before + 1) / SEASONED_DAYS) ** 2;
  const shares = new Map<number, number>();
  for (const item of items) {
    // A past that is imported comes person by person: what lies before an item's last day has no pace.
    const isBygone = day < lastDayOf(guard.baskets, item);
    const keeps = isBygone || keepsPace(guard.baskets, item, day);
    shares.set(item, keeps ? 1 : FAINT);
  }
  if (before > 0) {
    counts.seasonedBaskets += 1;
    for (const item of items) counts.seasoned[item]! += 1;
  }
  return {
    base: (partners) => seasoned / Math.max(partners, PARTNERS_MIN),
    shares,
    repeatShare: REPEAT_SHARE,
  };
}
