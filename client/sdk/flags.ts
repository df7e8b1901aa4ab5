import { evaluateFeature, runExperiment } from "../../src/core/feature/evaluate.ts";
import type {
  FeatureExperiment as CoreExperiment,
  Features as CoreFeatures,
} from "../../src/core/feature/context.ts";
import { evalCondition } from "../../src/core/segment/evaluate.ts";
import type { Concierge } from "./connect.ts";
import type { Condition, ExperimentResult, FeatureDefinition, FeatureExperiment } from "./wire.ts";

/** Whom a flag is asked for. Whatever else is said is an attribute that rules may ask about. */
export type FlagContext = {
  /** The `visitorId` or `customerId` that the events carry. Leave it out without consent. */
  readonly targetingKey?: string;
  /** What the person agreed to: nobody is split who did not agree to both. */
  readonly consent?: { readonly personalization?: boolean; readonly analytics?: boolean };
  readonly [attribute: string]: unknown;
};

/** A flag's answer, and what is to be told once its effect was seen. */
export type FlagAnswer = {
  readonly value: unknown;
  readonly source:
    | "unknownFeature"
    | "defaultValue"
    | "force"
    | "override"
    | "experiment"
    | "prerequisite"
    | "cyclicPrerequisite";
  /** Present where lots were drawn: `{ type: "flag_seen", flag: experiment, variation }` says that it was seen. */
  readonly experiment?: string;
  readonly variation?: string;
};

/** Flags that are evaluated here, with no request per question. */
export type LocalFlags = {
  /** A flag's value, or your own where there is none of its type. @example flags.value("buy-button", "Buy", { targetingKey }) */
  value<Value extends string | number | boolean | object>(
    key: string,
    otherwise: Value,
    context?: FlagContext,
  ): Value;
  /** The value with why it came out so. */
  evaluate(key: string, context?: FlagContext): FlagAnswer;
  /** Fetches what has changed. `false`: nothing had. */
  refresh(): Promise<boolean>;
};

/**
 * Fetches every flag with its rules and evaluates them here, by the code the Worker evaluates them with. Once they are older
 * than `maxAgeMs`, the next question has them fetched behind its answer; while that fails, the last ones count.
 * @example const flags = await localFlags(shop, { maxAgeMs: 30_000 });
 */
export async function localFlags(
  shop: Concierge,
  {
    maxAgeMs = 60_000,
    now = Date.now,
    onError = () => {},
  }: {
    readonly maxAgeMs?: number;
    readonly now?: () => number;
    /** Told what went wrong while fetching behind an answer. */
    readonly onError?: (error: unknown) => void;
  } = {},
): Promise<LocalFlags> {
  let features: CoreFeatures = {};
  let etag: string | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<boolean> | undefined;
  const refresh = (): Promise<boolean> =>
    (fetching ??= (async () => {
      const told = await shop.flags.payload(etag === undefined ? {} : { ifNoneMatch: etag });
      fetchedAt = now();
      if (told.value === undefined) return false;
      etag = told.etag;
      features = told.value.features as Readonly<Record<string, FeatureDefinition>> as CoreFeatures;
      return true;
    })().finally(() => (fetching = undefined)));
  await refresh();
  const evaluate = (key: string, { targetingKey, ...said }: FlagContext = {}): FlagAnswer => {
    if (now() - fetchedAt > maxAgeMs) {
      // Not once per question while the Worker is away.
      fetchedAt = now();
      refresh().catch(onError);
    }
    // Rules name the unit `id`, and only the targeting key speaks for it.
    const { id: _id, ...attributes } = said as Readonly<Record<string, unknown>>;
    const unit = targetingKey === undefined ? {} : { id: targetingKey };
    const result = evaluateFeature(key, { features, attributes: { ...attributes, ...unit } });
    const { value, source, experiment, experimentResult } = result;
    return source === "experiment" && experiment && experimentResult
      ? { value, source, experiment: experiment.key, variation: experimentResult.key }
      : { value, source };
  };
  return {
    evaluate,
    refresh,
    value: (key, otherwise, context) => {
      const { value } = evaluate(key, context);
      return isSameKind(value, otherwise) ? value : otherwise;
    },
  };
}

const isSameKind = <Value>(value: unknown, otherwise: Value): value is Value =>
  value !== null && typeof value === typeof otherwise && Array.isArray(value) === Array.isArray(otherwise);

/**
 * Whether attributes meet a condition, in the language of segments and flags.
 * @example matches({ country: { $in: ["AT", "DE"] } }, { country: "AT" }) // true
 */
export const matches = (condition: Condition, attributes: Readonly<Record<string, unknown>>): boolean =>
  evalCondition(attributes, condition);

/**
 * In which variation of an experiment of your own somebody is: the same hash and the same ranges as everywhere in Concierge.
 * @example assign({ key: "hero", variations: ["a", "b"], hashVersion: 2 }, { id: "v_1" }).variationId // 0
 */
export const assign = (
  experiment: FeatureExperiment,
  attributes: Readonly<Record<string, unknown>>,
): ExperimentResult => runExperiment(experiment as CoreExperiment, { attributes });
