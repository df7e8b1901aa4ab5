import type { Click } from "./click.ts";

/** A visit so far: its items, the one being looked at last, and the moment of that look. */
export type RunningVisit = {
  readonly session: string;
  readonly items: readonly string[];
  readonly at: number;
};

/** An item with its score; larger is better. */
export type Guess = { readonly item: string; readonly score: number };

/** Anything that can guess the next item of a visit. */
export type Recommender = {
  /** In words: what it is, with its settings. */
  readonly name: string;
  /** Learns one click. Those of a session come in order; sessions may run beside each other. */
  learn(click: Click): void;
  /**
   * Says that what was learned shall now count: after the training, and while learning goes on after each click;
   * `isEnd` where the session has no more.
   */
  refresh(now: number, isEnd: boolean): void;
  /** The `limit` best, or fewer, best first. The item being looked at may be among them. */
  predict(visit: RunningVisit, limit: number): Guess[];
  /** What it needs to predict: its numbers in typed arrays, names left out. */
  bytes(): number;
};
