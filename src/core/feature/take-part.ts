import { chooseVariation, hashBucket, inNamespace } from "../experiment/bucket.ts";
import { compiledExperiment, type CompiledExperiment } from "./compile.ts";
import type { ExperimentResult, FeatureExperiment } from "./context.ts";
import { isFilteredOut } from "./filter.ts";
import { unitOf, type Unit } from "./hash-attribute.ts";
import { queryOverride } from "./query-override.ts";
import { rememberAs, rememberedOf, stickyKey } from "./sticky.ts";
import { askParents, type Walk } from "./walk.ts";

const NO_ATTRIBUTES = {};
const OUT = -1;

/**
 * Puts a unit into an experiment, or leaves it out. The order of the steps is the specification's: who looks at a
 * variation by address or by force sees it whatever else holds, and is not counted.
 * Source: GrowthBook SDK specification 0.8.0, `runExperiment`.
 */
export function takePart(given: CompiledExperiment, featureId: string | null, walk: Walk): ExperimentResult {
  const { context } = walk;
  const compiled = overridden(given, walk);
  const { experiment } = compiled;
  const isSticky = walk.documents !== undefined && !experiment.disableStickyBucketing;
  const unit = unitOf(
    context.attributes ?? NO_ATTRIBUTES,
    experiment.hashAttribute || "id",
    isSticky ? experiment.fallbackAttribute : undefined,
  );
  const uncounted = (index: number): ExperimentResult =>
    resultOf(experiment, index, featureId, unit, undefined);

  if (experiment.variations.length < 2 || context.enabled === false) return uncounted(OUT);
  const asked = forcedIndex(compiled, walk);
  if (asked !== undefined) return uncounted(asked);
  if (experiment.status === "draft" || experiment.active === false || unit.text === "") return uncounted(OUT);

  const remembered = isSticky
    ? rememberedOf(experiment, walk.documents!, context.attributes ?? NO_ATTRIBUTES)
    : undefined;
  const isRemembered = remembered !== undefined && remembered.variation >= 0;
  if (!isRemembered && !isOpenTo(compiled, unit, walk)) return uncounted(OUT);

  const bucket = hashBucket(experiment.seed || experiment.key, unit.text, experiment.hashVersion || 1);
  if (bucket === null) return uncounted(OUT);
  if (remembered?.isBlocked) return { ...uncounted(OUT), stickyBucketUsed: true };
  const index = isRemembered ? remembered.variation : chooseVariation(bucket, compiled.ranges);
  if (index < 0) return uncounted(OUT);
  if (Object.hasOwn(experiment, "force")) return uncounted(experiment.force ?? OUT);
  if (context.qaMode || experiment.status === "stopped") return uncounted(OUT);

  const result = resultOf(experiment, index, featureId, unit, { bucket, isRemembered });
  const kept = isSticky ? keep(experiment, unit, result, walk) : result;
  walk.tracks.push({ experiment, result: kept });
  return kept;
}

/** With the fields that the context replaces. */
function overridden(compiled: CompiledExperiment, { context: { overrides } }: Walk): CompiledExperiment {
  const { key } = compiled.experiment;
  if (overrides === undefined || !Object.hasOwn(overrides, key)) return compiled;
  const merged: FeatureExperiment = { ...compiled.experiment, ...overrides[key], key };
  const { contextualBandit, weights } = merged;
  return compiledExperiment(
    contextualBandit && weights
      ? { ...merged, contextualBandit: { ...contextualBandit, variationWeights: weights } }
      : merged,
  );
}

/** The variation that somebody wants to look at; `undefined` where chance decides. A page that is no target is out. */
function forcedIndex({ experiment, isOnPage }: CompiledExperiment, { context }: Walk): number | undefined {
  const { url = "", forcedVariations } = context;
  if (isOnPage !== undefined && !isOnPage(url)) return OUT;
  const inAddress = queryOverride(experiment.key, url, experiment.variations.length);
  if (inAddress !== null) return inAddress;
  return forcedVariations !== undefined && Object.hasOwn(forcedVariations, experiment.key)
    ? forcedVariations[experiment.key]
    : undefined;
}

function isOpenTo({ experiment, matches, parents }: CompiledExperiment, unit: Unit, walk: Walk): boolean {
  const { attributes = NO_ATTRIBUTES, savedGroups } = walk.context;
  const { filters, namespace } = experiment;
  if (filters !== undefined) {
    if (isFilteredOut(filters, attributes)) return false;
  } else if (namespace !== undefined && !inNamespace(unit.text, namespace)) return false;
  if (matches !== undefined && !matches(attributes, savedGroups)) return false;
  return parents.length === 0 || askParents(parents, walk) === "pass";
}

/** `chance` is how chance decided; without it, it did not. Written field by field: this runs for every flag asked. */
function resultOf(
  { variations, meta, contextualBandit: draw }: FeatureExperiment,
  index: number,
  featureId: string | null,
  { attribute, value }: Unit,
  chance: { readonly bucket: number; readonly isRemembered: boolean } | undefined,
): ExperimentResult {
  const inExperiment = index >= 0 && index < variations.length;
  const variationId = inExperiment ? index : 0;
  const known = meta?.[variationId];
  const result: { -readonly [key in keyof ExperimentResult]: ExperimentResult[key] } = {
    key: known?.key || String(variationId),
    featureId,
    inExperiment,
    hashUsed: chance !== undefined,
    variationId,
    value: variations[variationId],
    hashAttribute: attribute,
    hashValue: value,
    stickyBucketUsed: chance?.isRemembered ?? false,
  };
  if (known?.name) result.name = known.name;
  if (known?.passthrough) result.passthrough = known.passthrough;
  if (chance === undefined) return result;
  result.bucket = chance.bucket;
  // By which shares it was drawn, so that the propensity can be logged.
  return draw === undefined ? result : { ...result, ...draw };
}

function keep(
  experiment: FeatureExperiment,
  unit: Unit,
  result: ExperimentResult,
  walk: Walk,
): ExperimentResult {
  const stickyDocument = rememberAs(experiment, walk.documents!, unit, result.key);
  if (stickyDocument === undefined) return result;
  walk.documents = { ...walk.documents, [stickyKey(unit.attribute, unit.text)]: stickyDocument };
  return { ...result, stickyDocument };
}
