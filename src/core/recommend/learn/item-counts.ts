import type { EpochMs } from "../../primitives/time.ts";
import { support, supporters } from "./counter-row.ts";

/** What is counted per item, by item number. Arrays grow by doubling. */
export type ItemCounts = {
  readonly supportersCap: number;
  /** Sessions in which the item was seen. */
  visits: Uint32Array;
  /** Baskets with the item. */
  baskets: Uint32Array;
  /** Different buyers, as far as a person's remembered purchases tell. */
  buyers: Uint32Array;
  /** Baskets with the item, and of any kind, of people who had bought on an earlier day. Only guarded models count. */
  seasoned: Uint32Array;
  seasonedBaskets: number;
  /** Forward-decayed visits: each weighs 2^((its moment − `zeroAt`) ∕ half-life), so nothing fades by rewriting. */
  heat: Float64Array;
  zeroAt: EpochMs;
  /** Labels of the first `supportersCap` people who saw, and who bought, the item. */
  viewerLabels: Uint16Array;
  buyerLabels: Uint16Array;
};

/** Counters for no items yet. */
export function emptyCounts(supportersCap: number): ItemCounts {
  return {
    supportersCap,
    visits: new Uint32Array(0),
    baskets: new Uint32Array(0),
    buyers: new Uint32Array(0),
    seasoned: new Uint32Array(0),
    seasonedBaskets: 0,
    heat: new Float64Array(0),
    zeroAt: 0,
    viewerLabels: new Uint16Array(0),
    buyerLabels: new Uint16Array(0),
  };
}

/** Makes room for `items` items. */
export function widenCounts(counts: ItemCounts, items: number): void {
  if (items <= counts.visits.length) return;
  const room = Math.max(64, items, counts.visits.length * 2);
  const grown = <T extends Uint16Array | Uint32Array | Float64Array>(next: T, old: T): T => {
    next.set(old);
    return next;
  };
  const labels = room * counts.supportersCap;
  counts.visits = grown(new Uint32Array(room), counts.visits);
  counts.baskets = grown(new Uint32Array(room), counts.baskets);
  counts.buyers = grown(new Uint32Array(room), counts.buyers);
  counts.seasoned = grown(new Uint32Array(room), counts.seasoned);
  counts.heat = grown(new Float64Array(room), counts.heat);
  counts.viewerLabels = grown(new Uint16Array(labels), counts.viewerLabels);
  counts.buyerLabels = grown(new Uint16Array(labels), counts.buyerLabels);
}

// 2^64 leaves 2^959 before a double overflows: a rebase is rare (192 days at three days' half-life) and never late.
const REBASE_AT = 64;

/** Counts one session's visit to an item. */
export function countVisit(
  counts: ItemCounts,
  item: number,
  label: number,
  at: EpochMs,
  halfLifeMs: number,
): void {
  counts.visits[item]! += 1;
  support(counts.viewerLabels, item * counts.supportersCap, counts.supportersCap, label);
  if (counts.zeroAt === 0) counts.zeroAt = at;
  const halvings = (at - counts.zeroAt) / halfLifeMs;
  if (halvings > REBASE_AT) {
    const fade = 2 ** -halvings;
    for (let i = 0; i < counts.heat.length; i++) counts.heat[i]! *= fade;
    counts.zeroAt = at;
    counts.heat[item]! += 1;
  } else counts.heat[item]! += 2 ** halvings;
}

/** Counts one basket with an item. `isNew`: the person is not known to have bought it before. */
export function countBasket(counts: ItemCounts, item: number, label: number, isNew: boolean): void {
  counts.baskets[item]! += 1;
  if (isNew) counts.buyers[item]! += 1;
  support(counts.buyerLabels, item * counts.supportersCap, counts.supportersCap, label);
}

/** Different people who saw an item, exact up to the cap. */
export const viewersOf = (counts: ItemCounts, item: number): number =>
  supporters(counts.viewerLabels, item * counts.supportersCap, counts.supportersCap);

/** Different people who bought an item, exact up to the cap. */
export const buyersOf = (counts: ItemCounts, item: number): number =>
  supporters(counts.buyerLabels, item * counts.supportersCap, counts.supportersCap);
