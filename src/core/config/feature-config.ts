import * as v from "valibot";
import { isSplit } from "../experiment/bucket.ts";
import { Condition } from "../segment/condition.ts";
import { FEATURE_LIMITS } from "./feature-limits.ts";
import { checkPrerequisites } from "./prerequisites.ts";

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A flag's key, as GrowthBook and OpenFeature SDKs ask for it. */
export const FlagKey = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_.:|-]{0,63}$/,
    "a flag's key of letters, digits, _ . : | and -, at most 64 long",
  ),
);

/** What a flag answers with: any JSON, as long as its text is not longer than the limit. */
const Payload = v.pipe(
  v.unknown(),
  v.check(
    (value) => value !== undefined && JSON.stringify(value).length <= FEATURE_LIMITS.payloadCharactersMax,
    `a JSON value of at most ${FEATURE_LIMITS.payloadCharactersMax} characters`,
  ),
);

/** A stretch of the hash space. */
const Range = v.pipe(
  v.strictTuple([Share, Share]),
  v.check(([from, to]) => from <= to, "a stretch whose end is not before its beginning"),
);
const Ranges = v.pipe(v.array(Range), v.maxLength(FEATURE_LIMITS.variationsMax));
const HashVersion = v.picklist([1, 2]);

/** Lets a rule depend on what another flag answers; with `gate` the whole flag does. */
const ParentCondition = v.strictObject({
  id: FlagKey,
  condition: Condition,
  gate: v.optional(v.boolean()),
});

/** Leaves out whoever hashes outside the ranges: what namespaces are made of. */
const Filter = v.strictObject({
  seed: text(128),
  ranges: Ranges,
  hashVersion: v.optional(HashVersion),
  attribute: v.optional(text(64)),
});

const Meta = v.strictObject({
  key: v.optional(text(128)),
  name: v.optional(text(256)),
  passthrough: v.optional(v.boolean()),
});

/**
 * One rule of a flag, in GrowthBook's own JSON (SDK specification 0.8.0): it forces a value, or splits units between
 * several. Weights that do not split, and lists whose lengths disagree, are refused: an SDK would silently split evenly.
 */
export const FeatureRuleConfig = v.pipe(
  v.strictObject({
    id: v.optional(text(64)),
    condition: v.optional(Condition),
    parentConditions: v.optional(v.pipe(v.array(ParentCondition), v.maxLength(FEATURE_LIMITS.parentsMax))),
    force: v.optional(Payload),
    variations: v.optional(
      v.pipe(v.array(Payload), v.minLength(2), v.maxLength(FEATURE_LIMITS.variationsMax)),
    ),
    weights: v.optional(v.pipe(v.array(Share), v.maxLength(FEATURE_LIMITS.variationsMax))),
    key: v.optional(text(128)),
    name: v.optional(text(256)),
    phase: v.optional(text(64)),
    seed: v.optional(text(128)),
    hashAttribute: v.optional(text(64)),
    fallbackAttribute: v.optional(text(64)),
    hashVersion: v.optional(HashVersion),
    disableStickyBucketing: v.optional(v.boolean()),
    bucketVersion: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    minBucketVersion: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    coverage: v.optional(Share),
    range: v.optional(Range),
    ranges: v.optional(Ranges),
    namespace: v.optional(v.strictTuple([text(128), Share, Share])),
    filters: v.optional(v.pipe(v.array(Filter), v.maxLength(10))),
    meta: v.optional(v.pipe(v.array(Meta), v.maxLength(FEATURE_LIMITS.variationsMax))),
  }),
  v.check(
    (rule) => (rule.force === undefined) !== (rule.variations === undefined),
    "a rule with either `force` or `variations`",
  ),
  v.forward(
    v.partialCheck(
      [["weights"], ["variations"]],
      ({ weights, variations }) =>
        weights === undefined || (variations !== undefined && isSplit(weights, variations.length)),
      "one weight for each variation, adding up to 1",
    ),
    ["weights"],
  ),
  v.forward(
    v.partialCheck(
      [["ranges"], ["variations"]],
      ({ ranges, variations }) => ranges === undefined || ranges.length === variations?.length,
      "one range for each variation",
    ),
    ["ranges"],
  ),
  v.forward(
    v.partialCheck(
      [["meta"], ["variations"]],
      ({ meta, variations }) => meta === undefined || meta.length === variations?.length,
      "one entry for each variation",
    ),
    ["meta"],
  ),
);
export type FeatureRuleConfig = v.InferOutput<typeof FeatureRuleConfig>;

/** What OpenFeature hands to the program beside the value. */
const Metadata = v.pipe(
  v.record(text(64), v.union([v.boolean(), v.number(), text(256)])),
  v.check((all) => Object.keys(all).length <= 20, "at most 20 entries"),
);

/** A flag: GrowthBook's own JSON, and three fields that only OpenFeature reads. */
export const FeatureConfig = v.strictObject({
  /** The answer when no rule applies. */
  defaultValue: v.optional(Payload),
  /** Tried in order; the first that applies answers. */
  rules: v.optional(v.pipe(v.array(FeatureRuleConfig), v.maxLength(FEATURE_LIMITS.rulesMax))),
  /** No rule is tried; OpenFeature SDKs fall back to the program's own value. */
  disabled: v.optional(v.boolean()),
  /** Names of values, which OpenFeature calls variants. @example { "on": true, "off": false } */
  variants: v.optional(
    v.pipe(
      v.record(text(64), Payload),
      v.check((all) => Object.keys(all).length <= FEATURE_LIMITS.variationsMax, "at most 20 entries"),
    ),
  ),
  metadata: v.optional(Metadata),
});
export type FeatureConfig = v.InferOutput<typeof FeatureConfig>;

/** Every flag of a site by key. Prerequisites may not go round in circles, nor multiply beyond bounds. */
export const FeaturesConfig = v.pipe(
  v.record(FlagKey, FeatureConfig),
  v.check(
    (features) => Object.keys(features).length <= FEATURE_LIMITS.featuresMax,
    `at most ${FEATURE_LIMITS.featuresMax} entries`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const features = dataset.value;
    const defect = checkPrerequisites(features);
    if (defect === undefined) return;
    const { key, rule, parent, expected } = defect;
    const rules = features[key]!.rules!;
    const parents = rules[rule]!.parentConditions!;
    const step = (input: unknown, at: string | number, value: unknown) =>
      Array.isArray(input)
        ? ({ type: "array", origin: "value", input, key: at as number, value } as const)
        : ({
            type: "object",
            origin: "value",
            input: input as Record<string, unknown>,
            key: String(at),
            value,
          } as const);
    addIssue({
      message: expected,
      input: parents[parent]!.id,
      path: [
        step(features, key, features[key]),
        step(features[key], "rules", rules),
        step(rules, rule, rules[rule]),
        step(rules[rule], "parentConditions", parents),
        step(parents, parent, parents[parent]),
        step(parents[parent], "id", parents[parent]!.id),
      ],
    });
  }),
);
export type FeaturesConfig = v.InferOutput<typeof FeaturesConfig>;
