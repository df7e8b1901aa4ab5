import { compileExperiment, type CompiledExperiment } from "../experiment/assign.ts";
import { digestOf } from "../event/resolved.ts";
import { compileLife, type CompiledLife } from "../life/compile-life.ts";
import { compileTriggers, type CompiledTriggers } from "../trigger/compile-triggers.ts";
import { compileQuestions, type CompiledQuestions } from "../preference/question.ts";
import { compileSegments, type CompiledSegments } from "../segment/membership/compile-segments.ts";
import { compileCondition, type CompiledCondition } from "../segment/evaluate.ts";
import type { Purpose } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import { textNeeds, type TextNeed } from "./condition-texts.ts";
import type { Config, Experiment, Rule, RuleAction, Variation } from "./config.ts";

export type CompiledAction = {
  readonly action: RuleAction;
  /** Items the action names, and the condition over an item's own fields. Both absent: every item. */
  readonly items?: ReadonlySet<string>;
  readonly where?: CompiledCondition;
};

export type CompiledRule = {
  readonly id: string;
  readonly slots: ReadonlySet<string> | undefined;
  readonly matches: CompiledCondition | undefined;
  /** Texts without which `matches` is false: what rules are found by. */
  readonly needs: readonly TextNeed[];
  readonly from: EpochMs;
  readonly until: EpochMs;
  readonly purpose: Purpose | undefined;
  /** Share of visitors to whom it never applies. */
  readonly holdout: number;
  readonly actions: readonly CompiledAction[];
};

export type CompiledVariation = Variation & { readonly compiled: readonly CompiledAction[] };

/** A config made ready to decide with: conditions are closures, lists are sets, nothing is parsed again. */
export type CompiledConfig = {
  readonly revision: number;
  readonly config: Config;
  /** Whether anything is conditional at all; if not, nobody has to gather attributes. */
  readonly readsAttributes: boolean;
  readonly rules: readonly CompiledRule[];
  readonly segments: CompiledSegments;
  readonly questions: CompiledQuestions;
  readonly life: CompiledLife;
  readonly triggers: CompiledTriggers;
  /** Names what customers' objects work by: segments and triggers as they are written. */
  readonly attention: string;
  readonly experiments: readonly {
    readonly experiment: Experiment;
    readonly assign: CompiledExperiment;
    readonly variations: ReadonlyMap<string, CompiledVariation>;
  }[];
};

function compileAction(action: RuleAction): CompiledAction {
  return {
    action,
    ...("items" in action && action.items ? { items: new Set(action.items) } : {}),
    ...("where" in action && action.where ? { where: compileCondition(action.where) } : {}),
  };
}

function compileRule(rule: Rule): CompiledRule {
  return {
    id: rule.id,
    slots: rule.slots && new Set(rule.slots),
    matches: rule.when && compileCondition(rule.when),
    needs: textNeeds(rule.when),
    from: rule.from ?? 0,
    until: rule.until ?? Number.POSITIVE_INFINITY,
    purpose: rule.purpose,
    holdout: rule.holdout ?? 0,
    actions: rule.then.map(compileAction),
  };
}

/** Compiles a parsed config, once per revision. */
export function compileConfig(config: Config, revision: number): CompiledConfig {
  return {
    revision,
    config,
    readsAttributes:
      config.rules.some((rule) => rule.when) ||
      config.experiments.some(({ when, bandit }) => when || bandit?.contexts.length) ||
      Object.keys(config.segments).length > 0,
    rules: config.rules.filter((rule) => rule.enabled !== false).map(compileRule),
    segments: compileSegments(config.segments),
    questions: compileQuestions(config.questions),
    life: compileLife(config.lifeEvents),
    triggers: compileTriggers(config.triggers, config.timeZone),
    attention: digestOf(JSON.stringify([config.segments, config.lifeEvents, config.triggers])).toString(36),
    experiments: config.experiments.map((experiment) => ({
      experiment,
      assign: compileExperiment(experiment),
      variations: new Map(
        experiment.variations.map((variation) => [
          variation.id,
          { ...variation, compiled: (variation.rules ?? []).flatMap((rule) => rule.then.map(compileAction)) },
        ]),
      ),
    })),
  };
}
