import type { Recommender } from "../recommender.ts";
import { neighbourFinder } from "./neighbourhood.ts";
import { scoreBoard } from "./score-board.ts";
import { addClick, emptyIndex, indexBytes, rarityOf } from "./session-index.ts";

const DAY_MS = 86_400_000;

/**
 * Session-rec's VSTAN. The five fading lengths are its lambdas: `spw` clicks of the visit for likeness, `snh` days of a
 * neighbour's age, `inh` clicks of the neighbour around the shared item, `ipw` clicks of the visit since the shared item;
 * `idf` favours rare items.
 */
export type VstanSettings = {
  readonly k?: number;
  readonly sample?: number;
  readonly spw?: number;
  readonly snh?: number;
  readonly inh?: number;
  readonly ipw?: number;
  readonly idf?: number;
};

/**
 * Session-rec's VSTAN: VSKNN with exponential fading. Likeness is the cosine of the visit's item weights and the
 * neighbour's items. A neighbour gives each of its items its likeness, the less the further the item's last click is from
 * the neighbour's last shared click, and the longer ago the visit's last shared click is.
 */
export function vstan(settings: VstanSettings = {}): Recommender {
  const { k = 500, sample = 5000, spw = 1.02, snh = 5, inh = 2.05, ipw = 1.02, idf = 5 } = settings;
  const index = emptyIndex();
  const find = neighbourFinder(index);
  const board = scoreBoard();
  const likeness = new Map<number, number>();
  return {
    name: `VSTAN (k ${k}, sample ${sample}, spw ${spw}, snh ${snh} d, inh ${inh}, ipw ${ipw}, idf ${idf})`,
    learn: (click) => addClick(index, click),
    refresh: () => {},
    predict: ({ session: own, items, at }, limit) => {
      const visit = items.map((item) => index.names.numbers.get(item) ?? -1);
      const fade = (place: number, lambda: number) => Math.exp((place + 1 - visit.length) / lambda);
      const weights = new Map<number, number>();
      for (const [place, item] of visit.entries()) weights.set(item, fade(place, spw));
      const norm = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0));
      const near = find(weights, own, sample);
      likeness.clear();
      for (const session of near.sessions) {
        const { items: others, lastAt } = index.sessions[session]!;
        const cosine = near.sharedWeight(session) / (norm * Math.sqrt(others.length));
        likeness.set(session, cosine * Math.exp((lastAt - at) / (snh * DAY_MS)));
      }
      near.sessions.sort((a, b) => likeness.get(b)! - likeness.get(a)!);
      for (const session of near.sessions.slice(0, k)) {
        const { clicks, items: others } = index.sessions[session]!;
        const shared = clicks.findLastIndex((item) => weights.has(item));
        const recent = visit.findLastIndex((item) => others.includes(item));
        const base = likeness.get(session)! * fade(recent, ipw);
        for (const item of others) {
          const distance = Math.abs(clicks.lastIndexOf(item) - shared);
          board.add(item, base * Math.exp(-distance / inh) * (1 + idf * rarityOf(index, item)));
        }
      }
      return board.best(index.names.names, limit);
    },
    bytes: () => indexBytes(index, ({ clicks }) => clicks.length),
  };
}
