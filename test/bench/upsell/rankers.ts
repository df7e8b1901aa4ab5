import type { Ranker } from "./measure.ts";
import type { Part, Shop } from "./task.ts";

/** Reference rankers of this bench, for comparison: exact counts over all receipts, which no shop could keep. */
export function referenceRankers(shop: Shop, { past }: Part): Readonly<Record<string, Ranker>> {
  const sales = new Map<string, number>();
  const switches = new Map<string, number>();
  const last = new Map<string, string>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const { household, product } of past) {
    count(sales, product);
    const type = shop.products.get(product)?.type;
    if (type === undefined) continue;
    const key = JSON.stringify([household, type]);
    const before = last.get(key);
    last.set(key, product);
    if (before !== undefined && before !== product) count(switches, `${before}>${product}`);
  }
  const sold = (product: string) => sales.get(product) ?? 0;
  const price = (product: string) => shop.cents.get(product)!;
  return {
    random: ({ candidates }) => candidates.map(() => 0),
    "cheapest step up": ({ candidates }) => candidates.map((one) => -price(one)),
    popularity: ({ candidates }) => candidates.map(sold),
    "trade-ups, then popularity": ({ from, candidates }) =>
      candidates.map((one) => (switches.get(`${from}>${one}`) ?? 0) * past.length + sold(one)),
  };
}
