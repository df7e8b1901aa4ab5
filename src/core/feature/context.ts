import type { BucketRange, Namespace } from "../experiment/bucket.ts";
import type { Attributes } from "../segment/evaluate.ts";
import type { Condition } from "../segment/condition.ts";
import type { Groups } from "../segment/operators.ts";
import type { UrlTarget } from "./url-target.ts";

// The words of GrowthBook's SDK specification 0.8.0, so that a payload made for its SDKs is one for us, and the other way
// round. Everything is JSON, already parsed and checked where it entered.

/** Another flag that decides about this one. */
export type ParentCondition = {
  readonly id: string;
  /** Asked of `{ value }`, the other flag's answer. */
  readonly condition?: Condition;
  /** Whoever does not pass gets no value at all, instead of the next rule. */
  readonly gate?: boolean;
};

/** Leaves out whoever hashes outside the ranges. */
export type Filter = {
  readonly seed: string;
  readonly ranges: readonly BucketRange[];
  /** 2 when absent. */
  readonly hashVersion?: number;
  /** `"id"` when absent. */
  readonly attribute?: string;
};

/** What is known of a variation. */
export type VariationMeta = {
  /** Name in counts and sticky buckets; the index when absent. */
  readonly key?: string;
  readonly name?: string;
  /** Who is in it goes on to the next rule: how a holdout lets people through. */
  readonly passthrough?: boolean;
};

/** Who is split, how, and how those stay where they are. Shared by rules and experiments. */
export type Split = {
  readonly weights?: readonly number[];
  /** Share of the units that takes part, within [0, 1]. */
  readonly coverage?: number;
  /** Instead of weights and coverage. */
  readonly ranges?: readonly BucketRange[];
  /** Which attribute names the unit; `"id"` when absent. */
  readonly hashAttribute?: string;
  /** Names the unit where that one is missing, if buckets are sticky. */
  readonly fallbackAttribute?: string;
  /** 1 when absent. */
  readonly hashVersion?: number;
  /** The key when absent. */
  readonly seed?: string;
  readonly namespace?: Namespace;
  readonly filters?: readonly Filter[];
  readonly condition?: Condition;
  readonly parentConditions?: readonly ParentCondition[];
  readonly meta?: readonly VariationMeta[];
  readonly name?: string;
  readonly phase?: string;
  readonly disableStickyBucketing?: boolean;
  /** Raised to draw everybody anew. 0 when absent. */
  readonly bucketVersion?: number;
  /** Who was in an earlier version than this takes no part any more. */
  readonly minBucketVersion?: number;
};

/** One rule of a flag: it forces a value, or splits units between several. The first that applies answers. */
export type FeatureRule = Split & {
  readonly id?: string;
  readonly key?: string;
  readonly force?: unknown;
  /** Share of the hash space in which a value is forced. */
  readonly range?: BucketRange;
  readonly variations?: readonly unknown[];
  /** Variations that a contextual bandit chooses among; SDKs that know none skip the rule. */
  readonly contextualVariations?: readonly unknown[];
  readonly contextualBanditRef?: string;
  /** Experiments that somebody else has evaluated already. */
  readonly tracks?: readonly Track[];
};

/** A flag. Without a rule that applies, its default answers; without that, `null`. */
export type FeatureDefinition = {
  readonly defaultValue?: unknown;
  readonly rules?: readonly FeatureRule[];
};

/** Flags by key. */
export type Features = Readonly<Record<string, FeatureDefinition>>;

/** A contextual bandit's shares: the first leaf whose condition holds gives them. */
export type ContextualBandit = {
  readonly banditVersion?: number;
  readonly contexts?: readonly {
    readonly leafId: number;
    readonly condition?: Condition;
    readonly weights: readonly number[];
  }[];
};

/** By which shares a unit was drawn: the propensities to log. Leaf -1 is the rule's own. */
export type BanditDraw = {
  readonly leafId: number;
  readonly variationWeights?: readonly number[];
  readonly banditVersion?: number;
};

/** A question with two or more variations. */
export type FeatureExperiment = Split & {
  readonly key: string;
  readonly variations: readonly unknown[];
  readonly active?: boolean;
  readonly status?: "draft" | "running" | "stopped";
  /** Index that everybody who takes part gets, uncounted. */
  readonly force?: number;
  readonly urlPatterns?: readonly UrlTarget[];
  /** Whether a redirect keeps the parameters of the page it leaves. */
  readonly persistQueryString?: boolean;
  readonly contextualBandit?: BanditDraw;
};

/** Which variations a unit has, by `experiment__bucketVersion`. Kept by the caller under `name||value`. */
export type StickyDocument = {
  readonly attributeName: string;
  readonly attributeValue: string;
  readonly assignments: Readonly<Record<string, string>>;
};

/** All that an answer depends on. */
export type FeatureContext = {
  readonly attributes?: Attributes;
  readonly features?: Features;
  /** Named lists for `$inGroup`. */
  readonly savedGroups?: Groups;
  readonly contextualBandits?: Readonly<Record<string, ContextualBandit>>;
  /** Index of a variation by experiment: for looking at it, uncounted. */
  readonly forcedVariations?: Readonly<Record<string, number>>;
  /** Values that flags have whatever their rules say. */
  readonly forcedFeatures?: Readonly<Record<string, unknown>>;
  /** Fields of experiments to replace, by key. */
  readonly overrides?: Readonly<Record<string, Partial<FeatureExperiment>>>;
  /** Address of the page: for targets, and for `?experiment=index`. */
  readonly url?: string;
  /** `false`: nobody is in any experiment. */
  readonly enabled?: boolean;
  /** Nobody is in any experiment but by force. */
  readonly qaMode?: boolean;
  /** Documents known of this unit. Their presence, even when empty, switches sticky buckets on. */
  readonly stickyBuckets?: Readonly<Record<string, StickyDocument>>;
};

/** In which variation a unit is, and how that came. */
export type ExperimentResult = {
  /** Of the variation. */
  readonly key: string;
  readonly name?: string;
  readonly featureId: string | null;
  /** Whether the unit takes part. Where it does not, it sees the first variation. */
  readonly inExperiment: boolean;
  /** Whether chance put it there. Only then it counts. */
  readonly hashUsed: boolean;
  readonly variationId: number;
  readonly value: unknown;
  readonly hashAttribute: string;
  readonly hashValue: unknown;
  readonly stickyBucketUsed: boolean;
  /** Within [0, 1). */
  readonly bucket?: number;
  readonly passthrough?: boolean;
  readonly leafId?: number;
  readonly variationWeights?: readonly number[];
  readonly banditVersion?: number;
  /** To be kept, so that the unit stays where it is. Absent when nothing changed. */
  readonly stickyDocument?: StickyDocument;
};

/** Somebody takes part in an experiment: what is to be told once it is seen. */
export type Track = { readonly experiment: FeatureExperiment; readonly result: ExperimentResult };

/** Where a flag's value comes from. */
export type FeatureSource =
  | "unknownFeature"
  | "defaultValue"
  | "force"
  | "override"
  | "experiment"
  | "prerequisite"
  | "cyclicPrerequisite";

/** A flag's answer. */
export type FeatureResult = {
  readonly value: unknown;
  readonly on: boolean;
  readonly off: boolean;
  readonly source: FeatureSource;
  /** Empty where no rule gave it, or the rule has no id. */
  readonly ruleId: string;
  readonly experiment?: FeatureExperiment;
  readonly experimentResult?: ExperimentResult;
  /** Every experiment by chance that was met on the way, holdouts and prerequisites included. Absent when there is none. */
  readonly tracks?: readonly Track[];
};
