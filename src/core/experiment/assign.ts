import type { Experiment } from "../config/config.ts";
import type { EpochMs } from "../primitives/time.ts";
import { compileCondition, type Attributes, type CompiledCondition } from "../segment/evaluate.ts";
import {
  chooseVariation,
  getBucketRanges,
  hashBucket,
  inNamespace,
  type BucketRange,
  type Namespace,
} from "./bucket.ts";
import { experimentKey } from "./key.ts";
import { splitOf } from "./split.ts";

/** An experiment made ready for assigning: nothing is compiled or summed per decision. */
export type CompiledExperiment = {
  readonly id: string;
  /** Under which it is counted. */
  readonly key: string;
  readonly isRunning: boolean;
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly seed: string;
  /** `undefined`: every slot. */
  readonly slots: ReadonlySet<string> | undefined;
  /** `undefined`: everybody. */
  readonly matches: CompiledCondition | undefined;
  readonly namespace: Namespace | undefined;
  readonly requires: readonly { readonly experiment: string; readonly variations: readonly string[] }[];
  /** Where the variations lie from a moment on, the latest last. */
  readonly stages: readonly Stage[];
  /** The shares of a bandit until it has any of its own; absent where shares are fixed. */
  readonly start: Allocation | undefined;
  /** Ids of the variations, in the order of the ranges. */
  readonly variations: readonly string[];
  /** Contexts a bandit learns about on their own. */
  readonly contexts: readonly { readonly id: string; readonly matches: CompiledCondition }[];
};

type Stage = { readonly at: EpochMs; readonly coverage: number; readonly ranges: readonly BucketRange[] };

/** In which variation a unit is. Not yet an exposure: nothing was seen. */
export type Assignment = {
  readonly experiment: string;
  readonly variation: string;
  /** 0 is the control. */
  readonly index: number;
  /** How a bandit drew it; absent where shares are fixed, or the unit was in it already. */
  readonly drawn?: { readonly p: number; readonly v: number; readonly leaf?: string };
};

/** A bandit's shares at present, in the order of the variations. */
export type Allocation = {
  /** Counts up with every change. */
  readonly version: number;
  readonly weights: readonly number[];
  /** By id of a context; one that is missing gets `weights`. */
  readonly leaves?: Readonly<Record<string, readonly number[]>>;
};

/** Who is asked about, where and when. */
export type Occasion = {
  /** Whom the hash splits. Empty without consent: then there is no experiment. */
  readonly unit: string;
  readonly attributes: Attributes;
  /** Absent: any slot is meant. */
  readonly slotId?: string | undefined;
  /** Absent: schedules do not matter. */
  readonly now?: EpochMs | undefined;
  /** The variation that this person has seen before, by the experiment's key: they stay in it. */
  readonly seen?: ReadonlyMap<string, string> | undefined;
  /** Variations of experiments that stand before, by id. */
  readonly earlier?: ReadonlyMap<string, string> | undefined;
  readonly allocation?: Allocation | undefined;
};

/** Prepares an experiment once per config revision. */
export function compileExperiment(experiment: Experiment): CompiledExperiment {
  const { variations, namespace, ramp = [] } = experiment;
  const shares = splitOf(experiment);
  const stage = (at: EpochMs, coverage: number): Stage => ({
    at,
    coverage,
    ranges: getBucketRanges(variations.length, coverage, shares),
  });
  return {
    id: experiment.id,
    key: experimentKey(experiment),
    isRunning: experiment.status === "running",
    from: experiment.from ?? Number.NEGATIVE_INFINITY,
    until: experiment.until ?? Number.POSITIVE_INFINITY,
    seed: experiment.seed ?? experimentKey(experiment),
    slots: experiment.slots && new Set(experiment.slots),
    matches: experiment.when && compileCondition(experiment.when),
    namespace: namespace && [namespace.name, namespace.from, namespace.to],
    requires: experiment.requires ?? [],
    stages: [
      stage(Number.NEGATIVE_INFINITY, experiment.coverage),
      ...ramp.toSorted((a, b) => a.at - b.at).map(({ at, coverage }) => stage(at, coverage)),
    ],
    start: experiment.bandit && { version: 0, weights: shares },
    variations: variations.map((variation) => variation.id),
    contexts: (experiment.bandit?.contexts ?? []).map(({ id, when }) => ({
      id,
      matches: compileCondition(when),
    })),
  };
}

/**
 * The variation of a unit, or `undefined` when it takes no part: the experiment does not run now, is for other slots or
 * others' stretch of a namespace, its condition or an experiment it requires does not hold, the coverage leaves the unit
 * out, or there is no unit. Who has seen a variation stays in it, whatever has changed since, also as somebody known under
 * another id. Apart from that a pure hash, so an assignment is never stored. Buckets are GrowthBook's, hash version 2.
 * @example assign(compileExperiment(experiment), { unit: "visitor-1", attributes: {} }) // { experiment: "x", variation: "b", index: 1 }
 */
export function assign(experiment: CompiledExperiment, occasion: Occasion): Assignment | undefined {
  const { unit, slotId, now } = occasion;
  if (!experiment.isRunning || unit === "") return undefined;
  if (now !== undefined && (now < experiment.from || now >= experiment.until)) return undefined;
  if (slotId !== undefined && experiment.slots !== undefined && !experiment.slots.has(slotId))
    return undefined;
  const before = occasion.seen?.get(experiment.key);
  const known = before === undefined ? -1 : experiment.variations.indexOf(before);
  if (known >= 0) return { experiment: experiment.id, variation: before!, index: known };
  if (!isFor(experiment, occasion)) return undefined;
  const bucket = hashBucket(experiment.seed, unit, 2);
  const { coverage, ranges } = stageAt(experiment, now);
  const shares = experiment.start && sharesFor(experiment, experiment.start, occasion);
  const index = chooseVariation(
    bucket,
    shares ? getBucketRanges(shares.weights.length, coverage, shares.weights) : ranges,
  );
  const variation = experiment.variations[index];
  if (variation === undefined) return undefined;
  const assignment = { experiment: experiment.id, variation, index };
  return shares ? { ...assignment, drawn: drawnBy(shares, index) } : assignment;
}

function isFor({ matches, namespace, requires }: CompiledExperiment, occasion: Occasion): boolean {
  if (namespace !== undefined && !inNamespace(occasion.unit, namespace)) return false;
  for (const { experiment, variations } of requires)
    if (!variations.includes(occasion.earlier?.get(experiment) ?? "")) return false;
  return matches === undefined || matches(occasion.attributes);
}

/** Without a moment the first stage is meant, which is the plain coverage. */
function stageAt({ stages }: CompiledExperiment, now: EpochMs | undefined): Stage {
  return (now === undefined ? undefined : stages.findLast(({ at }) => at <= now)) ?? stages[0]!;
}

type Shares = { readonly weights: readonly number[]; readonly v: number; readonly leaf: string | undefined };

/** The shares by which a bandit draws for this person; shares for another number of variations are none. */
function sharesFor(experiment: CompiledExperiment, start: Allocation, occasion: Occasion): Shares {
  const { contexts, variations } = experiment;
  const given = occasion.allocation;
  const allocation = given?.weights.length === variations.length ? given : start;
  const leaf = contexts.find(({ matches }) => matches(occasion.attributes))?.id;
  const own = leaf === undefined ? undefined : allocation.leaves?.[leaf];
  const weights = own?.length === variations.length ? own : allocation.weights;
  return { weights, v: allocation.version, leaf };
}

const drawnBy = ({ weights, v, leaf }: Shares, index: number) => ({
  p: weights[index]!,
  v,
  ...(leaf === undefined ? {} : { leaf }),
});
