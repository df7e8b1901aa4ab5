/**
 * How fast items go, per item and day, so that none changes what is said of it faster than interest really spreads: a
 * day counts as much as `GROWTH` times the item's recent daily mean, and always the first few. What is beyond is not
 * learned from, and does not raise tomorrow's mean either.
 */
export type Pace = {
  /** Counted of every item's day, whatever its past. */
  readonly base: number;
  /** Mean of the days before the last one, recent ones weighing more. */
  means: Float32Array;
  days: Uint32Array;
  /** Counted on that last day. */
  counted: Float32Array;
};

/** What starts from nothing and doubles every day still counts in full. */
const GROWTH = 4;
/** Share of the mean that one day replaces: a half-life of three days. */
const RENEWAL = 1 - 2 ** (-1 / 3);

export const emptyPace = (base: number): Pace => ({
  base,
  means: new Float32Array(0),
  days: new Uint32Array(0),
  counted: new Float32Array(0),
});

/**
 * Counts one more of an item on a day; one of an earlier day than the item's last counts on the last.
 * @returns whether it is still within the item's pace
 */
export function keepsPace(pace: Pace, item: number, day: number): boolean {
  widen(pace, item + 1);
  const passed = day - pace.days[item]!;
  if (passed > 0) {
    const mean = pace.means[item]! + RENEWAL * (pace.counted[item]! - pace.means[item]!);
    pace.means[item] = mean * (1 - RENEWAL) ** (passed - 1);
    pace.days[item] = day;
    pace.counted[item] = 0;
  }
  if (isSpent(pace, item)) return false;
  pace.counted[item]! += 1;
  return true;
}

/** The day that was counted last of an item; 0 where there was none. */
export const lastDayOf = (pace: Pace, item: number): number => pace.days[item] ?? 0;

/** Whether an item's last day holds all that it may. */
export const isSpent = (pace: Pace, item: number): boolean =>
  (pace.counted[item] ?? 0) >= Math.max(pace.base, GROWTH * (pace.means[item] ?? 0));

/** The pace of the `kept` items only, each under its new place. */
export function keepPaces(pace: Pace, kept: readonly number[]): Pace {
  return {
    base: pace.base,
    means: Float32Array.from(kept, (item) => pace.means[item] ?? 0),
    days: Uint32Array.from(kept, (item) => pace.days[item] ?? 0),
    counted: Float32Array.from(kept, (item) => pace.counted[item] ?? 0),
  };
}

function widen(pace: Pace, items: number): void {
  if (items <= pace.days.length) return;
  const room = Math.max(64, items, pace.days.length * 2);
  const { means, days, counted } = pace;
  pace.means = new Float32Array(room);
  pace.days = new Uint32Array(room);
  pace.counted = new Float32Array(room);
  pace.means.set(means);
  pace.days.set(days);
  pace.counted.set(counted);
}
