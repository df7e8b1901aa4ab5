import type { Experiment } from "../config/config.ts";
import { getEqualWeights, isSplit } from "./bucket.ts";

/**
 * The share of each variation among those who take part, in the order of the variations. Variations without a weight
 * divide evenly what the others leave; weights that do not add up to 1 (within a hundredth) give way to equal ones.
 * @example splitOf(experiment with weights 0.9 and none) // [0.9, 0.1], but for rounding
 */
export function splitOf(experiment: Pick<Experiment, "variations">): readonly number[] {
  const given = experiment.variations.map((variation) => variation.weight);
  const left = 1 - given.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  const unweighted = given.filter((weight) => weight === undefined).length;
  const shares = given.map((weight) => weight ?? Math.max(0, left) / unweighted);
  return isSplit(shares, shares.length) ? shares : getEqualWeights(shares.length);
}
