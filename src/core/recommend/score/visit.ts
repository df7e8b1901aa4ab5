import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import { scoreNeighbours } from "./neighbours.ts";
import { scoreAlsoViewed, type Recent } from "./related.ts";
import type { Scored } from "./scratch.ts";

/** Places deep in a list count less and less; at 10 the eleventh counts half of the first. */
const RANK_OFFSET = 10;
/** Looked into each list so deep, whatever is asked for: a longer answer begins with the shorter one. */
const DEPTH = 100;

export const NEIGHBOUR_WEIGHT = 0.4;

/**
 * What to show next in a visit, by two experts that err differently: rows (`scoreAlsoViewed`) and neighbouring visits
 * (`scoreNeighbours`), fused by rank, which needs no common scale. The evidence is a row's where rows speak for an item.
 * Source: reciprocal rank fusion, Cormack, Clarke and Büttcher (2009).
 * @param neighbourWeight 0: rows alone; 1: neighbours alone
 */
export function scoreVisit(
  snapshot: ModelSnapshot,
  recent: readonly Recent[],
  limit: number,
  neighbourWeight: number = NEIGHBOUR_WEIGHT,
): Scored[] {
  if (neighbourWeight <= 0 || snapshot.sessions.labels.length === 0) {
    return scoreAlsoViewed(snapshot, recent, limit);
  }
  const fused = new Map<number, { index: number; score: number; evidence: Scored["evidence"] }>();
  const add = (list: readonly Scored[], weight: number) => {
    for (const [rank, { index, evidence }] of list.entries()) {
      const score = weight / (rank + RANK_OFFSET);
      const known = fused.get(index);
      if (known) known.score += score;
      else fused.set(index, { index, score, evidence });
    }
  };
  if (neighbourWeight < 1) add(scoreAlsoViewed(snapshot, recent, DEPTH), 1 - neighbourWeight);
  add(scoreNeighbours(snapshot, recent, DEPTH), neighbourWeight);
  return [...fused.values()].sort((a, b) => b.score - a.score || a.index - b.index).slice(0, limit);
}
