import { meanOf, varianceOf, type Moments } from "../stats/moments.ts";
import { allocateBy, type ArmTally, type BanditSettings } from "./allocate.ts";
import { totalOf, type NormalPosterior } from "./posterior.ts";

/** Before anything is known, how far an arm's value in one context lies from its value elsewhere: a part of the mean. */
const RELATIVE_SPREAD = 0.1;

/** That guess counts like so many contexts' worth of evidence. */
const SPREAD_PRIOR = 3;

/**
 * The shares of each context, for a bandit whose arms may do differently in different contexts. A context learns from its
 * own customers and, as far as arms have turned out to do alike everywhere, from all others': many small contexts cost
 * next to nothing where they make no difference. `leaves[l][i]` are the customers of arm i in context l.
 */
export function allocateLeaves(
  leaves: readonly (readonly ArmTally[])[],
  settings: BanditSettings,
): readonly (readonly number[])[] {
  const sums = leaves.map((arms) => arms.map(({ moments }) => moments));
  const model = leafModel(sums);
  return leaves.map((arms, leaf) => {
    const open = arms.flatMap(({ isOff }, i) => (isOff ? [] : [i]));
    // A context waits for the arms' customers in all contexts: it need not learn everything by itself.
    const enough = open.every((i) => totalOf(sums.map((each) => each[i]!)).n >= settings.usersMin);
    if (!enough || !model) return allocateBy(arms, { ...settings, usersMin: Infinity }, () => []);
    const beliefs = () => open.map((i) => leafPosterior(model, sums, leaf, i));
    return allocateBy(arms, { ...settings, usersMin: 0 }, beliefs);
  });
}

type LeafModel = {
  /** Of one customer. */
  readonly variance: number;
  readonly mean: number;
  /** Mean of each context beyond the overall one. */
  readonly leafEffects: readonly number[];
  /** Variance of an arm's value between contexts, beyond the context's own effect. */
  readonly between: number;
};

/** `undefined` while all customers are alike: nothing tells the arms apart. */
function leafModel(sums: readonly (readonly Moments[])[]): LeafModel | undefined {
  const whole = totalOf(sums.flat());
  const variance = varianceOf(whole);
  const mean = meanOf(whole);
  if (!variance || mean === undefined) return undefined;
  const armMeans = sums[0]!.map((_, i) => meanOf(totalOf(sums.map((each) => each[i]!))) ?? mean);
  // What its arms' shares do not explain is the context's own.
  const leafEffects = sums.map((arms) => {
    const { n, sum } = totalOf(arms);
    const expected = arms.reduce((total, one, i) => total + one.n * armMeans[i]!, 0);
    return n > 0 ? (sum - expected) / n : 0;
  });
  const between = betweenLeaves(sums, armMeans, leafEffects, variance, mean);
  return { variance, mean, leafEffects, between };
}

/**
 * The method of DerSimonian and Laird (1986): what the cells scatter beyond what chance explains, drawn to a guess that
 * keeps exploring possible while there are few cells.
 */
function betweenLeaves(
  sums: readonly (readonly Moments[])[],
  armMeans: readonly number[],
  leafEffects: readonly number[],
  variance: number,
  mean: number,
): number {
  let [scatter, weight, squares, cells] = [0, 0, 0, 0];
  sums.forEach((arms, leaf) =>
    arms.forEach(({ n, sum }, i) => {
      if (!(n > 0)) return;
      scatter += (n / variance) * (sum / n - armMeans[i]! - leafEffects[leaf]!) ** 2;
      weight += n / variance;
      squares += (n / variance) ** 2;
      cells++;
    }),
  );
  const free = (sums.length - 1) * (armMeans.length - 1);
  const guess = (RELATIVE_SPREAD * mean) ** 2;
  const scale = (weight - squares / weight) * (free / cells);
  if (!(free > 0) || !(scale > 0)) return guess;
  const found = Math.max(0, (scatter - free) / scale);
  return (SPREAD_PRIOR * guess + free * found) / (SPREAD_PRIOR + free);
}

/** An arm in one context: its customers there, and its customers elsewhere as a prior that is as wide as contexts differ. */
function leafPosterior(
  model: LeafModel,
  sums: readonly (readonly Moments[])[],
  leaf: number,
  arm: number,
): NormalPosterior {
  const { variance, mean, leafEffects, between } = model;
  const here = sums[leaf]![arm]!;
  // One customer at the overall mean, so that an arm that nobody has seen elsewhere has a prior as well.
  let users = 1;
  let sum = mean;
  sums.forEach((arms, other) => {
    if (other === leaf) return;
    users += arms[arm]!.n;
    sum += arms[arm]!.sum - arms[arm]!.n * leafEffects[other]!;
  });
  const prior = 1 / (variance / users + between);
  const own = here.n / variance;
  const effect = here.n > 0 ? here.sum / here.n - leafEffects[leaf]! : 0;
  return {
    family: "normal",
    mean: (prior * (sum / users) + own * effect) / (prior + own),
    sd: 1 / Math.sqrt(prior + own),
  };
}
