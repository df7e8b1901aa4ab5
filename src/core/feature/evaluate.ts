import { hashBucket } from "../experiment/bucket.ts";
import { withLeaf } from "./bandit-leaf.ts";
import { compiledExperiment, compiledFeature, type CompiledRule } from "./compile.ts";
import type {
  ExperimentResult,
  FeatureContext,
  FeatureExperiment,
  FeatureResult,
  FeatureRule,
  FeatureSource,
} from "./context.ts";
import { isFilteredOut, isWithin } from "./filter.ts";
import { unitOf } from "./hash-attribute.ts";
import { takePart } from "./take-part.ts";
import { askParents, type Walk } from "./walk.ts";

/**
 * A flag's value for one unit, and why. Nothing is stored or told: `tracks` says in which experiments the unit took part,
 * and their results hold the sticky documents to be kept. Payloads are prepared once per object; see `compileFeatures`.
 * Source: GrowthBook SDK specification 0.8.0, `evalFeature`.
 * @example evaluateFeature("banner", { features: { banner: { defaultValue: "plain" } } }).value // "plain"
 */
export function evaluateFeature(key: string, context: FeatureContext): FeatureResult {
  const walk = walkOf(context);
  const result = answer(key, walk);
  if (walk.tracks.length > 0) result.tracks = walk.tracks;
  return result;
}

/**
 * Puts a unit into an experiment that stands by itself, not in a rule of a flag. The result says whether it takes part,
 * whether it counts (`hashUsed`), and what is to be kept (`stickyDocument`).
 * @example runExperiment({ key: "my-test", variations: [0, 1] }, { attributes: { id: "1" } }).value // 1
 */
export const runExperiment = (experiment: FeatureExperiment, context: FeatureContext): ExperimentResult =>
  takePart(compiledExperiment(experiment), null, walkOf(context));

/** An answer while it is put together. */
type Answer = { -readonly [key in keyof FeatureResult]: FeatureResult[key] };

function walkOf(context: FeatureContext): Walk {
  const walk: Walk = {
    context,
    path: [],
    tracks: [],
    documents: context.stickyBuckets,
    answer: (key) => answer(key, walk),
  };
  return walk;
}

function answer(key: string, walk: Walk): Answer {
  const { features, forcedFeatures } = walk.context;
  if (walk.path.includes(key)) return resultOf(null, "cyclicPrerequisite");
  if (forcedFeatures !== undefined && Object.hasOwn(forcedFeatures, key))
    return resultOf(forcedFeatures[key], "override");
  const feature = features && compiledFeature(features, key);
  if (feature === undefined) return resultOf(null, "unknownFeature");
  walk.path.push(key);
  let result: Answer | undefined;
  for (const rule of feature.rules) {
    result = answerByRule(key, rule, walk);
    if (result !== undefined) break;
  }
  walk.path.pop();
  return result ?? resultOf(feature.defaultValue, "defaultValue");
}

/** What a rule answers; `undefined`: the next one is asked. */
function answerByRule(key: string, compiled: CompiledRule, walk: Walk): Answer | undefined {
  const { rule, parents, matches, isForced } = compiled;
  const { attributes = {}, savedGroups } = walk.context;
  const verdict = askParents(parents, walk);
  if (verdict === "cycle") return resultOf(null, "cyclicPrerequisite");
  if (verdict === "gate") return resultOf(null, "prerequisite");
  if (verdict === "skip") return undefined;
  if (rule.filters !== undefined && isFilteredOut(rule.filters, attributes)) return undefined;
  if (isForced) {
    if (matches !== undefined && !matches(attributes, savedGroups)) return undefined;
    if (!isRolledOut(key, rule, walk)) return undefined;
    walk.tracks.push(...(rule.tracks ?? []));
    return resultOf(rule.force, "force", rule.id);
  }
  if (compiled.experiment === undefined) return undefined;
  const reference = rule.contextualBanditRef;
  const experiment = reference ? withLeaf(compiled.experiment, reference, walk.context) : compiled.experiment;
  const part = takePart(experiment, key, walk);
  if (!part.inExperiment || part.passthrough) return undefined;
  const result = resultOf(part.value, "experiment", rule.id);
  result.experiment =
    part.hashUsed || experiment === compiled.experiment
      ? experiment.experiment
      : withoutDraw(experiment.experiment);
  result.experimentResult = part;
  return result;
}

/** Whether a forced value is for this unit: of every one, a share or a range gets it. */
function isRolledOut(key: string, rule: FeatureRule, walk: Walk): boolean {
  const { range, coverage } = rule;
  if (range === undefined && coverage === undefined) return true;
  if (range === undefined && coverage === 0) return false;
  const isSticky = walk.documents !== undefined && !rule.disableStickyBucketing;
  const fallback = isSticky ? rule.fallbackAttribute : undefined;
  const { text } = unitOf(walk.context.attributes ?? {}, rule.hashAttribute || "id", fallback);
  const bucket = text === "" ? null : hashBucket(rule.seed || key, text, rule.hashVersion || 1);
  if (bucket === null) return false;
  return range === undefined ? bucket <= coverage! : isWithin(bucket, range);
}

function withoutDraw({ contextualBandit: _draw, ...experiment }: FeatureExperiment): FeatureExperiment {
  return experiment;
}

const resultOf = (value: unknown, source: FeatureSource, ruleId = ""): Answer => ({
  value,
  on: Boolean(value),
  off: !value,
  source,
  ruleId,
});
