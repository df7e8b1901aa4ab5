import { incompleteBeta } from "../stats/incomplete-beta.ts";
import type { Interval } from "../stats/welch.ts";

/**
 * P(X <= successes) for X binomial with `trials` and probability `p`. Exact, by the incomplete beta function.
 * @example binomialCdf(1, 4, 0.5) // 0.3125
 */
export function binomialCdf(successes: number, trials: number, p: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return incompleteBeta(1 - p, trials - successes, successes + 1, p);
}

/**
 * Two-sided p-value of the exact sign test that wins and losses are equally likely; ties are left out before. Its error
 * rate is never above the level, and below it for few votes, because p moves in steps. 1 without votes.
 * @example signTest(8, 1) // 0.0390625
 */
export function signTest(wins: number, losses: number): number {
  return Math.min(1, 2 * binomialCdf(Math.min(wins, losses), wins + losses, 0.5));
}

/** Halvings of [0, 1] until nothing is left between two doubles. */
const HALVINGS = 60;

/**
 * The exact interval of a share (Clopper & Pearson 1934); [0, 1] without votes.
 * @example shareInterval(0, 10).high // 0.3084971078187607
 */
export function shareInterval(wins: number, losses: number, level = 0.95): Interval {
  const votes = wins + losses;
  const tail = (1 - level) / 2;
  return {
    low: wins === 0 ? 0 : root((p) => 1 - binomialCdf(wins - 1, votes, p) >= tail),
    high: losses === 0 ? 1 : root((p) => binomialCdf(wins, votes, p) <= tail),
  };
}

/** The smallest share from which on `isBeyond` holds. */
function root(isBeyond: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return high;
}
