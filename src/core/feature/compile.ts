import { getBucketRanges, type BucketRange } from "../experiment/bucket.ts";
import { compileCondition, type CompiledCondition } from "../segment/evaluate.ts";
import type {
  ContextualBandit,
  FeatureDefinition,
  FeatureExperiment,
  FeatureRule,
  Features,
  ParentCondition,
  Split,
} from "./context.ts";
import { compileUrlTargets } from "./url-target.ts";

/** Another flag that decides, made ready. */
export type CompiledParent = {
  readonly id: string;
  readonly passes: CompiledCondition;
  readonly isGate: boolean;
};

/** An experiment made ready: nothing is compiled or summed per unit. */
export type CompiledExperiment = {
  readonly experiment: FeatureExperiment;
  readonly matches: CompiledCondition | undefined;
  readonly parents: readonly CompiledParent[];
  readonly ranges: readonly BucketRange[];
  readonly isOnPage: ((url: string) => boolean) | undefined;
};

/** A rule made ready. Without an experiment and without `force` it says nothing. */
export type CompiledRule = {
  readonly rule: FeatureRule;
  readonly parents: readonly CompiledParent[];
  readonly matches: CompiledCondition | undefined;
  readonly isForced: boolean;
  readonly experiment: CompiledExperiment | undefined;
};

/** A flag made ready. */
export type CompiledFeature = { readonly defaultValue: unknown; readonly rules: readonly CompiledRule[] };

/** Leaves of a contextual bandit, made ready. */
export type CompiledLeaf = {
  readonly leafId: number;
  readonly weights: readonly number[];
  readonly matches: CompiledCondition;
};

// Everything is prepared once per object and forgotten with it. An object must therefore not be changed once it was
// evaluated; a new payload is a new object.
const features = new WeakMap<Features, Map<string, CompiledFeature>>();
const experiments = new WeakMap<FeatureExperiment, CompiledExperiment>();
const bandits = new WeakMap<ContextualBandit, readonly CompiledLeaf[]>();

/**
 * Prepares every flag of a payload now, instead of each when it is first asked for, and gives the payload back. What is
 * prepared belongs to this very object.
 * @example const features = compileFeatures(payload); evaluateFeature("banner", { features, attributes })
 */
export function compileFeatures(payload: Features): Features {
  for (const key of Object.keys(payload)) compiledFeature(payload, key);
  return payload;
}

/** A flag made ready; `undefined` when the payload has none of that key. */
export function compiledFeature(payload: Features, key: string): CompiledFeature | undefined {
  let known = features.get(payload);
  if (known === undefined) features.set(payload, (known = new Map()));
  const before = known.get(key);
  if (before !== undefined) return before;
  if (!Object.hasOwn(payload, key)) return undefined;
  const made = compileFeature(key, payload[key]!);
  known.set(key, made);
  return made;
}

/** An experiment made ready. */
export function compiledExperiment(experiment: FeatureExperiment): CompiledExperiment {
  const before = experiments.get(experiment);
  if (before !== undefined) return before;
  const made: CompiledExperiment = {
    experiment,
    matches: experiment.condition && compileCondition(experiment.condition),
    parents: (experiment.parentConditions ?? []).map(compileParent),
    ranges: rangesOf(experiment, experiment.weights),
    isOnPage: experiment.urlPatterns && compileUrlTargets(experiment.urlPatterns),
  };
  experiments.set(experiment, made);
  return made;
}

/** Where an experiment's variations lie by given weights. */
export const rangesOf = (
  { variations, coverage = 1, ranges }: Pick<FeatureExperiment, "variations" | "coverage" | "ranges">,
  weights: readonly number[] | undefined,
): readonly BucketRange[] => ranges ?? getBucketRanges(variations.length, coverage, weights ?? null);

/** The leaves of a contextual bandit, made ready. */
export function compiledLeaves(bandit: ContextualBandit): readonly CompiledLeaf[] {
  const before = bandits.get(bandit);
  if (before !== undefined) return before;
  const made = (bandit.contexts ?? []).map(({ leafId, weights, condition = {} }) => ({
    leafId,
    weights,
    matches: compileCondition(condition),
  }));
  bandits.set(bandit, made);
  return made;
}

function compileFeature(
  key: string,
  { defaultValue = null, rules = [] }: FeatureDefinition,
): CompiledFeature {
  return {
    defaultValue,
    rules: rules.map((rule): CompiledRule => {
      const variations = rule.contextualVariations ?? rule.variations;
      const isForced = Object.hasOwn(rule, "force");
      return {
        rule,
        parents: (rule.parentConditions ?? []).map(compileParent),
        matches: rule.condition && compileCondition(rule.condition),
        isForced,
        experiment:
          isForced || variations === undefined
            ? undefined
            : compiledExperiment(experimentOf(key, rule, variations)),
      };
    }),
  };
}

const compileParent = ({ id, condition = {}, gate = false }: ParentCondition): CompiledParent => ({
  id,
  passes: compileCondition(condition),
  isGate: gate,
});

const CARRIED: readonly (keyof Split)[] = [
  "coverage",
  "weights",
  "hashAttribute",
  "fallbackAttribute",
  "disableStickyBucketing",
  "bucketVersion",
  "minBucketVersion",
  "namespace",
  "meta",
  "ranges",
  "name",
  "phase",
  "seed",
  "hashVersion",
  "filters",
  "condition",
];

/** A rule that splits is an experiment; its prerequisites have been asked by then. Numbers are carried even when 0. */
function experimentOf(key: string, rule: FeatureRule, variations: readonly unknown[]): FeatureExperiment {
  const carried = CARRIED.filter((name) => rule[name] || rule[name] === 0).map((name) => [name, rule[name]]);
  return { variations, key: rule.key || key, ...(Object.fromEntries(carried) as Split) };
}
