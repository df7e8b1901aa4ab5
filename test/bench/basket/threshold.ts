import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { ExactPairs } from "./exact-pairs.ts";
import type { Task } from "./task.ts";

const ENOUGH = 4;

/**
 * What the threshold costs and whether it holds. Costs: the share of later purchases (lines of baskets) for which four
 * recommendations are left, of all lines and of those whose item could be learned. Holds: every pair of the published
 * snapshot against a naive recount of the different customers who bought both in one basket.
 */
export function threshold(snapshot: ModelSnapshot, pairs: ExactPairs, { later, known }: Task) {
  const enough = new Map<string, boolean>();
  const hasEnough = (item: string) => {
    let has = enough.get(item);
    if (has === undefined) {
      has = scoreCrossSell(snapshot, [{ item, weight: 1 }], { limit: ENOUGH }).length === ENOUGH;
      enough.set(item, has);
    }
    return has;
  };
  const lines = later.flatMap(({ items }) => items);
  const learnable = lines.filter((item) => known.has(item));
  const kept = learnable.filter(hasEnough).length;
  return {
    linesKept: share(kept, lines.length),
    learnableLinesKept: share(kept, learnable.length),
    ...scan(snapshot, pairs),
  };
}

/** Every published pair, and every pair there is. */
function scan({ items, rows, minCustomers }: ModelSnapshot, pairs: ExactPairs) {
  let published = 0;
  let below = 0;
  let all = 0;
  let single = 0;
  let allowed = 0;
  const customersOf = new Uint32Array(pairs.ids.length);
  const { offsets, neighbours } = rows.coPurchase;
  const place = new Map(items.map((item, index) => [item, index]));
  for (const [index, item] of pairs.ids.entries()) {
    const exact = pairs.of(index);
    for (const [i, other] of exact.items.entries()) customersOf[other] = exact.customers[i]!;
    for (const customers of exact.customers) {
      all += 1;
      if (customers === 1) single += 1;
      if (customers >= minCustomers) allowed += 1;
    }
    const row = place.get(item) ?? items.length;
    for (let e = offsets[row]!; e < (offsets[row + 1] ?? 0); e++) {
      published += 1;
      const other = pairs.indexOf.get(items[neighbours[e]!]!)!;
      if (customersOf[other]! < minCustomers) below += 1;
    }
    for (const other of exact.items) customersOf[other] = 0;
  }
  return {
    pairsPublished: published,
    pairsBelowThreshold: below,
    pairsAllowed: allowed,
    pairsInAll: all,
    singleCustomerShare: share(single, all),
  };
}

const share = (part: number, whole: number) => Number((part / Math.max(1, whole)).toFixed(4));
