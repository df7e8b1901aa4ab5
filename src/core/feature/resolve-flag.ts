import type { FeatureConfig } from "../config/feature-config.ts";
import type { EpochMs } from "../primitives/time.ts";
import { compileCondition, type Attributes, type CompiledCondition } from "../segment/evaluate.ts";
import { sameJson } from "../segment/same-json.ts";
import type { FeatureResult, FeatureRule, Features } from "./context.ts";
import { evaluateFeature } from "./evaluate.ts";
import {
  changesOf,
  CONSENT_CONDITION,
  flagsOf,
  isSplitting,
  UNIT_ATTRIBUTE,
  type FlagSource,
} from "./from-config.ts";

/** Why a flag has its value, in OpenFeature's words. */
export type Reason = "STATIC" | "TARGETING_MATCH" | "SPLIT" | "DISABLED" | "DEFAULT";

/** A flag's answer in the words of the OpenFeature Remote Evaluation Protocol. Without a value the program's own counts. */
export type Resolved = {
  readonly key: string;
  readonly value?: unknown;
  readonly reason: Reason;
  readonly variant?: string;
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
};

/** A flag that could not be answered. */
export type Unresolved = {
  readonly key: string;
  readonly errorCode: "TARGETING_KEY_MISSING" | "FLAG_NOT_FOUND" | "GENERAL";
  readonly errorDetails: string;
};

/** Whom flags are asked for. */
export type Asking = {
  /** Visitor's or customer's id; `undefined` where nobody is named. */
  readonly unit: string | undefined;
  /** What conditions ask about. `consent` among them says what the person agreed to. */
  readonly attributes: Attributes;
  /** Experiments begin and end by it. */
  readonly now: EpochMs;
};

type Prepared = {
  /** Until when nothing changes by itself. */
  readonly until: EpochMs;
  /** And since when nothing did. */
  readonly from: EpochMs;
  readonly features: Features;
  readonly rules: ReadonlyMap<string, readonly FeatureRule[]>;
  /** Conditions of rules that split by the unit, by flag: who meets one and has no id cannot be answered. */
  readonly splitting: ReadonlyMap<string, readonly CompiledCondition[]>;
};
const prepared = new WeakMap<FlagSource, Prepared>();

/** Made once per config and stage: rules are numbered, so that a result can be led back to the rule that gave it. */
function prepare(config: FlagSource, now: EpochMs): Prepared {
  const known = prepared.get(config);
  if (known && now >= known.from && now < known.until) return known;
  const changes = changesOf(config);
  const flags = Object.entries(flagsOf(config, now));
  const made: Prepared = {
    from: changes.findLast((at) => at <= now) ?? Number.NEGATIVE_INFINITY,
    until: changes.find((at) => at > now) ?? Number.POSITIVE_INFINITY,
    features: Object.fromEntries(
      flags.map(([key, flag]) => [
        key,
        flag.rules === undefined
          ? flag
          : { ...flag, rules: flag.rules.map((rule, i) => ({ ...rule, id: String(i) })) },
      ]),
    ),
    rules: new Map(flags.map(([key, flag]) => [key, flag.rules ?? []])),
    splitting: new Map(
      flags.map(([key, flag]) => [
        key,
        (flag.rules ?? [])
          .filter((rule) => isSplitting(rule) && (rule.hashAttribute ?? UNIT_ATTRIBUTE) === UNIT_ATTRIBUTE)
          .map((rule) => compileCondition((rule.condition ?? {}) as Readonly<Record<string, unknown>>)),
      ]),
    ),
  };
  prepared.set(config, made);
  return made;
}

/** Keys of every flag, in the order of the config. */
export const flagKeys = (config: FlagSource, now: EpochMs): readonly string[] => [
  ...prepare(config, now).rules.keys(),
];

/**
 * One flag for one person. Nothing is stored, and nobody is counted as having seen it. Without consent no rule draws lots,
 * and `metadata.consent` says `"missing"` where that may have changed the answer.
 * @example resolveFlag(config, "banner", { unit: undefined, attributes: {}, now })
 * // { key: "banner", value: "plain", reason: "STATIC" }
 */
export function resolveFlag(config: FlagSource, key: string, asking: Asking): Resolved | Unresolved {
  const { features, rules, splitting } = prepare(config, asking.now);
  const own = rules.get(key);
  if (own === undefined)
    return { key, errorCode: "FLAG_NOT_FOUND", errorDetails: "This site has no flag of that key." };
  const attributes = attributesOf(asking);
  const definition = Object.hasOwn(config.features, key) ? config.features[key] : undefined;
  const result = evaluateFeature(key, { attributes, features });
  if (result.source === "cyclicPrerequisite")
    return { key, errorCode: "GENERAL", errorDetails: "The flag's prerequisites lead back to itself." };
  const splits = splitting.get(key)!;
  const wantsUnit = asking.unit === undefined && result.source === "defaultValue";
  if (wantsUnit && splits.some((matches) => matches(attributes)))
    return {
      key,
      errorCode: "TARGETING_KEY_MISSING",
      errorDetails: "A rule splits by targetingKey, and the context has none.",
    };
  const reason = definition?.disabled ? "DISABLED" : reasonOf(result, own);
  const variant = result.experimentResult?.key ?? variantOf(definition, result.value);
  const metadata = {
    ...definition?.metadata,
    ...(result.source === "experiment" && result.experiment ? { experiment: result.experiment.key } : {}),
    ...(splits.length > 0 && !consents(attributes) ? { consent: "missing" } : {}),
  };
  const isAnswered = reason !== "DISABLED" && result.value !== null;
  return {
    key,
    ...(isAnswered ? { value: result.value } : {}),
    reason,
    ...(isAnswered && variant !== undefined ? { variant } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}

/** Whether somebody agreed to be split. */
const consents = compileCondition(CONSENT_CONDITION);

/** What conditions and hashes see: the caller's word on everything but the id. */
function attributesOf({ unit, attributes }: Asking): Attributes {
  const { [UNIT_ATTRIBUTE]: _id, ...rest } = attributes;
  return unit === undefined ? rest : { ...rest, [UNIT_ATTRIBUTE]: unit };
}

function reasonOf(result: FeatureResult, rules: readonly FeatureRule[]): Reason {
  switch (result.source) {
    case "experiment":
      return "SPLIT";
    case "force": {
      const rule = rules[Number(result.ruleId)];
      if (rule === undefined || isSplitting(rule)) return "SPLIT";
      return rule.condition === undefined && rule.parentConditions === undefined
        ? "STATIC"
        : "TARGETING_MATCH";
    }
    case "prerequisite":
      return "DISABLED";
    default:
      return rules.length > 0 ? "DEFAULT" : "STATIC";
  }
}

function variantOf(definition: FeatureConfig | undefined, value: unknown): string | undefined {
  return Object.entries(definition?.variants ?? {}).find(([, named]) => sameJson(named, value))?.[0];
}
