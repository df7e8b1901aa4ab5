import type { Experiment } from "../config/config.ts";
import { compileCondition, type Attributes, type CompiledCondition } from "../segment/evaluate.ts";
import { chooseVariation, getBucketRanges, hashBucket, type BucketRange } from "./bucket.ts";
import { splitOf } from "./split.ts";

/** An experiment made ready for assigning: nothing is compiled or summed per decision. */
export type CompiledExperiment = {
  readonly id: string;
  readonly isRunning: boolean;
  readonly seed: string;
  /** `undefined`: every slot. */
  readonly slots: ReadonlySet<string> | undefined;
  /** `undefined`: everybody. */
  readonly matches: CompiledCondition | undefined;
  readonly ranges: readonly BucketRange[];
  /** Ids of the variations, in the order of `ranges`. */
  readonly variations: readonly string[];
};

/** In which variation a unit is. Not yet an exposure: nothing was seen. */
export type Assignment = {
  readonly experiment: string;
  readonly variation: string;
  /** 0 is the control. */
  readonly index: number;
};

/** Prepares an experiment once per config revision. */
export function compileExperiment(experiment: Experiment): CompiledExperiment {
  return {
    id: experiment.id,
    isRunning: experiment.status === "running",
    seed: experiment.seed ?? experiment.id,
    slots: experiment.slots && new Set(experiment.slots),
    matches: experiment.when && compileCondition(experiment.when),
    ranges: getBucketRanges(experiment.variations.length, experiment.coverage, splitOf(experiment)),
    variations: experiment.variations.map((variation) => variation.id),
  };
}

/**
 * The variation of a unit, or `undefined` when it takes no part: the experiment does not run, is for other slots, its
 * condition does not hold, the coverage leaves the unit out, or there is no unit (an empty text, as without consent).
 * A pure function of its arguments, so an assignment is never stored. Without `slotId` any slot is meant.
 * Buckets are GrowthBook's, hash version 2. A plain `Experiment` is accepted and compiled at each call.
 * @example assign(compileExperiment(experiment), "visitor-1", {}, "cart") // { experiment: "x", variation: "b", index: 1 }
 */
export function assign(
  experiment: Experiment | CompiledExperiment,
  unit: string,
  attributes: Attributes,
  slotId?: string,
): Assignment | undefined {
  const ready = "ranges" in experiment ? experiment : compileExperiment(experiment);
  if (!ready.isRunning || unit === "") return undefined;
  if (slotId !== undefined && ready.slots !== undefined && !ready.slots.has(slotId)) return undefined;
  if (ready.matches !== undefined && !ready.matches(attributes)) return undefined;
  const index = chooseVariation(hashBucket(ready.seed, unit, 2), ready.ranges);
  const variation = ready.variations[index];
  return variation === undefined ? undefined : { experiment: ready.id, variation, index };
}
