import { circumstancesOf, rewardsOf, type ExposureRow, type Place } from "./exposure-row.ts";
import { expectedReward, type RewardTally } from "./reward-model.ts";
import { addRatios, NO_UNITS, oneUnit, type UnitRatio } from "./unit-ratio.ts";

/**
 * The policy to be judged: the probability, 0 to 1, that it would put this item at this place. Asked for the item that
 * was shown and, where the row tells them, for every candidate; over the candidates it sums up to at most 1.
 */
export type TargetPolicy = (item: string, place: Place) => number;

/** Amounts per unit, each over the unit's number of picks unless said. */
const RATIOS = ["logged", "weight", "ips", "snips", "dm", "dr", "switchDr", "gain"] as const;

/** All that has to be kept of exposed rows to judge a policy on them. Sums of several shards add up. */
export type PolicySums = { readonly [K in (typeof RATIOS)[number]]: UnitRatio } & {
  readonly picks: number;
  /** Picks whose candidates are all known, so that a reward model can be asked. */
  readonly modelled: number;
  /** Picks with a reward other than 0 that the target might show, too. */
  readonly rewarded: number;
  /** Picks whose weight lies above the threshold of Switch-DR. */
  readonly switched: number;
  /** Picks that cannot be used, by what is wrong with them. */
  readonly badPropensity: number;
  readonly badReward: number;
  readonly badTarget: number;
};

const COUNTS = [
  "picks",
  "modelled",
  "rewarded",
  "switched",
  "badPropensity",
  "badReward",
  "badTarget",
] as const;

/** Weight above which Switch-DR trusts the reward model alone: one pick then speaks for more than ten. */
export const SWITCH_ABOVE = 10;

/** How far over 1 the probabilities of a target may sum up: decimals stored with six digits. */
const TARGET_SLACK = 1e-4;

const EMPTY_COUNTS = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<
  (typeof COUNTS)[number],
  number
>;

export const NO_SUMS: PolicySums = {
  ...(Object.fromEntries(RATIOS.map((name) => [name, NO_UNITS])) as Record<
    (typeof RATIOS)[number],
    UnitRatio
  >),
  ...EMPTY_COUNTS,
};

/** Adds up the sums of two shards. */
export function joinSums(a: PolicySums, b: PolicySums): PolicySums {
  const joined: Record<string, UnitRatio | number> = {};
  for (const name of RATIOS) joined[name] = addRatios(a[name], b[name]);
  for (const name of COUNTS) joined[name] = a[name] + b[name];
  return joined as PolicySums;
}

/**
 * The sums of one unit: all rows of a visitor, or of a decision where visitors are not told apart. Rows of one unit are
 * not independent, so they count as one in every standard error and in the effective sample size.
 */
export function sumsOfUnit(
  rows: readonly ExposureRow[],
  target: TargetPolicy,
  model: RewardTally,
  switchAbove: number = SWITCH_ABOVE,
): PolicySums {
  const counts = { ...EMPTY_COUNTS };
  const total = { reward: 0, weight: 0, weighted: 0, dm: 0, dr: 0, switchDr: 0 };
  for (const row of rows) {
    const rewards = rewardsOf(row);
    for (let position = 0; position < row.picks.length; position++) {
      const [item, propensity] = row.picks[position]!;
      const place = { row, position };
      const reward = rewards[position]!;
      const probability = target(item, place);
      counts.picks++;
      if (!(propensity > 0 && propensity <= 1)) counts.badPropensity++;
      else if (!Number.isFinite(reward)) counts.badReward++;
      else if (!(probability >= 0 && probability <= 1)) counts.badTarget++;
      else {
        const weight = probability / propensity;
        if (reward !== 0 && weight > 0) counts.rewarded++;
        total.reward += reward;
        total.weight += weight;
        total.weighted += weight * reward;
        const expected = expectedOf(target, place, model);
        if (expected === "impossible") counts.badTarget++;
        else if (expected !== undefined) {
          const surprise = weight * (reward - expectedReward(model, circumstancesOf(place), item));
          counts.modelled++;
          if (weight > switchAbove) counts.switched++;
          total.dm += expected;
          total.dr += expected + surprise;
          total.switchDr += expected + (weight > switchAbove ? 0 : surprise);
        }
      }
    }
  }
  if (counts.picks === 0) return NO_SUMS;
  const per = (amount: number): UnitRatio => oneUnit(amount, counts.picks);
  return {
    ...counts,
    logged: per(total.reward),
    weight: per(total.weight),
    ips: per(total.weighted),
    snips: oneUnit(total.weighted, total.weight),
    dm: per(total.dm),
    dr: per(total.dr),
    switchDr: per(total.switchDr),
    gain: per(total.dr - total.reward),
  };
}

/** What the model expects the target to earn at a place; `undefined` where the candidates are not all known. */
function expectedOf(
  target: TargetPolicy,
  place: Place,
  model: RewardTally,
): number | "impossible" | undefined {
  const { candidates, picks } = place.row;
  if (candidates?.includes(picks[place.position]![0]) !== true) return undefined;
  const circumstances = circumstancesOf(place);
  let [mass, expected] = [0, 0];
  for (const item of new Set(candidates)) {
    const probability = target(item, place);
    if (!(probability >= 0)) return "impossible";
    mass += probability;
    if (probability > 0) expected += probability * expectedReward(model, circumstances, item);
  }
  return mass <= 1 + TARGET_SLACK ? expected : "impossible";
}
