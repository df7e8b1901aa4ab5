import type { Experiment } from "../config/config.ts";
import type { Goal, Metric } from "../config/experiment-config.ts";
import { MINUTE_MS, type EpochMs } from "../primitives/time.ts";
import { armOf } from "./estimate.ts";
import { judge, type Comparison } from "./judge.ts";
import { productName } from "./measures.ts";
import { fractionOf, type Look } from "./look.ts";
import { GOALS_DEFAULT, METRIC } from "./metrics.ts";
import { splitOf } from "./split.ts";
import { checkSplit, type SplitCheck } from "./split-check.ts";
import { sumsOf, usersOf, type Tally } from "./tally.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** One variation's figures. What cannot be told from so few visitors is `null`, never NaN. */
export type VariationReport = {
  readonly variation: string;
  readonly isControl: boolean;
  /** Share of those who take part that this variation should get; a bandit's first one. */
  readonly share: number;
  /** Distinct visitors who saw it. */
  readonly users: number;
  /** Visitors among them with an order in the window. */
  readonly buyers: number;
  readonly orders: number;
  /** Minor units of all its visitors, less what was paid back. */
  readonly revenue: number;
  /** The part of it that visitors spent who had clicked on a pick. Not what picks caused: many would have bought anyway. */
  readonly attributed: number;
  /** Mean per visitor, share of visitors, or ratio, by metric. */
  readonly figures: Readonly<Partial<Record<Metric, number | null>>>;
};

export type GoalReport = Goal & {
  readonly unit: "money" | "count" | "share";
  readonly better: "more" | "less";
  /** Each variation against the control. */
  readonly comparisons: readonly Comparison[];
};

export type ExperimentReport = {
  readonly experiment: string;
  readonly version: number;
  /** The first line, what to do now, and the sentences behind it. */
  readonly verdict: Verdict;
  /** In the order of the config; the first is the control. */
  readonly variations: readonly VariationReport[];
  /** Whether visitors were split as configured. Where it blocks, the differences mean nothing. */
  readonly split: SplitCheck;
  /** The first one decides. */
  readonly goals: readonly GoalReport[];
  readonly progress: {
    readonly users: number;
    readonly since: EpochMs | null;
    readonly days: number;
    /** Of the plan, where there is one. */
    readonly planned: number | null;
    readonly fraction: number | null;
    readonly daysLeft: number | null;
  };
  readonly looks: readonly Look[];
};

/** What a report is made from. */
export type Evidence = {
  readonly tallies: readonly Tally[];
  /** What was found before, oldest first. */
  readonly looks: readonly Look[];
  readonly now: EpochMs;
  /** ISO 4217 code for sentences; without it amounts are told in minor units. */
  readonly currency?: string | undefined;
};

/** Chance of any false finding about the deciding goal, however often it is looked at. */
export const ALPHA = 0.05;

/**
 * What an experiment tells so far. May be asked as often as one likes: with a declared plan differences are told at its
 * looks by a group-sequential test, without one by a confidence sequence, and always on the absolute difference, so that
 * the chance of ever finding one where there is none stays below 5 %. Several variations share that chance.
 */
export function reportExperiment(experiment: Experiment, evidence: Evidence): ExperimentReport {
  const { tallies, looks, now, currency } = evidence;
  const shares = splitOf(experiment);
  const arms = experiment.variations.map(({ id }) => ({ id, sums: sumsOf(id, tallies) }));
  const [control, ...treatments] = arms;
  const goals: readonly Goal[] = experiment.goals ?? GOALS_DEFAULT;
  const variations = arms.map(({ id, sums }, i): VariationReport => ({
    variation: id,
    isControl: i === 0,
    share: shares[i]!,
    users: usersOf(sums),
    buyers: sums["buyers"] ?? 0,
    orders: sums["orders"] ?? 0,
    revenue: sums["revenue"] ?? 0,
    attributed: sums[productName("clickers", "revenue")] ?? 0,
    figures: Object.fromEntries(
      goals.map(({ metric }) => [metric, armOf(METRIC[metric], sums)?.value ?? null]),
    ),
  }));
  const users = variations.reduce((sum, one) => sum + one.users, 0);
  const alpha = ALPHA / Math.max(1, treatments.length);
  const judged = goals.map((goal): GoalReport => {
    const { unit, better } = METRIC[goal.metric];
    const comparisons = treatments.map(({ id, sums }, i) =>
      judge({
        metric: goal.metric,
        variation: id,
        control: control!.sums,
        treatment: sums,
        treatmentShare: experiment.bandit ? undefined : shares[i + 1]! / (shares[0]! + shares[i + 1]!),
        alpha,
        plan: experiment.plan,
        looks,
        users,
      }),
    );
    return { ...goal, unit, better, comparisons };
  });
  const split = checkSplit(
    variations.map((one) => one.users),
    experiment.bandit ? undefined : shares,
  );
  const since = looks[0]?.at ?? null;
  const days = since === null ? 0 : (now - since) / (24 * 60 * MINUTE_MS);
  const planned = experiment.plan?.visitors ?? null;
  const fraction = experiment.plan ? Math.min(1, fractionOf(users, experiment.plan)) : null;
  const isPaced = days >= 1 && users > 0;
  const progress = {
    users,
    since,
    days,
    planned,
    fraction,
    daysLeft: planned === null || !isPaced ? null : Math.max(0, ((planned - users) / users) * days),
  };
  return {
    experiment: experiment.id,
    version: experiment.version,
    verdict: verdictOf({
      variations,
      split,
      goals: judged,
      progress,
      currency,
      isBandit: experiment.bandit !== undefined,
    }),
    variations,
    split,
    goals: judged,
    progress,
    looks,
  };
}
