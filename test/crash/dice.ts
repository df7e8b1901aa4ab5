/** Chance that can be thrown again: the same seed gives the same throws. */
export type Dice = {
  /** In [0, 1). */
  share(): number;
  /** An integer from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** Whether something of this probability happens. */
  hits(probability: number): boolean;
  one<T>(list: readonly T[]): T;
  /** So many random characters of a-z0-9. */
  text(length: number): string;
};

/** Source: mulberry32 by Tommy Ettinger, public domain. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (from: number, to: number): number => from + Math.floor(share() * (to - from + 1));
  return {
    share,
    between,
    hits: (probability) => share() < probability,
    one: (list) => list[Math.floor(share() * list.length)]!,
    text: (length) => Array.from({ length }, () => between(0, 35).toString(36)).join(""),
  };
}
