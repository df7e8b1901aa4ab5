import { sequenceReach } from "./confidence-sequence.ts";
import { boundaries, type Spending } from "./group-sequential.ts";
import { normalQuantile } from "./normal.ts";
import { planPower } from "./plan-power.ts";

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

/** What a share is now, and by which part of it it should change. */
export type ShareAim = Pick<Aim, "alpha" | "power"> & { readonly share: number; readonly lift: number };

/**
 * The aim of finding a change of a share: the variance is what both arms have then on average.
 * @example shareAim({ share: 0.05, lift: 0.1, alpha: 0.05, power: 0.8 }).difference // 0.005
 */
export function shareAim({ share, lift, alpha, power }: ShareAim): Aim {
  const changed = Math.min(1, Math.max(0, share * (1 + lift)));
  const variance = (share * (1 - share) + changed * (1 - changed)) / 2;
  return { variance, difference: Math.abs(changed - share), alpha, power };
}

/**
 * Days until so many visitors came to each of `arms` arms, at `perDay` visitors a day that take part; `undefined` without.
 * @example daysFor(10_000, 2, 1000) // 20
 */
export function daysFor(usersPerArm: number, arms: number, perDay: number): number | undefined {
  const days = (usersPerArm * arms) / perDay;
  return perDay > 0 && Number.isFinite(days) ? days : undefined;
}

/**
 * Visitors an arm needs where the experiment is looked at once, at its end.
 * @example usersAtOneLook({ variance: 0.0475, difference: 0.005, alpha: 0.05, power: 0.8 }) // 29,826
 */
export function usersAtOneLook(aim: Aim): number {
  return usersWith(normalQuantile(aim.power) - normalQuantile(aim.alpha / 2), aim);
}

/**
 * Visitors an arm needs at most where a declared end is looked at in even steps; on average a plan takes fewer, as it may
 * find the difference on the way (see `planPower`).
 * @example usersPlanned({ variance: 0.0475, difference: 0.005, alpha: 0.05, power: 0.8 }, 5, "obrien_fleming") // 30,563
 */
export function usersPlanned(aim: Aim, looks: number, spending: Spending): number {
  const steps = Array.from({ length: looks }, (_, i) => (i + 1) / looks);
  const limits = boundaries(steps, aim.alpha, spending);
  // By the last boundary alone it would be a little more; from there by secants to the drift with the power asked for.
  let drift = limits.at(-1)! + normalQuantile(aim.power);
  let missing = aim.power - planPower(steps, limits, drift).power;
  let [driftBefore, missingBefore] = [drift * 0.97, aim.power - planPower(steps, limits, drift * 0.97).power];
  for (let i = 0; i < 8 && Math.abs(missing) > 1e-6 && missing !== missingBefore; i++) {
    const next = drift - (missing * (drift - driftBefore)) / (missing - missingBefore);
    [driftBefore, missingBefore] = [drift, missing];
    drift = next;
    missing = aim.power - planPower(steps, limits, drift).power;
  }
  return usersWith(drift, aim);
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

/** Visitors an arm needs for a difference of so many standard errors. */
function usersWith(drift: number, { variance, difference }: Aim): number {
  return Math.ceil((2 * variance * drift ** 2) / (difference * difference));
}
