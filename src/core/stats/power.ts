import { sequenceReach } from "./confidence-sequence.ts";
import { boundaries, type Spending } from "./group-sequential.ts";
import { normalQuantile } from "./normal.ts";

/** What is to be found, and how surely. */
export type Aim = {
  /** Variance of one visitor's figure, the same in both arms. */
  readonly variance: number;
  /** Smallest difference of means worth finding. */
  readonly difference: number;
  /** Chance of finding a difference where there is none. */
  readonly alpha: number;
  /** Chance of finding it where it is there. */
  readonly power: number;
};

/**
 * Visitors an arm needs where the experiment is looked at once, at its end.
 * @example usersAtOneLook({ variance: 0.0475, difference: 0.005, alpha: 0.05, power: 0.8 }) // 29,827
 */
export function usersAtOneLook(aim: Aim): number {
  return usersAt(-normalQuantile(aim.alpha / 2), aim);
}

/**
 * Visitors an arm needs at most where a declared end is looked at in steps: by the last boundary alone, as if nothing
 * were ever found before the end.
 */
export function usersPlanned(aim: Aim, looks: number, spending: Spending): number {
  const steps = Array.from({ length: looks }, (_, i) => (i + 1) / looks);
  return usersAt(boundaries(steps, aim.alpha, spending).at(-1)!, aim);
}

/** Visitors an arm needs where there is no end and anybody may look at any time. */
export function usersAnytime(aim: Aim): number {
  const { variance, difference, alpha, power } = aim;
  const isFound = (users: number): boolean => {
    const standardError = Math.sqrt((2 * variance) / users);
    const reach = sequenceReach(standardError, 2 * users, { alpha });
    return difference >= reach + normalQuantile(power) * standardError;
  };
  let [low, high] = [1, 2];
  while (!isFound(high) && high < 1e15) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isFound(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function usersAt(boundary: number, { variance, difference, power }: Aim): number {
  return Math.ceil((2 * variance * (boundary + normalQuantile(power)) ** 2) / (difference * difference));
}
