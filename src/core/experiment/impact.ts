import type { Metric } from "../config/experiment-config.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Comparison } from "./judge.ts";
import type { ExperimentReport } from "./report.ts";
import { moneyText, spanText } from "./words.ts";

/** Money that would not have been earned otherwise, in minor units; what cannot be told is `null`. */
export type Incremental = {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** What one thing earned so far: a slot, a rule, a variation, or personalization as a whole. */
export type Impact = {
  readonly name: string;
  readonly variation: string;
  /** Visitors who got it. */
  readonly users: number;
  readonly revenue: Incremental;
  readonly margin: Incremental;
  readonly inStoreRevenue: Incremental;
  /** Whether the revenue's range leaves zero out, so that a sum may be told. */
  readonly isTold: boolean;
  /** Revenue of visitors who had clicked. Many of them would have bought anyway. */
  readonly attributed: { readonly revenue: number; readonly note: "not incremental" };
  /** Days until a difference as large as the present one could be told; `null`: it is, or nobody can say. */
  readonly daysToAnswer: number | null;
  /** The sentence for whoever has no time for figures. */
  readonly sentence: string;
  /** The running total at each look. */
  readonly overTime: readonly (Incremental & { readonly at: EpochMs; readonly users: number })[];
};

/**
 * The effect in money of each variation of a report against its control: the difference per visitor times the visitors who
 * got it, with the range the comparison has. Until the range leaves zero out, attributed revenue stands beside it under
 * its own name, with the time an answer will take.
 */
export function impactOf(report: ExperimentReport, currency?: string): Impact[] {
  return report.variations
    .filter((one) => !one.isControl)
    .map(({ variation, users, attributed }): Impact => {
      const of = (metric: Metric) => incremental(comparisonOf(report, metric, variation), users);
      const compared = comparisonOf(report, "revenue", variation);
      const revenue = of("revenue");
      const isTold = compared !== undefined && compared.finding !== "unclear" && !report.split.blocks;
      const daysToAnswer = isTold ? null : daysTo(compared, report);
      return {
        name: report.experiment,
        variation,
        users,
        revenue,
        margin: of("margin"),
        inStoreRevenue: of("in_store_revenue"),
        isTold,
        attributed: { revenue: attributed, note: "not incremental" },
        daysToAnswer,
        sentence: sentenceOf({ report, revenue, isTold, attributed, daysToAnswer, currency }),
        overTime: report.looks.flatMap(({ at, users: then, comparisons }) => {
          const one = comparisons.find(
            (each) => each.variation === variation && each.metric === "revenue" && each.method !== "none",
          );
          const share = report.progress.users > 0 ? users / report.progress.users : 0;
          return one ? [{ at, users: then, ...incremental(one, Math.round(then * share)) }] : [];
        }),
      };
    });
}

const comparisonOf = (report: ExperimentReport, metric: Metric, variation: string): Comparison | undefined =>
  report.goals.find((goal) => goal.metric === metric)?.comparisons.find((one) => one.variation === variation);

function incremental(compared: Comparison | undefined, users: number): Incremental {
  const total = (each: number | null | undefined) => (each == null ? null : Math.round(each * users));
  return {
    estimate: total(compared?.difference),
    low: total(compared?.low),
    high: total(compared?.high),
  };
}

/** A range narrows with the root of the visitors: how long until it is as wide as the difference is large. */
function daysTo(compared: Comparison | undefined, { progress }: ExperimentReport): number | null {
  if (!compared || compared.low === null || compared.high === null || !compared.difference) return null;
  if (progress.days < 1) return null;
  const reach = (compared.high - compared.low) / 2;
  const times = (reach / Math.abs(compared.difference)) ** 2;
  return Math.max(0, (times - 1) * progress.days);
}

type Said = {
  readonly report: ExperimentReport;
  readonly revenue: Incremental;
  readonly isTold: boolean;
  readonly attributed: number;
  readonly daysToAnswer: number | null;
  readonly currency: string | undefined;
};

function sentenceOf({ report, revenue, isTold, attributed, daysToAnswer, currency }: Said): string {
  const money = (minor: number) => moneyText(minor, currency);
  if (report.split.blocks) return "Visitors did not split as configured: nothing can be told.";
  const { low, high } = revenue;
  if (isTold && low !== null && high !== null)
    return low > 0
      ? `It earned between ${money(low)} and ${money(high)} that would not have been earned without it.`
      : `It cost between ${money(-high)} and ${money(-low)} that would have been earned without it.`;
  const wait =
    daysToAnswer === null
      ? "it cannot be said yet how long an answer takes"
      : `an answer takes ${spanText(daysToAnswer)} more if the effect is as large as it looks`;
  return `Not told yet whether it earns anything: ${wait}. Visitors who clicked spent ${money(attributed)}; that is attributed, not incremental.`;
}
