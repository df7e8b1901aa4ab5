import type { PolicySums } from "./policy-sums.ts";
import { ratioOf } from "./unit-ratio.ts";

/** Why a log cannot tell what another policy would earn, and what would help. */
export type Refusal = {
  readonly kind: "refused";
  readonly reason:
    | "empty"
    | "bad_propensity"
    | "bad_reward"
    | "bad_target"
    | "overflow"
    | "too_few_effective"
    | "not_covered"
    | "propensities_off"
    | "too_few_rewards";
  readonly effectiveSampleSize: number;
  readonly sentence: string;
  readonly cure: string;
};

/** Below it a handful of rows decides the estimate, and intervals mean nothing. */
export const EFFECTIVE_MIN = 100;

/** Rewards needed, for the same reason as in the verdict on an experiment. */
const REWARDED_MIN = 10;

/** Weights average 1 where the log covers what the target shows: tolerated are four standard errors and two percent. */
const OFF_ERRORS = 4;
const OFF_SHARE = 0.02;

/** The first reason not to believe any figure, or `undefined`. */
export function refusalOf(sums: PolicySums, effective: number, isFinite: boolean): Refusal | undefined {
  const refuse = (reason: Refusal["reason"], sentence: string, cure: string): Refusal => ({
    kind: "refused",
    reason,
    effectiveSampleSize: Number.isFinite(effective) ? effective : 0,
    sentence: `No estimate: ${sentence}.`,
    cure,
  });
  const { picks } = sums;
  if (picks === 0)
    return refuse("empty", "no pick was exposed", "Wait until the slot has been shown to visitors.");
  if (sums.badPropensity > 0)
    return refuse(
      "bad_propensity",
      `${sums.badPropensity} of ${picks} picks carry a propensity outside (0, 1], and something shown cannot have been impossible`,
      "Log the probability with which each pick was made; leave out rows without one.",
    );
  if (sums.badReward > 0)
    return refuse(
      "bad_reward",
      `${sums.badReward} of ${picks} picks carry a reward that is no finite number`,
      "Correct the rewards of these rows, or leave the rows out.",
    );
  if (sums.badTarget > 0)
    return refuse(
      "bad_target",
      `at ${sums.badTarget} of ${picks} picks the new policy's probabilities are outside 0 to 1, or sum up to more than 1`,
      "Give for every place a probability for each candidate, summing up to 1.",
    );
  if (effective < EFFECTIVE_MIN && Number.isFinite(sums.weight.amountSquares))
    return refuse(
      "too_few_effective",
      `${picks} exposed picks are worth only ${Number(effective.toPrecision(3))} of the new policy's own, and ${EFFECTIVE_MIN} are needed; it shows what the present one hardly ever showed`,
      "Let the present policy explore more (a higher floor) or log for longer, judge a policy nearer to it, or run an A/B test.",
    );
  const weight = ratioOf(sums.weight);
  if (!isFinite || weight === undefined)
    return refuse(
      "overflow",
      "weights or rewards are too large to be added up",
      "Look for propensities near 0 and for rewards that no order can have.",
    );
  const off = weight.value - 1;
  if (Math.abs(off) > OFF_ERRORS * weight.standardError + OFF_SHARE)
    return off < 0
      ? refuse(
          "not_covered",
          `only about ${Math.round(weight.value * 100)}% of what the new policy shows was ever shown, and of the rest nothing is known`,
          "Give every item that the new policy may show a small probability in the present one, or run an A/B test.",
        )
      : refuse(
          "propensities_off",
          `weights average ${Number(weight.value.toPrecision(3))} where right propensities give 1`,
          "Check that the propensities logged are the probabilities with which the picks were made.",
        );
  if (sums.rewarded < REWARDED_MIN)
    return refuse(
      "too_few_rewards",
      `only ${sums.rewarded} picks that the new policy might show were rewarded, and ${REWARDED_MIN} are needed`,
      "Log for longer, or choose a goal that is reached more often.",
    );
  return undefined;
}
