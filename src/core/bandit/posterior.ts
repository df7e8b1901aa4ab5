import { meanOf, varianceOf, type Moments } from "../stats/moments.ts";

/** What is believed of a rate: a Beta distribution; both parameters are at least 1. */
export type BetaPosterior = { readonly family: "beta"; readonly a: number; readonly b: number };

/** What is believed of a mean: a normal distribution; `sd` is above 0. */
export type NormalPosterior = { readonly family: "normal"; readonly mean: number; readonly sd: number };

/** Of one bandit, an arm each: all of one family, so that they can be compared. */
export type Posteriors = readonly BetaPosterior[] | readonly NormalPosterior[];

/** Whether a goal is a yes/no of each customer, or an amount. */
export type GoalKind = "proportion" | "mean";

/** An arm's own variance counts for as much as the variance of all arms together at so many customers. */
const VARIANCE_PRIOR_USERS = 100;

/** What is believed of each arm by its customers so far. @example posteriorsOf("proportion", [{ n: 0, sum: 0, sumSquares: 0 }]) // [{ family: "beta", a: 1, b: 1 }] */
export function posteriorsOf(kind: GoalKind, arms: readonly Moments[]): Posteriors {
  return kind === "proportion" ? betaPosteriors(arms) : normalPosteriors(arms);
}

/**
 * Rates. Every arm begins as if it had one success (or one failure, whichever is rarer) at the rate of all arms together:
 * a prior in the middle of what is plausible, worth next to nothing once there are ten conversions.
 * @example betaPosteriors([{ n: 8, sum: 4, sumSquares: 4 }])[0] // { family: "beta", a: 5, b: 5 }
 */
export function betaPosteriors(arms: readonly Moments[]): readonly BetaPosterior[] {
  const { n, sum } = totalOf(arms);
  const rate = (Math.min(Math.max(sum, 0), n) + 1) / (n + 2);
  const rarer = Math.min(rate, 1 - rate);
  return arms.map((arm) => {
    const successes = Math.min(Math.max(arm.sum, 0), arm.n);
    return {
      family: "beta",
      a: rate / rarer + successes,
      b: (1 - rate) / rarer + arm.n - successes,
    };
  });
}

/**
 * Means, by the central limit theorem: for arms of a hundred customers and more. Two things hold few customers in check:
 * an arm's mean begins at that of all arms together, with the weight of one customer; and its variance is drawn to the
 * variance of all, so that an arm in which nobody has bought is uncertain, not certain.
 */
export function normalPosteriors(arms: readonly Moments[]): readonly NormalPosterior[] {
  const total = totalOf(arms);
  const centre = meanOf(total) ?? 0;
  const common = varianceOf(total) ?? 0;
  return arms.map((arm) => {
    const own = varianceOf(arm);
    const seen = own === undefined ? 0 : arm.n - 1;
    const variance = (VARIANCE_PRIOR_USERS * common + seen * (own ?? 0)) / (VARIANCE_PRIOR_USERS + seen);
    const n = Number.isFinite(arm.sum) ? arm.n : 0;
    return {
      family: "normal",
      mean: (centre + (n > 0 ? arm.sum : 0)) / (n + 1),
      // All customers alike: nothing tells the arms apart, and any spread says so.
      sd: variance > 0 ? Math.sqrt(variance / (n + 1)) : 1,
    };
  });
}

/** The mean of what is believed. @example posteriorMean({ family: "beta", a: 1, b: 3 }) // 0.25 */
export const posteriorMean = (one: BetaPosterior | NormalPosterior): number =>
  one.family === "beta" ? one.a / (one.a + one.b) : one.mean;

export function totalOf(arms: readonly Moments[]): Moments {
  const total = { n: 0, sum: 0, sumSquares: 0 };
  for (const { n, sum, sumSquares } of arms) {
    total.n += n;
    total.sum += sum;
    total.sumSquares += sumSquares;
  }
  return total;
}
