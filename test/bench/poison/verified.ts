import { learn } from "../../../src/core/recommend/learn/model.ts";
import type { Invoice } from "../shop-data.ts";
import {
  besideInCart,
  bought,
  DAY_MS,
  lived,
  median,
  MIN_CUSTOMERS,
  ordersOf,
  publishedOf,
  tailFor,
  targetsOf,
  timesSold,
} from "./shop.ts";

/** Who pays for the false purchases, and how patiently. */
export type Buyers = {
  readonly name: string;
  /** Accounts that take turns; absent: a new one for every basket. */
  readonly accounts?: number;
  readonly perDay: number;
};

export const BUYERS: readonly Buyers[] = [
  { name: "new accounts, one day", perDay: Infinity },
  { name: "new accounts, 4 a day", perDay: 4 },
  { name: "one account, one day", perDay: Infinity, accounts: 1 },
  { name: "5 accounts, each daily", perDay: 5, accounts: 5 },
  { name: "50 accounts, 4 a day", perDay: 4, accounts: 50 },
];

/** More purchases than anybody would pay for. */
const BASKETS_MAX = 1_000;
const GROWTH = 1.2;

/**
 * How many purchases that really took place, of a bestseller and a tail item, put the tail item into the bestseller's
 * list. Twenty bestsellers are attacked at once, each for another tail item; what was tried is within 20 % of what was
 * needed, above it. `Infinity`: more than 1,000.
 */
export function verifiedAttack(
  baskets: readonly Invoice[],
  buyers: Buyers,
  isGuarded: boolean,
  round: number,
): { median: number; tenth: number; entered: number; attempts: number } {
  const { model, snapshot: first } = lived(ordersOf(baskets), isGuarded);
  let snapshot = first;
  const from = baskets.at(-1)!.at;
  const { tops, tails } = targetsOf(timesSold(baskets.map(({ items }) => items)));
  const attempts = tops.map((top, place) => ({ top, tail: tailFor(tails, place, round), needed: Infinity }));
  let tried = 0;
  while (tried < BASKETS_MAX && attempts.some(({ needed }) => needed === Infinity)) {
    const next = Math.min(BASKETS_MAX, Math.max(tried + 1, Math.ceil(tried * GROWTH)));
    for (let n = tried; n < next; n++) {
      const at = from + (1 + Math.floor(n / buyers.perDay)) * DAY_MS;
      const account = buyers.accounts === undefined ? n : n % buyers.accounts;
      for (const { top, tail } of attempts) learn(model, bought(`false ${account} ${top}`, at, [top, tail]));
    }
    tried = next;
    snapshot = publishedOf(model, from + DAY_MS, MIN_CUSTOMERS, snapshot);
    for (const one of attempts)
      if (one.needed === Infinity && besideInCart(snapshot, one.top).includes(one.tail)) one.needed = tried;
  }
  const needed = attempts.map((one) => one.needed).sort((a, b) => a - b);
  return {
    median: median(needed),
    tenth: needed[Math.floor(needed.length / 10)]!,
    entered: needed.filter(Number.isFinite).length,
    attempts: needed.length,
  };
}
