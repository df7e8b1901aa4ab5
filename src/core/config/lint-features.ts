import { isSplitting } from "../feature/from-config.ts";
import type { Config } from "./config.ts";
import type { FeatureRuleConfig } from "./feature-config.ts";

type Say = (code: string, pointer: string, detail: string) => void;

/** What is valid in flags and hardly meant: rules that nobody reaches, flags that are not there, values that do nothing. */
export function lintFeatures(config: Pick<Config, "features" | "experiments">, say: Say): void {
  for (const [key, { rules = [], disabled, defaultValue }] of Object.entries(config.features)) {
    const at = `/features/${key}`;
    if (defaultValue === undefined)
      say("flag_without_default", at, "Where no rule applies, programs fall back to their own value.");
    if (disabled && rules.length > 0)
      say("rule_unreachable", `${at}/rules`, "The flag is disabled, so no rule is tried.");
    const closing = rules.findIndex(isForAll);
    rules.forEach((rule, i) => {
      const here = `${at}/rules/${i}`;
      if (closing !== -1 && i > closing)
        say("rule_unreachable", here, `Rule ${closing} answers for everybody before it.`);
      if (rule.coverage === 0) say("rule_never_applies", `${here}/coverage`, "The rule covers nobody.");
      for (const [k, { id }] of (rule.parentConditions ?? []).entries())
        if (!Object.hasOwn(config.features, id) && !config.experiments.some((one) => one.flag === id))
          say("flag_unknown", `${here}/parentConditions/${k}/id`, "No flag has this key.");
    });
  }
  config.experiments.forEach((experiment, i) => {
    const { flag, variations } = experiment;
    const at = `/experiments/${i}`;
    if (flag === undefined) {
      variations.forEach(({ value }, k) => {
        if (value !== undefined)
          say(
            "value_unused",
            `${at}/variations/${k}/value`,
            "The experiment names no flag, so nobody is given it.",
          );
      });
      return;
    }
    const own = Object.hasOwn(config.features, flag) ? config.features[flag] : undefined;
    if (own?.disabled) say("rule_unreachable", `${at}/flag`, "The flag is disabled.");
    else if (own?.rules?.some(isForAll))
      say(
        "rule_unreachable",
        `${at}/flag`,
        "A rule of the flag answers for everybody before the experiment does.",
      );
  });
}

/** Whether a rule leaves nobody to those after it. One that splits leaves whoever has no id or did not consent. */
const isForAll = (rule: FeatureRuleConfig): boolean =>
  rule.force !== undefined &&
  !isSplitting(rule) &&
  rule.coverage === undefined &&
  rule.parentConditions === undefined &&
  (rule.condition === undefined || Object.keys(rule.condition).length === 0);
