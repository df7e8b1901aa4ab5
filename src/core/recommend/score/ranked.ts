import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** An item of a list that is the same for everybody, with the counts behind its place. */
export type Ranked = {
  readonly index: number;
  readonly score: number;
  readonly evidence: { readonly visits: number; readonly buyers: number; readonly inBaskets: number };
};

/** What is looked at most of late, hottest first; `score` counts visits, those of one half-life ago as halves. */
export function trendingItems(snapshot: ModelSnapshot, limit: number): Ranked[] {
  return ranked(snapshot, snapshot.trending, limit, (index) => snapshot.heat[index]!);
}

/** What most different people bought, then what most sessions saw; `score` counts buyers. */
export function popularItems(snapshot: ModelSnapshot, limit: number): Ranked[] {
  return ranked(snapshot, snapshot.popular, limit, (index) => snapshot.buyers[index]!);
}

function ranked(
  snapshot: ModelSnapshot,
  order: Uint32Array,
  limit: number,
  score: (index: number) => number,
): Ranked[] {
  return Array.from(order.subarray(0, Math.max(0, limit)), (index) => ({
    index,
    score: score(index),
    evidence: {
      visits: snapshot.visits[index]!,
      buyers: snapshot.buyers[index]!,
      inBaskets: snapshot.inBaskets[index]!,
    },
  }));
}
