import { cholesky, forward, solve } from "./cholesky.ts";
import { sharesOf, type BanditSettings } from "./allocate.ts";
import type { NormalPosterior } from "./posterior.ts";

/** Features at most, the constant included. */
export const FEATURES_MAX = 8;

/** One arm's customers, as sums that can be added and taken back: features x, of which the first is always 1, and goal y. */
export type LinearSums = {
  readonly n: number;
  /** Sums of x·x by pairs of features, the upper triangle row by row. */
  readonly xx: readonly number[];
  readonly xy: readonly number[];
  readonly yy: number;
};

/** An arm's mean begins at that of all arms, with the weight of so many customers. */
const MEAN_PRIOR_USERS = 50;

/** Before anything is known, how far an arm lies above its mean for one customer and below it for another: a part of the mean. */
const RELATIVE_SPREAD = 0.1;

/** That guess weighs at least and at most so many customers, whatever the goal's mean. */
const SLOPES_PRIOR_USERS = [50, 5_000] as const;

/** @example noSums(2) // { n: 0, xx: [0, 0, 0], xy: [0, 0], yy: 0 } */
export function noSums(features: number): LinearSums {
  const zeros = (length: number) => Array.from<number>({ length }).fill(0);
  return { n: 0, xx: zeros((features * (features + 1)) / 2), xy: zeros(features), yy: 0 };
}

/**
 * What one customer adds; times -1 takes them back. Whole numbers in, whole numbers out, so that sums stay exact.
 * @example customerSums([1, 2], 3) // { n: 1, xx: [1, 2, 4], xy: [3, 6], yy: 9 }
 */
export function customerSums(x: readonly number[], y: number, times: 1 | -1 = 1): LinearSums {
  const xx = x.flatMap((one, i) => x.slice(i).map((other) => times * one * other));
  return { n: times, xx, xy: x.map((one) => times * one * y), yy: times * y * y };
}

/** @example addLinear(noSums(1), customerSums([1], 5)).yy // 25 */
export function addLinear(one: LinearSums, other: LinearSums): LinearSums {
  const plus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + b[i]!);
  return {
    n: one.n + other.n,
    xx: plus(one.xx, other.xx),
    xy: plus(one.xy, other.xy),
    yy: one.yy + other.yy,
  };
}

/** A bandit whose arms' values are lines through a customer's features, fitted and ready to answer. */
export type LinearBandit = {
  readonly arms: readonly { readonly lower: Float64Array; readonly line: Float64Array }[];
  /** Of one customer, around the line. */
  readonly variance: number;
  /** Of all arms, and of the arm that has fewest. */
  readonly users: number;
  readonly fewest: number;
};

/**
 * Fits each arm: Bayesian linear regression, whose prior is the line through all arms' customers. As far as features make
 * no difference between arms, the arms share what is learned about the features. `undefined` for fewer customers than
 * features, for features that are sums of one another, and for a goal without variance.
 */
export function fitLinear(arms: readonly LinearSums[]): LinearBandit | undefined {
  const size = arms[0]?.xy.length ?? 0;
  const whole = arms.reduce(addLinear, noSums(size));
  if (!(whole.n > size + 1) || size > FEATURES_MAX) return undefined;
  const all = square(whole.xx, size);
  const commonLower = cholesky(all, size);
  if (!commonLower) return undefined;
  const common = solve(commonLower, whole.xy);
  const explained = common.reduce((sum, slope, i) => sum + slope * whole.xy[i]!, 0);
  const variance = (whole.yy - explained) / (whole.n - size);
  if (!(variance > 0 && variance < Infinity)) return undefined;
  const fitted: { lower: Float64Array; line: Float64Array }[] = [];
  const prior = priorOf(all, size, whole.n, variance, whole.xy[0]! / whole.n);
  const pull = multiply(prior, common);
  for (const { xx, xy } of arms) {
    const lower = cholesky(
      square(xx, size).map((value, i) => value + prior[i]!),
      size,
    );
    if (!lower) return undefined;
    fitted.push({
      lower,
      line: solve(
        lower,
        xy.map((value, i) => value + pull[i]!),
      ),
    });
  }
  return { arms: fitted, variance, users: whole.n, fewest: Math.min(...arms.map(({ n }) => n)) };
}

/**
 * How firmly an arm is held to the common line: little in its mean, more in how it differs between customers, which is
 * rarer and takes many more customers to tell. The two are the parts of the features' second moments: the square of their
 * means, and their variance.
 */
function priorOf(all: Float64Array, size: number, n: number, variance: number, mean: number): Float64Array {
  const [least, most] = SLOPES_PRIOR_USERS;
  const slopes = Math.min(most, Math.max(least, variance / (RELATIVE_SPREAD * mean) ** 2));
  return all.map((value, at) => {
    const means = (all[at % size]! / n) * (all[Math.floor(at / size)]! / n);
    return MEAN_PRIOR_USERS * means + slopes * (value / n - means);
  });
}

const multiply = (matrix: Float64Array, x: Float64Array): Float64Array =>
  x.map((_, i) => x.reduce((sum, one, j) => sum + matrix[i * x.length + j]! * one, 0));

/** What is believed of each arm's value for a customer with these features. */
export function linearPosteriors(
  { arms, variance }: LinearBandit,
  x: readonly number[],
): readonly NormalPosterior[] {
  return arms.map(({ lower, line }) => {
    const reach = forward(lower, x).reduce((sum, one) => sum + one * one, 0);
    const mean = x.reduce((sum, one, i) => sum + one * line[i]!, 0);
    return { family: "normal", mean, sd: Math.sqrt(variance * reach) || Math.sqrt(variance) };
  });
}

/** The shares for a customer with these features: the propensities that an exposure keeps. Equal until enough is known. */
export function allocateLinear(
  bandit: LinearBandit | undefined,
  x: readonly number[],
  arms: number,
  settings: BanditSettings,
): readonly number[] {
  if (!bandit || bandit.fewest < settings.usersMin)
    return Array.from<number>({ length: arms }).fill(1 / arms);
  return sharesOf(linearPosteriors(bandit, x), bandit.users, settings);
}

/** The whole symmetric matrix of an upper triangle. */
function square(upper: readonly number[], size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  let at = 0;
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = upper[at++]!;
  return matrix;
}
