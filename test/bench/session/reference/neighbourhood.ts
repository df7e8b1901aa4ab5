import type { SessionIndex } from "./session-index.ts";

/** Sessions that share items with a visit, and what the shared ones weigh together. */
export type Neighbourhood = { readonly sessions: number[]; sharedWeight(session: number): number };

/** Finds neighbourhoods; its worksheet is used again and again, so one answer is gone with the next question. */
export function neighbourFinder(index: SessionIndex) {
  let sums = new Float64Array(1024);
  let touched: number[] = [];
  /**
   * All sessions with at least one of the items, if they are more than `sampleMax` the latest of them. The visit's own
   * session, which is learned while it goes on, is none.
   */
  return (weights: ReadonlyMap<number, number>, own: string, sampleMax: number): Neighbourhood => {
    for (const session of touched) sums[session] = 0;
    touched = [];
    if (sums.length < index.sessions.length) sums = new Float64Array(index.sessions.length * 2);
    const self = index.numberOfSession.get(own);
    for (const [item, weight] of weights) {
      for (const session of index.withItem[item] ?? []) {
        if (session === self) continue;
        if (sums[session] === 0) touched.push(session);
        sums[session]! += weight;
      }
    }
    const sessions = touched.length > sampleMax ? latest(index, touched, sampleMax) : touched;
    return { sessions: [...sessions], sharedWeight: (session) => sums[session]! };
  };
}

const latest = (index: SessionIndex, sessions: readonly number[], max: number) =>
  sessions.toSorted((a, b) => index.sessions[b]!.lastAt - index.sessions[a]!.lastAt).slice(0, max);
