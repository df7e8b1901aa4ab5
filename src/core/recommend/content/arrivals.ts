import { contentNeighbours } from "./neighbours.ts";
import { remembered } from "./remembered.ts";
import { isWarm, type Learned } from "./stand-ins.ts";

/** A cold item that may be shown beside the learned one it is most like. */
export type Arrival = {
  readonly ordinal: number;
  readonly score: number;
  /** The learned candidate that it is like. */
  readonly twin: number;
  readonly similarity: number;
};

/** Learned candidates, from the best down, beside which a place is looked for: each costs a search. */
const HOSTS_MAX = 4;
/** Most of its twin's score that a cold item gets, however alike they are. */
const DISCOUNT = 0.5;
/** Less alike than this is not the same thing in new. */
const ARRIVAL_LIKENESS_MIN = 0.4;

/**
 * Cold items beside the best of what was learned: each at its twin's score, less what they differ in, and at most half
 * of it; so it comes after all that evidence ranked well. The best first, each item once, never one of the asked.
 * @param ranked learned candidates, the best first
 */
export function arrivalsBeside(
  learned: Learned,
  ranked: readonly { readonly ordinal: number; readonly score: number }[],
  asked: readonly number[],
): Arrival[] {
  const { catalog, sensitive } = learned;
  const families = new Set(asked.map((ordinal) => catalog.family[ordinal]));
  const arrivals = new Map<number, Arrival>();
  const isCold = (ordinal: number) => !isWarm(learned, ordinal) && !sensitive.has(ordinal);
  for (const { ordinal: twin, score } of ranked.slice(0, HOSTS_MAX)) {
    const nearest = remembered(learned, 2 * twin + 1, () => contentNeighbours(catalog, twin, 1, isCold));
    for (const { ordinal, similarity } of nearest) {
      if (similarity < ARRIVAL_LIKENESS_MIN || families.has(catalog.family[ordinal])) continue;
      const arrival = { ordinal, score: score * DISCOUNT * similarity, twin, similarity };
      const before = arrivals.get(ordinal);
      if (!before || arrival.score > before.score) arrivals.set(ordinal, arrival);
    }
  }
  return [...arrivals.values()].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
}
