import { learn } from "../../../src/core/recommend/learn/model.ts";
import type { Invoice } from "../shop-data.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import {
  besideInCart,
  bought,
  DAY_MS,
  dayOf,
  MIN_CUSTOMERS,
  publishedOf,
  taught,
  timesSold,
} from "./shop.ts";

const DAYS = 120;

/**
 * How long an honest new bestseller takes: from one day on, a share of the real customers who buy one of the five best
 * sold items take it along. @returns days until each of the five shows it, and the baskets it was in by then
 */
export function newcomer(
  baskets: readonly Invoice[],
  share: number,
  isGuarded: boolean,
): { days: number[]; baskets: number[] } {
  const from = baskets.at(-1)!.at - DAYS * DAY_MS;
  const model = taught([], isGuarded);
  let snapshot: ModelSnapshot | undefined;
  const sold = timesSold(baskets.filter(({ at }) => at < from).map(({ items }) => items));
  const tops = [...sold]
    .sort(([, m], [, n]) => n - m)
    .slice(0, 5)
    .map(([item]) => item);
  const shownAfter = new Map<string, { days: number; baskets: number }>();
  let day = dayOf(baskets[0]!.at);
  let count = 0;
  let chance = 0;
  for (const { who, at, items } of baskets) {
    if (dayOf(at) > day && (isGuarded || at >= from)) {
      day = dayOf(at);
      snapshot = publishedOf(model, at, MIN_CUSTOMERS, snapshot);
      for (const top of tops)
        if (!shownAfter.has(top) && besideInCart(snapshot, top).includes("the new one"))
          shownAfter.set(top, { days: day - dayOf(from), baskets: count });
    }
    let taken = items;
    if (at >= from && tops.some((top) => items.includes(top))) {
      chance += share;
      if (chance >= 1) {
        chance -= 1;
        count++;
        taken = [...items, "the new one"];
      }
    }
    learn(model, bought(who, at, taken));
  }
  const found = tops.map((top) => shownAfter.get(top) ?? { days: Infinity, baskets: Infinity });
  return { days: found.map((one) => one.days), baskets: found.map((one) => one.baskets) };
}
