import type { Metric, Plan } from "../config/experiment-config.ts";
import { compare, plannedAlpha, type Comparison as Compared, type Moment } from "../stats/compare.ts";
import { boundaries } from "../stats/group-sequential.ts";
import { normalCdf } from "../stats/normal.ts";
import { estimateOf, type Estimate } from "./estimate.ts";
import { fractionOf, isStep, type Look } from "./look.ts";
import type { MomentSums } from "./measures.ts";
import { METRIC, type MetricDefinition } from "./metrics.ts";

/** A relative lift: shares of the control's figure. A missing end is not bounded by what is known. */
export type Lift = { readonly estimate: number; readonly low: number | null; readonly high: number | null };

/** One variation against the control in one metric, with no more certainty than the figures allow at any time. */
export type Comparison = {
  readonly variation: string;
  readonly metric: Metric;
  readonly control: number | null;
  readonly treatment: number | null;
  /** Treatment less control, in the metric's own unit; `null` where nothing can be told yet. */
  readonly difference: number | null;
  readonly standardError: number | null;
  /** Holds the true difference at every look at once. */
  readonly low: number | null;
  readonly high: number | null;
  readonly relative: Lift | null;
  /** Against "no difference", right at every look; `null` at looks of a plan, where a boundary is met or not. */
  readonly p: number | null;
  /** `planned`: at a look of a plan. `anytime`: looked at whenever one likes. `none`: too little to tell. */
  readonly method: "planned" | "anytime" | "none";
  readonly finding: "better" | "worse" | "unclear";
  /** Why nothing can be told, as the end of a sentence. */
  readonly shortage: string | null;
  /** Share of the noise that what customers spent before explains, and that was taken out. */
  readonly explained: number;
  /**
   * Bayesian, with nothing believed beforehand: how probable it is that the variation is better. For weighing what is not
   * decided yet; it promises nothing about how often one errs who stops at the first high one.
   */
  readonly chance: number | null;
};

export type Question = {
  readonly metric: Metric;
  readonly variation: string;
  readonly control: MomentSums;
  readonly treatment: MomentSums;
  /** Share of these two arms' visitors that the treatment should get; absent where shares change by themselves. */
  readonly treatmentShare?: number | undefined;
  /** Chance of ever telling a difference where there is none. */
  readonly alpha: number;
  readonly plan?: Plan | undefined;
  readonly looks: readonly Look[];
  /** Visitors of all variations together. */
  readonly users: number;
};

/**
 * What can be told of a difference now. Without a plan: by what is right at any time. With one: what its last look found,
 * each look at its boundary; a difference once told stays told, as the test would have ended there.
 */
export function judge(question: Question): Comparison {
  const { metric, variation, control, treatment, alpha, plan, looks, users } = question;
  const definition = METRIC[metric];
  const estimate = estimateOf(definition, control, treatment);
  if (!estimate) return nothing(question, "too few visitors have come");
  if (plan) {
    const before = plannedBefore(looks, variation, metric);
    const found = before.find(({ finding }) => finding !== "unclear");
    if (found) return found;
    if (!isStep(looks, users, plan) && fractionOf(users, plan) < 1)
      return before.at(-1) ?? nothing(question, "the plan's first look is still to come", estimate);
  }
  const compared = compare(estimate.compared, {
    alpha,
    moment: momentOf(question),
    ...(question.treatmentShare === undefined ? {} : { treatmentShare: question.treatmentShare }),
  });
  if (compared.mode === "none") return nothing(question, compared.reason, estimate);
  return told(question, definition, estimate, compared);
}

/** Whether this is a look of the plan, one after its end, or any. */
function momentOf({ plan, looks, users, alpha }: Question): Moment {
  if (!plan) return { kind: "anytime" };
  if (!isStep(looks, users, plan)) return { kind: "after_plan" };
  const fractions = [...looks.flatMap(({ fraction }) => fraction ?? []), fractionOf(users, plan)];
  return { kind: "planned", boundary: boundaries(fractions, plannedAlpha(alpha), plan.spending).at(-1)! };
}

const plannedBefore = (looks: readonly Look[], variation: string, metric: Metric): Comparison[] =>
  looks
    .flatMap(({ comparisons }) => comparisons)
    .filter((one) => one.variation === variation && one.metric === metric && one.method === "planned");

function nothing({ variation, metric }: Question, shortage: string, estimate?: Estimate): Comparison {
  return {
    variation,
    metric,
    control: estimate?.plain[0] ?? null,
    treatment: estimate?.plain[1] ?? null,
    difference: null,
    standardError: null,
    low: null,
    high: null,
    relative: null,
    p: null,
    method: "none",
    finding: "unclear",
    shortage,
    explained: 0,
    chance: null,
  };
}

function told(
  question: Question,
  { better }: MetricDefinition,
  { plain, difference, standardError, explained }: Estimate,
  { mode, low = 0, high = 0, lift, p }: Compared,
): Comparison {
  const isBetter = better === "more" ? low > 0 : high < 0;
  const isWorse = better === "more" ? high < 0 : low > 0;
  return {
    variation: question.variation,
    metric: question.metric,
    control: plain[0],
    treatment: plain[1],
    difference,
    standardError,
    low,
    high,
    relative: lift ? { estimate: lift.estimate, low: finite(lift.low), high: finite(lift.high) } : null,
    p: p ?? null,
    method: mode === "boundary" ? "planned" : "anytime",
    finding: isBetter ? "better" : isWorse ? "worse" : "unclear",
    shortage: null,
    explained,
    chance: normalCdf((better === "more" ? difference : -difference) / standardError),
  };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
