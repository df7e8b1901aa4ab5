import type { Click } from "../click.ts";
import { noNumbers, numberOf, type Numbering } from "./numbering.ts";

/** One remembered session, its items by number. */
export type Neighbour = {
  readonly id: string;
  /** Every click in order, and each item once. */
  readonly clicks: number[];
  readonly items: number[];
  lastAt: number;
};

/** All sessions learned, and for each item those that have it, in the order in which they came to it. */
export type SessionIndex = {
  readonly names: Numbering;
  readonly sessions: Neighbour[];
  readonly withItem: number[][];
  /** Clicks on each item. */
  readonly clicksOn: number[];
  readonly numberOfSession: Map<string, number>;
};

/** An index of no sessions. */
export const emptyIndex = (): SessionIndex => ({
  names: noNumbers(),
  sessions: [],
  withItem: [],
  clicksOn: [],
  numberOfSession: new Map(),
});

/** Adds a click to its session. */
export function addClick(index: SessionIndex, { session: id, item, at }: Click): void {
  const number = numberOf(index.names, item);
  index.clicksOn[number] = (index.clicksOn[number] ?? 0) + 1;
  let place = index.numberOfSession.get(id);
  if (place === undefined) {
    place = index.sessions.push({ id, clicks: [], items: [], lastAt: at }) - 1;
    index.numberOfSession.set(id, place);
  }
  const session = index.sessions[place]!;
  session.lastAt = at;
  session.clicks.push(number);
  if (session.items.includes(number)) return;
  session.items.push(number);
  (index.withItem[number] ??= []).push(place);
}

/** ln(sessions ∕ clicks on the item): session-rec's inverse document frequency, below 0 for items clicked again and again. */
export const rarityOf = (index: SessionIndex, item: number): number =>
  Math.log(index.sessions.length / index.clicksOn[item]!);

/** Bytes of the index: 4 an item of a session, in either direction, and 8 a session for its time. */
export const indexBytes = (index: SessionIndex, items: (session: Neighbour) => number): number =>
  index.sessions.reduce((sum, session) => sum + 8 + 4 * items(session) + 4 * session.items.length, 0);
