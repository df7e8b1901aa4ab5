import type { ItemId } from "../../primitives/ids.ts";
import { HOUR_MS, type EpochMs } from "../../primitives/time.ts";

/** What is remembered of one item that a customer bought. */
export type Bought = {
  /** Orders with it, each fading by `ORDER_FADE` with every later order of the customer; as of order number `order`. */
  readonly weight: number;
  /** Number of the customer's latest order with it, from 1. */
  readonly order: number;
  readonly lastAt: EpochMs;
  /** Orders with it, unfaded. */
  readonly times: number;
  /** Times it was bought anew after a while, and mean and sum of squared deviations of those whiles, in milliseconds. */
  readonly gaps: number;
  readonly gapMeanMs: number;
  readonly gapSquares: number;
};

/** What a customer's orders say about the next one: a bounded list, a function of the orders in order of time. */
export type History = {
  /** Orders folded so far. */
  readonly orders: number;
  readonly lastAt: EpochMs;
  readonly items: ReadonlyMap<ItemId, Bought>;
};

export type Basket = { readonly at: EpochMs; readonly items: Iterable<ItemId> };

/**
 * What an order counts beside the one after it. Orders and not days: the same in a shop bought from weekly and yearly.
 * Fitted on validation users; the optimum is flat between 0.9 and 0.95.
 */
export const ORDER_FADE = 0.9;

/** Items kept at least; the list is cut back to it when it has grown by a quarter. What is stored has a limit in bytes. */
export const HISTORY_ITEMS = 200;
const HISTORY_ITEMS_MAX = HISTORY_ITEMS * 1.25;

/** Sooner than this it is the same need: a split order, or something forgotten. */
const SAME_NEED_MS = 12 * HOUR_MS;

/** A customer who has bought nothing. */
export const NO_HISTORY: History = { orders: 0, lastAt: 0, items: new Map() };

/** What an item weighs now: between 0 and 1 ∕ (1 − `ORDER_FADE`). */
export const weightNow = (history: Pick<History, "orders">, bought: Bought): number =>
  bought.weight * ORDER_FADE ** (history.orders - bought.order);

/** Spread of the gaps in milliseconds (sample standard deviation); `undefined` before the third purchase. */
export const gapSpreadMs = ({ gaps, gapSquares }: Bought): number | undefined =>
  gaps < 2 ? undefined : Math.sqrt(gapSquares / (gaps - 1));

/**
 * The history of these orders, whatever order they are given in. Linear in the purchased items, however many orders
 * there are; an order without a finite moment is passed over.
 * @example historyOf([{ at: 0, items: ["tea"] }]).items.get("tea")?.times // 1
 */
export function historyOf(baskets: readonly Basket[]): History {
  const sorted = baskets.filter(({ at }) => Number.isFinite(at)).sort((a, b) => a.at - b.at);
  if (sorted.length === 0) return NO_HISTORY;
  const items = new Map<ItemId, Bought>();
  for (const [i, basket] of sorted.entries()) {
    for (const item of new Set(basket.items)) items.set(item, boughtAgain(items.get(item), i + 1, basket.at));
    if (items.size > HISTORY_ITEMS_MAX) cutBack(items, i + 1);
  }
  cutBack(items, sorted.length);
  return { orders: sorted.length, lastAt: sorted.at(-1)!.at, items };
}

function boughtAgain(known: Bought | undefined, order: number, at: EpochMs): Bought {
  if (!known) return { weight: 1, order, lastAt: at, times: 1, gaps: 0, gapMeanMs: 0, gapSquares: 0 };
  const weight = known.weight * ORDER_FADE ** (order - known.order) + 1;
  const next = { ...known, weight, order, times: known.times + 1, lastAt: at };
  const gap = at - known.lastAt;
  if (gap < SAME_NEED_MS) return next;
  // Welford, "Note on a method for calculating corrected sums of squares" (1962).
  const gaps = known.gaps + 1;
  const off = gap - known.gapMeanMs;
  const gapMeanMs = known.gapMeanMs + off / gaps;
  return { ...next, gaps, gapMeanMs, gapSquares: known.gapSquares + off * (gap - gapMeanMs) };
}

/** Leaves the heaviest: what was bought once and long ago goes first. */
function cutBack(items: Map<ItemId, Bought>, orders: number): void {
  if (items.size <= HISTORY_ITEMS) return;
  for (const [item] of heaviestFirst({ orders, items }).slice(HISTORY_ITEMS)) items.delete(item);
}

/** The items in order of what they weigh now, then of the last purchase, then of name. */
export const heaviestFirst = (
  history: Pick<History, "orders" | "items">,
): (readonly [item: ItemId, bought: Bought, weight: number])[] =>
  Array.from(history.items, ([item, bought]) => [item, bought, weightNow(history, bought)] as const).sort(
    ([a, x, heavy], [b, y, light]) => light - heavy || y.lastAt - x.lastAt || (a < b ? -1 : 1),
  );
