import type { Recommender } from "../recommender.ts";
import { neighbourFinder } from "./neighbourhood.ts";
import { scoreBoard } from "./score-board.ts";
import { addClick, emptyIndex, indexBytes, rarityOf, type SessionIndex } from "./session-index.ts";

const BY_PLACE = {
  div: (place: number, length: number) => place / length,
  quadratic: (place: number, length: number) => (place / length) ** 2,
};

export type VsknnSettings = {
  /** Neighbours that speak. */
  readonly k?: number;
  /** Latest sessions among which they are looked for. */
  readonly sample?: number;
  /** How an item's place in the visit weighs in the likeness of sessions. */
  readonly weighting?: keyof typeof BY_PLACE;
  /** How much rare items are favoured. */
  readonly idf?: number;
  /** All sessions with an item of the visit in the order in which equally like ones are taken; the latest first unless told. */
  readonly tieOrder?: (index: SessionIndex, visit: readonly number[]) => number[];
};

/**
 * Session-rec's VSKNN ("vector multiplication session-based kNN"). Likeness: the weights of the shared items, each by
 * its last place in the visit, over the number of different items. A neighbour gives each of its items its likeness ×
 * (1 + idf × rarity) ∕ (how many clicks ago the visit's latest shared item was, the current one counting 1).
 */
export function vsknn(settings: VsknnSettings = {}): Recommender {
  const { k = 500, sample = 5000, weighting = "quadratic", idf = 5, tieOrder } = settings;
  const inOrder = (index: SessionIndex, visit: readonly number[], sessions: number[]) => {
    if (!tieOrder) return sessions.sort((a, b) => index.sessions[b]!.lastAt - index.sessions[a]!.lastAt);
    const isNear = new Set(sessions);
    return tieOrder(index, visit).filter((session) => isNear.has(session));
  };
  const index = emptyIndex();
  const find = neighbourFinder(index);
  const board = scoreBoard();
  const weigh = BY_PLACE[weighting];
  return {
    name: `VSKNN (k ${k}, sample ${sample}, ${weighting}, idf ${idf})`,
    learn: (click) => addClick(index, click),
    refresh: () => {},
    predict: ({ session: own, items }, limit) => {
      const visit = items.map((item) => index.names.numbers.get(item) ?? -1);
      const weights = new Map<number, number>();
      for (const [i, item] of visit.entries()) weights.set(item, weigh(i + 1, visit.length));
      const size = weights.size;
      const near = find(weights, own, sample);
      const candidates = inOrder(index, visit, near.sessions);
      candidates.sort((a, b) => near.sharedWeight(b) - near.sharedWeight(a));
      for (const session of candidates.slice(0, k)) {
        const neighbour = index.sessions[session]!;
        const back = visit.length - visit.findLastIndex((item) => neighbour.items.includes(item));
        const likeness = near.sharedWeight(session) / size / back;
        for (const item of neighbour.items) board.add(item, likeness * (1 + idf * rarityOf(index, item)));
      }
      return board.best(index.names.names, limit);
    },
    bytes: () => indexBytes(index, ({ items }) => items.length),
  };
}
