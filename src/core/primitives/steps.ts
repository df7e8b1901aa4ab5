/**
 * Work that lets others have a turn: whoever runs it may pause wherever it yields. A shop of 100,000 items is too much to be
 * looked through in one go by somebody who is also answering pages.
 */
export type Steps<T> = Generator<void, T, void>;

/** Entries that are looked at between two pauses: a few milliseconds. */
export const STEP = 4_000;

/** All of it in one go. @example inOneGo(stepsOf(...)) */
export function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
