import { fnv1a32 } from "./hash.ts";

/** A source of numbers in [0, 1). Chance is an argument, so a decision can be replayed. */
export type Rng = () => number;

/**
 * mulberry32 seeded by a text, usually a decision id. Same text, same numbers.
 * @example seededRng("d1")() === seededRng("d1")() // true
 */
export function seededRng(seed: string): Rng {
  let state = fnv1a32(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
