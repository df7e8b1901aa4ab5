import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { scoreCrossSell } from "../score/complements.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import { dueness } from "./due.ts";
import { gapSpreadMs, heaviestFirst, weightNow, type Bought, type History } from "./history.ts";
import { repeatRates } from "./repeat-rates.ts";

/** Why an item is expected: bought before, bought with what was bought before, or what the shop sells most. */
export type ExpectedBy = "own" | "related" | "popular";

export type Expected = {
  readonly item: ItemId;
  /** Larger is likelier; comparable within one call only. */
  readonly score: number;
  readonly by: ExpectedBy;
};

export type NextBasketSettings = {
  /** How many orders the shop's own demand counts for, per order of chance that a purchase is a first one. */
  readonly shopOrders: number;
  /** Power of the item's repeat rate in what it counts that this customer bought it. */
  readonly repeatPower: number;
  /** What is bought with the customer's items counts for so many orders in all. */
  readonly relatedOrders: number;
  /** What is left of an item that this customer, by their own interval, does not need yet. */
  readonly earlyShare: number;
};

/** Fitted on the validation users of Ta-Feng, with uci-online-retail and completejourney-sample as a check. */
export const NEXT_BASKET: NextBasketSettings = {
  shopOrders: 6,
  repeatPower: 0.5,
  relatedOrders: 0.5,
  earlyShare: 1,
};

const SEEDS_MAX = 20;
const LIMIT = 20;

/**
 * What the customer's next order holds, likeliest first: what they bought, fading by order and lifted where such items
 * are bought again; what is bought with that; what the shop sells most. Reads the customer's own list, at most twenty
 * rows of the snapshot and the head of its popular list: nobody else's history.
 *
 * The shop's demand counts like `shopOrders` orders of an average customer, times the odds that a purchase is a first
 * one: where people buy the same again it is soon outweighed (a Beta prior on the share of orders with the item).
 * Sources: Hu et al., "TIFU-KNN" (2020) for fading by order; Faggioli et al., "UP-CF" (2020) for popularity per person.
 * @param now absent: intervals say nothing
 */
export function nextBasket(
  history: History,
  snapshot: ModelSnapshot,
  {
    now,
    limit = LIMIT,
    settings = NEXT_BASKET,
  }: {
    readonly now?: EpochMs | undefined;
    readonly limit?: number;
    readonly settings?: NextBasketSettings;
  } = {},
): Expected[] {
  const rates = repeatRates(snapshot);
  const shop = (settings.shopOrders * (1 - rates.share)) / rates.share / Math.max(1, snapshot.baskets);
  const demandOf = (index: number | undefined) =>
    index === undefined ? 0 : shop * snapshot.inBaskets[index]!;
  const expected = new Map<ItemId, Expected>();
  for (const [item, bought] of history.items) {
    const index = snapshot.index.get(item);
    const own =
      weightNow(history, bought) *
      rates.liftOf(index) ** settings.repeatPower *
      (now === undefined ? 1 : readiness(bought, now, settings.earlyShare));
    expected.set(item, { item, score: own + demandOf(index), by: "own" });
  }
  for (const { index, score } of related(history, snapshot, limit)) {
    const item = snapshot.items[index]!;
    const told = settings.relatedOrders * score;
    expected.set(item, { item, score: told + demandOf(index), by: "related" });
  }
  // As many as are asked for and not bought yet, whatever stands before them.
  let missing = limit;
  for (const index of snapshot.popular) {
    if (missing === 0) break;
    const item = snapshot.items[index]!;
    if (expected.has(item) || snapshot.inBaskets[index] === 0) continue;
    expected.set(item, { item, score: demandOf(index), by: "popular" });
    missing--;
  }
  return [...expected.values()]
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.item < b.item ? -1 : 1))
    .slice(0, limit);
}

function related(history: History, snapshot: ModelSnapshot, limit: number) {
  const seeds = heaviestFirst(history)
    .slice(0, SEEDS_MAX)
    .map(([item, bought]) => ({ item, weight: weightNow(history, bought) }));
  const total = seeds.reduce((sum, { weight }) => sum + weight, 0);
  const bought = scoreCrossSell(
    snapshot,
    seeds.map(({ item, weight }) => ({ item, weight: weight / total })),
    { boughtWeight: 1, limit: limit + history.items.size },
  );
  return bought
    .filter(
      ({ index, evidence }) => evidence.row === "coPurchase" && !history.items.has(snapshot.items[index]!),
    )
    .slice(0, limit);
}

/** What an item's own interval leaves of it now; 1 for one bought once, for nothing is known of its interval. */
function readiness(bought: Bought, now: EpochMs, earlyShare: number): number {
  if (bought.gaps === 0) return 1;
  return earlyShare + (1 - earlyShare) * dueness(now - bought.lastAt, bought.gapMeanMs, gapSpreadMs(bought));
}
