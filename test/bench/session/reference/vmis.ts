import type { Recommender } from "../recommender.ts";
import { neighbourFinder } from "./neighbourhood.ts";
import { scoreBoard } from "./score-board.ts";
import { addClick, emptyIndex, indexBytes } from "./session-index.ts";

export type VmisSettings = {
  /** Latest sessions among which neighbours are looked for. */
  readonly m?: number;
  /** Neighbours that speak. */
  readonly k?: number;
  /** Clicks of the visit that are read, the latest. */
  readonly last?: number;
  /** How much rare items are favoured. */
  readonly idf?: number;
};

/** Of the longest sessions this share is not learned from. */
const LONGEST_SHARE = 0.005;
const FADE_A_CLICK = 0.1;
const FADE_END = 100;

/**
 * Serenade's VMIS-kNN. Likeness: the places, from the end of what is read, of the shared items over the number of
 * different ones. A neighbour gives each of its items its likeness × rarity × (1 − a tenth for each click since the
 * visit's last shared one, the current one counting 1). Of equally like neighbours the later ones speak. Serenade always
 * drops the item being looked at; here that is left to who measures.
 */
export function vmis({ m = 500, k = 50, last = 2, idf = 1 }: VmisSettings = {}): Recommender {
  const index = emptyIndex();
  const find = neighbourFinder(index);
  const board = scoreBoard();
  let lengthMax = Infinity;
  let pairs = 0;
  const forget = (place: number) => {
    const session = index.sessions[place]!;
    for (const item of session.items) {
      index.withItem[item] = index.withItem[item]!.filter((other) => other !== place);
    }
    pairs -= session.items.length;
    session.items.length = 0;
  };
  return {
    name: `VMIS-kNN (m ${m}, k ${k}, last ${last}, idf ${idf})`,
    learn: (click) => {
      const known = index.sessions[index.numberOfSession.get(click.session) ?? -1];
      if (known && known.clicks.length > 0 && known.items.length === 0) return;
      const before = known?.items.length ?? 0;
      addClick(index, click);
      const place = index.numberOfSession.get(click.session)!;
      const now = index.sessions[place]!.items.length;
      pairs += now - before;
      if (now > lengthMax) forget(place);
    },
    refresh: () => {
      if (lengthMax < Infinity) return;
      const lengths = Float64Array.from(index.sessions, ({ items }) => items.length).sort();
      lengthMax = lengths[Math.floor((lengths.length - 1) * (1 - LONGEST_SHARE))] ?? Infinity;
      for (const [place, { items }] of index.sessions.entries()) if (items.length > lengthMax) forget(place);
    },
    predict: ({ session: own, items }, limit) => {
      const visit = items.slice(-last).map((item) => index.names.numbers.get(item) ?? -1);
      const size = new Set(visit).size;
      const weights = new Map<number, number>();
      for (const [place, item] of visit.entries()) weights.set(item, (place + 1) / size);
      const near = find(weights, own, m);
      const ageOrder = (a: number, b: number) => index.sessions[b]!.lastAt - index.sessions[a]!.lastAt;
      near.sessions.sort((a, b) => near.sharedWeight(b) - near.sharedWeight(a) || ageOrder(a, b));
      for (const session of near.sessions.slice(0, k)) {
        const others = index.sessions[session]!.items;
        const back = visit.length - visit.findLastIndex((item) => others.includes(item));
        const likeness = near.sharedWeight(session) * (back < FADE_END ? 1 - FADE_A_CLICK * back : 0);
        for (const item of others) {
          board.add(item, likeness * idf * Math.log(pairs / index.withItem[item]!.length));
        }
      }
      return board.best(index.names.names, limit);
    },
    bytes: () => indexBytes(index, ({ items }) => items.length),
  };
}
