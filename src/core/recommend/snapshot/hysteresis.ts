/*
 * Told numbers stand still while the counted ones move, so that whoever watches what is told does not see what one
 * person just did: they move in steps, and the higher a number, the more people it takes to the next, up to a bound. An
 * item's rows and its visits in the ring stand still with its number (`steadily`, `publishSessions`), and move with it for
 * everybody who acted since. Where the steps of a number lie follows from the labels of the first people behind it, which
 * were minted at random: nobody who watches can tell which act will be the one that shows.
 *
 * The attack is Calandrino et al., "You might also like: privacy risks of collaborative filtering" (2011);
 * `bench:poison -- --differencing` plays it. Telling exact numbers less often helped little there: a day's changes
 * still point at the item that goes with all a person is known for. Telling pairs in steps of their own helped less than
 * keeping whole rows, and ranked worse.
 */

/** How far apart the steps of an item's own numbers are, by this factor. */
export const ITEM_STEP = 1.3;
/** And at most so many acts: enough to hide one among them, and few enough for a bestseller's rows to stay fresh. */
export const ITEM_STEP_MAX = 20;

/**
 * Where the steps of one number lie, in [0, 1).
 * @param labels of the first people behind it, `count` of them from `at`
 * @param salt tells numbers apart that the same people stand behind
 */
export function phaseOf(labels: Uint8Array | Uint16Array, at: number, count: number, salt: number): number {
  let hash = Math.imul(salt + 1, 0x9e3779b1);
  for (let i = at; i < at + count; i++) hash = Math.imul(hash ^ labels[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * The last step at or below a number; 0 for none.
 * @param step factor between two steps, above 1
 * @example toldWeight(13, 0, 2) // 8
 * @example toldWeight(13, 0.5, 2) // 11.31
 */
export function toldWeight(weight: number, phase: number, step: number): number {
  if (!(weight > 0)) return 0;
  return step ** (Math.floor(Math.log(weight) / Math.log(step) - phase) + phase);
}

/**
 * As many as may be told of a count, in steps by a factor, but of `ITEM_STEP_MAX` at most: never more than there are, and never fewer than `least`, which may always be told.
 * @example toldCount(13, 0.5, 2, 5) // 11
 * @example toldCount(6, 0, 2, 5) // 5
 */
export function toldCount(count: number, phase: number, step: number, least: number): number {
  if (count <= least) return count;
  // From here on a step by the factor would be wider than the bound.
  const bend = toldWeight(ITEM_STEP_MAX / Math.log(step), phase, step);
  const beyond = Math.floor((count - bend) / ITEM_STEP_MAX);
  const told = beyond > 0 ? bend + beyond * ITEM_STEP_MAX : Math.min(bend, toldWeight(count, phase, step));
  // What lies on a step must not fall below it by the last bit of a logarithm.
  return Math.min(count, Math.max(least, Math.floor(told * (1 + 1e-9))));
}

const ROUND = [5, 20, 100, 500, 2_000, 10_000, 50_000];

/**
 * The largest round number that a count has reached, for a sentence that says "at least"; the count itself below the
 * first.
 * @example reached(214) // 100
 */
export const reached = (count: number): number => ROUND.findLast((round) => round <= count) ?? count;
