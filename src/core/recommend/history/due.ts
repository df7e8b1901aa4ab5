/** How early before a usual repurchase an item is due, as a share of the interval. */
export const EARLY_SHARE = 0.15;
/** How much later than usual nothing is lost yet, as a share of the interval; a wider spread of own gaps gives more. */
const LATE_SHARE = 0.5;
/** Below this it is no longer waited for: four intervals after it was late. */
const GIVEN_UP = 1 / 16;

/**
 * How much an item is waited for again, in [0, 1]: 0 before 85 % of the interval, 1 until it is late, then half as much
 * with every further interval, and 0 again when somebody has plainly stopped buying it. 0 for anything not finite.
 * @example dueness(27, 30) // 1
 * @example dueness(75, 30) // 0.5
 */
export function dueness(elapsed: number, interval: number, spread = 0): number {
  if (!(interval > 0) || !(elapsed >= interval * (1 - EARLY_SHARE))) return 0;
  const late = interval + Math.max(interval * LATE_SHARE, spread);
  const due = elapsed <= late ? 1 : 0.5 ** ((elapsed - late) / interval);
  return due >= GIVEN_UP ? due : 0;
}
