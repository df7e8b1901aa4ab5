import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import { dueness } from "./due.ts";
import { gapSpreadMs, heaviestFirst, weightNow, type Bought, type History } from "./history.ts";
import { repeatRates } from "./repeat-rates.ts";

/** Why an item is expected: bought before, bought by others after what was bought before, or what the shop sells most. */
export type ExpectedBy = "own" | "followed" | "popular";

export type Expected = {
  readonly item: ItemId;
  /** Larger is likelier; comparable within one call only. */
  readonly score: number;
  readonly by: ExpectedBy;
};

export type NextBasketSettings = {
  /** How many orders the shop's own demand counts for, times the odds that a purchase there is a first one. */
  readonly shopOrders: number;
  /** Power of the item's repeat rate in what it counts that this customer bought it. */
  readonly repeatPower: number;
  /** What others bought after the customer's items counts for so many orders in all. */
  readonly followedOrders: number;
  /** How much more an item counts that is due again by the customer's own interval. */
  readonly dueLift: number;
};

/**
 * Fitted on the validation users of Ta-Feng, held against one half of the customers of uci-online-retail and of
 * completejourney-sample: where those disagreed, what is good for all of them.
 */
export const NEXT_BASKET: NextBasketSettings = {
  shopOrders: 2.5,
  repeatPower: 0.5,
  followedOrders: 3,
  dueLift: 0.3,
};

const SEEDS_MAX = 20;
const LIMIT = 20;

type Asked = {
  /** Absent: intervals say nothing. */
  readonly now?: EpochMs | undefined;
  readonly limit?: number;
  readonly settings?: NextBasketSettings;
};

/**
 * What the customer's next order holds, likeliest first: what they bought, fading by order and lifted where such items
 * are bought again; what others bought after those items; what the shop sells most. Reads the customer's own list, at
 * most twenty rows of the snapshot and the head of its popular list: nobody else's history.
 *
 * The shop's demand counts like `shopOrders` orders of an average customer times the odds of a first purchase: where
 * people buy the same again it is soon outweighed. That is a Beta prior on the share of orders with the item.
 * Sources: Hu et al., "TIFU-KNN" (2020) for fading by order; Faggioli et al., "UP-CF" (2020) for popularity per person.
 */
export function nextBasket(history: History, snapshot: ModelSnapshot, asked: Asked = {}): Expected[] {
  const { now, limit = LIMIT, settings = NEXT_BASKET } = asked;
  const rates = repeatRates(snapshot);
  const shop = (settings.shopOrders * rates.firstOdds) / Math.max(1, snapshot.baskets);
  const demandOf = (index: number) => shop * snapshot.inBaskets[index]!;
  const followed = followers(history, snapshot, settings.followedOrders);
  const worth = (index: number) => demandOf(index) + (followed.get(index) ?? 0);

  const expected: Expected[] = [];
  for (const [item, bought] of history.items) {
    const index = snapshot.index.get(item);
    const again = index === undefined ? 1 : rates.liftOf(index) ** settings.repeatPower;
    const due = now === undefined ? 0 : duenessOf(bought, now);
    const own = weightNow(history, bought) * again * (1 + settings.dueLift * due);
    expected.push({ item, score: own + (index === undefined ? 0 : worth(index)), by: "own" });
  }
  const addNew = (index: number, by: ExpectedBy) =>
    expected.push({ item: snapshot.items[index]!, score: worth(index), by });
  for (const index of followed.keys())
    if (!history.items.has(snapshot.items[index]!)) addNew(index, "followed");
  // As many as are asked for that nothing else speaks for, whatever stands before them.
  let missing = limit;
  for (const index of snapshot.popular) {
    if (missing <= 0 || snapshot.inBaskets[index] === 0) break;
    if (followed.has(index) || history.items.has(snapshot.items[index]!)) continue;
    addNew(index, "popular");
    missing--;
  }
  return expected
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.item < b.item ? -1 : 1))
    .slice(0, Math.max(0, limit));
}

/** How much an item is waited for again by the customer's own interval; 0 for what was bought once. */
export const duenessOf = (bought: Bought, now: EpochMs): number =>
  bought.gaps === 0 ? 0 : dueness(now - bought.lastAt, bought.gapMeanMs, gapSpreadMs(bought));

/** What others bought after the heaviest items, `orders` in all, by place in the snapshot. */
function followers(history: History, snapshot: ModelSnapshot, orders: number): Map<number, number> {
  const rows = snapshot.rows.tradeUp;
  const sums = new Map<number, number>();
  if (!(orders > 0)) return sums;
  let heard = 0;
  for (const [item, , weight] of heaviestFirst(history).slice(0, SEEDS_MAX)) {
    const seed = snapshot.index.get(item);
    if (seed === undefined) continue;
    let total = 0;
    for (let e = rows.offsets[seed]!; e < rows.offsets[seed + 1]!; e++) total += rows.weights[e]!;
    if (total === 0) continue;
    heard += weight;
    for (let e = rows.offsets[seed]!; e < rows.offsets[seed + 1]!; e++) {
      const index = rows.neighbours[e]!;
      sums.set(index, (sums.get(index) ?? 0) + (weight * rows.weights[e]!) / total);
    }
  }
  for (const [index, sum] of sums) sums.set(index, (orders * sum) / heard);
  return sums;
}
