import type { Config, Experiment } from "../config/config.ts";
import type { FeatureRuleConfig } from "../config/feature-config.ts";
import { getBucketRanges } from "../experiment/bucket.ts";
import { experimentKey } from "../experiment/key.ts";
import { splitOf } from "../experiment/split.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Condition } from "../segment/condition.ts";
import type { FeatureDefinition, FeatureRule, Features } from "./context.ts";

/** The parts of a config that flags are made of. */
export type FlagSource = Pick<Config, "features" | "experiments" | "holdout">;

/** What must stand among the attributes before anybody is split, as for slots. Nothing else is a yes. */
export const CONSENT_CONDITION: Condition = {
  "consent.personalization": { $eq: true },
  "consent.analytics": { $eq: true },
};

/** Attribute that units are hashed by, and GrowthBook's own default. */
export const UNIT_ATTRIBUTE = "id";

type Filter = {
  readonly attribute: string;
  readonly seed: string;
  readonly hashVersion: 1 | 2;
  readonly ranges: readonly (readonly [number, number])[];
};
/** Whom an experiment is open to: stretches of hash spaces, and conditions. Texts as keys, so that each stands once. */
type Gate = {
  readonly filters: ReadonlyMap<string, Filter>;
  readonly conditions: ReadonlyMap<string, Condition>;
};

/**
 * Every flag of a site as a GrowthBook payload: the marketer's own, then what experiments that name a `flag` add. Rules
 * that split people carry the consent condition with them, so it holds in whichever SDK evaluates. A flag of an
 * experiment that does not run now answers with its default, or what won. Without a moment schedules do not matter.
 * @example flagsOf(config)["button"] // { defaultValue: "buy", rules: [{ key: "wording", variations: ["buy", "add"], … }] }
 */
export function flagsOf(config: FlagSource, now?: EpochMs): Features {
  const flags = new Map<string, { defaultValue: unknown; rules: FeatureRule[]; isDisabled: boolean }>();
  for (const [key, { defaultValue, rules = [], disabled = false }] of Object.entries(config.features))
    flags.set(key, {
      defaultValue: defaultValue ?? null,
      rules: disabled ? [] : rules.map(askingConsent),
      isDisabled: disabled,
    });
  const gates = new Map<string, Gate>();
  for (const experiment of config.experiments) {
    const gate = gateOf(experiment, config, gates, now);
    if (gate) gates.set(experiment.id, gate);
    const { flag } = experiment;
    if (flag === undefined) continue;
    const known = flags.get(flag);
    const defaultValue = known ? known.defaultValue : (experiment.variations[0]!.value ?? null);
    const own = known ?? { defaultValue, rules: [], isDisabled: false };
    flags.set(flag, own);
    if (own.isDisabled) continue;
    if (gate) own.rules.push(ruleOf(experiment, gate, config.holdout, defaultValue, now));
    else own.rules.push(...settledRule(experiment, defaultValue));
  }
  // From entries, so that a flag may be called whatever it likes.
  return Object.fromEntries(
    [...flags].map(([key, { defaultValue, rules }]): [string, FeatureDefinition] => [
      key,
      rules.length > 0 ? { defaultValue, rules } : { defaultValue },
    ]),
  );
}

/** What a stopped experiment left to everybody it was for: no lots are drawn any more, so nobody is asked for consent. */
function settledRule({ status, winner, when, variations }: Experiment, defaultValue: unknown): FeatureRule[] {
  const won = status === "stopped" ? variations.find(({ id }) => id === winner) : undefined;
  if (!won) return [];
  return [{ force: won.value ?? defaultValue, ...(when === undefined ? {} : { condition: when }) }];
}

/** The moments at which flags change by themselves: experiments begin, end, or let more people in. Ascending. */
export const changesOf = ({ experiments }: FlagSource): readonly EpochMs[] =>
  experiments
    .flatMap(({ from, until, ramp = [] }) => [from, until, ...ramp.map(({ at }) => at)])
    .filter((at) => at !== undefined)
    .toSorted((a, b) => a - b);

/** Whether a rule draws lots: it looks at who somebody is, not only at what is known of them. */
export function isSplitting(rule: FeatureRuleConfig | FeatureRule): boolean {
  return (
    rule.variations !== undefined ||
    rule.range !== undefined ||
    (rule.coverage !== undefined && rule.coverage < 1) ||
    (rule.filters !== undefined && rule.filters.length > 0)
  );
}

function askingConsent(rule: FeatureRuleConfig): FeatureRule {
  const asked = isSplitting(rule)
    ? {
        ...rule,
        condition: allOf(rule.condition ? [CONSENT_CONDITION, rule.condition] : [CONSENT_CONDITION]),
      }
    : rule;
  return asked as FeatureRule;
}

const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 1 ? conditions[0]! : { $and: conditions };

/**
 * Whom an experiment is open to now, in words that every SDK knows; `undefined`: nobody. Another experiment's variation
 * is a stretch of that one's hash space, together with whom that one is open to.
 */
function gateOf(
  experiment: Experiment,
  { experiments }: FlagSource,
  gates: ReadonlyMap<string, Gate>,
  now: EpochMs | undefined,
): Gate | undefined {
  const { status, from, until, namespace, when, requires = [] } = experiment;
  if (status !== "running") return undefined;
  if (now !== undefined && ((from !== undefined && now < from) || (until !== undefined && now >= until)))
    return undefined;
  const filters = new Map<string, Filter>();
  const conditions = new Map<string, Condition>();
  const demand = (filter: Filter): unknown => filters.set(JSON.stringify(filter), filter);
  for (const { experiment: id, variations } of requires) {
    const gate = gates.get(id);
    const other = experiments.find((one) => one.id === id);
    if (gate === undefined || other === undefined) return undefined;
    for (const [name, filter] of gate.filters) filters.set(name, filter);
    for (const [name, condition] of gate.conditions) conditions.set(name, condition);
    const places = getBucketRanges(other.variations.length, coverageAt(other, now), splitOf(other));
    const ranges = places.filter((_, i) => variations.includes(other.variations[i]!.id));
    demand({ attribute: UNIT_ATTRIBUTE, seed: seedOf(other), hashVersion: 2, ranges });
  }
  if (namespace) {
    const { name, from: start, to } = namespace;
    demand({ attribute: UNIT_ATTRIBUTE, seed: `__${name}`, hashVersion: 1, ranges: [[start, to]] });
  }
  if (when) conditions.set(JSON.stringify(when), when);
  return { filters, conditions };
}

const seedOf = (experiment: Experiment): string => experiment.seed ?? experimentKey(experiment);

function coverageAt({ coverage, ramp = [] }: Experiment, now: EpochMs | undefined): number {
  if (now === undefined) return coverage;
  return ramp.toSorted((a, b) => a.at - b.at).findLast(({ at }) => at <= now)?.coverage ?? coverage;
}

/**
 * An experiment as a rule that puts every unit where `assign` puts it, except the units of the holdout, which take part in
 * nothing. A variation without a value answers with the flag's default. A bandit keeps the shares it starts with: an SDK
 * remembers nobody, and people would change sides whenever the shares do.
 */
function ruleOf(
  experiment: Experiment,
  { filters, conditions }: Gate,
  holdout: Config["holdout"],
  defaultValue: unknown,
  now: EpochMs | undefined,
): FeatureRule {
  const { question, variations } = experiment;
  const all = [...filters.values(), ...(holdout.share > 0 ? [outsideHoldout(holdout)] : [])];
  return {
    key: experimentKey(experiment),
    ...(question === undefined ? {} : { name: question }),
    condition: allOf([CONSENT_CONDITION, ...conditions.values()]),
    hashAttribute: UNIT_ATTRIBUTE,
    hashVersion: 2,
    seed: seedOf(experiment),
    coverage: coverageAt(experiment, now),
    variations: variations.map(({ value }) => value ?? defaultValue),
    weights: [...splitOf(experiment)],
    meta: variations.map(({ id, title }) => (title === undefined ? { key: id } : { key: id, name: title })),
    ...(all.length > 0 ? { filters: all } : {}),
  };
}

/** The complement of the holdout, in the words of GrowthBook: the same hash as `inHoldout`. */
const outsideHoldout = ({ share, seed }: Config["holdout"]): Filter => ({
  attribute: UNIT_ATTRIBUTE,
  seed: `holdout:${seed}`,
  hashVersion: 2,
  ranges: [[share, 1]],
});
