import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { decodeHistory, encodeHistory } from "../../../src/core/recommend/history/encode.ts";
import { historyOf, type History } from "../../../src/core/recommend/history/history.ts";
import { nextBasket, type NextBasketSettings } from "../../../src/core/recommend/history/next-basket.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Shopper } from "./split.ts";

/** The data tell the order of orders and no times: each comes a day after the one before. */
const momentOf = (order: number): number => (order + 1) * DAY_MS;

/** The product's model, taught by everybody's known orders; the first of all people, then the second, and so on. */
export function learned(all: readonly Shopper[]): { model: Model; usPerOrder: number } {
  const model = emptyModel();
  const longest = all.reduce((most, { orders }) => Math.max(most, orders.length), 0);
  const from = performance.now();
  for (let order = 0; order < longest; order++)
    for (const { id, orders } of all) {
      const items = orders[order];
      if (items) learn(model, { who: id, session: order, at: momentOf(order), kind: "buy", items });
    }
  return { model, usPerOrder: ((performance.now() - from) * 1000) / Math.max(1, model.baskets) };
}

/** What is kept of each shopper: texts, as they lie in the customer's view. */
export const stored = (shoppers: readonly Shopper[]): Map<string, string> =>
  new Map(
    shoppers.map(({ id, orders }) => [
      id,
      encodeHistory(historyOf(orders.map((items, order) => ({ at: momentOf(order), items })))),
    ]),
  );

/** The product's list for a shopper, from stored text and snapshot alone. */
export function ours(
  texts: ReadonlyMap<string, string>,
  snapshot: ModelSnapshot,
  settings?: NextBasketSettings,
): (shopper: Shopper) => string[] {
  return ({ id }) => {
    const history: History = decodeHistory(texts.get(id)!);
    return nextBasket(history, snapshot, settings ? { settings } : {}).map(({ item }) => item);
  };
}
