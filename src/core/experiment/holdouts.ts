import type { Config, Experiment } from "../config/config.ts";
import { HELD_OUT, HOLDOUT, PERSONALIZED, ruleHoldoutKey, slotHoldoutKey } from "./key.ts";

/** What a holdout measures the worth of. */
export type Withheld = {
  readonly kind: "site" | "slot" | "rule";
  readonly name: string;
  readonly share: number;
};

export const siteHoldout = (share: number): Withheld => ({ kind: "site", name: HOLDOUT, share });

/** Every holdout of a config: the site's, and those of slots and rules that have one. */
export function holdoutsOf(config: Pick<Config, "holdout" | "slots" | "rules">): Withheld[] {
  const site = siteHoldout(config.holdout.share);
  const slots = Object.entries(config.slots).map(([name, slot]) => ({
    kind: "slot" as const,
    name,
    share: slot.holdout ?? 0,
  }));
  const rules = config.rules.map((rule) => ({
    kind: "rule" as const,
    name: rule.id,
    share: rule.holdout ?? 0,
  }));
  return [site, ...slots, ...rules].filter(({ share }) => share > 0);
}

export const withheldKey = ({ kind, name }: Withheld): string =>
  kind === "site" ? HOLDOUT : kind === "slot" ? slotHoldoutKey(name) : ruleHoldoutKey(name);

/** A holdout read like any experiment: held out is the control, and the whole rest is compared with it. */
export function asExperiment(withheld: Withheld): Experiment {
  return {
    id: withheldKey(withheld),
    question: questionOf(withheld),
    status: "running",
    coverage: 1,
    version: 1,
    windowDays: 30,
    goals: [
      { metric: "revenue", guardrail: false },
      { metric: "margin", guardrail: false },
      { metric: "conversion", guardrail: false },
      { metric: "in_store_revenue", guardrail: false },
      { metric: "opt_out_rate", guardrail: true },
      { metric: "refunds", guardrail: true },
    ],
    variations: [
      { id: HELD_OUT, weight: withheld.share },
      { id: PERSONALIZED, weight: 1 - withheld.share },
    ],
  };
}

function questionOf({ kind, name }: Withheld): string {
  if (kind === "site") return "What is personalization worth as a whole?";
  return kind === "slot" ? `What is the slot “${name}” worth?` : `What is the rule “${name}” worth?`;
}
