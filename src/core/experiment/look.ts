import type { Experiment } from "../config/config.ts";
import type { Plan } from "../config/experiment-config.ts";
import { dayOf, type EpochMs } from "../primitives/time.ts";
import type { Comparison } from "./judge.ts";
import type { ExperimentReport } from "./report.ts";

/** What was found when it was looked. Kept, because a boundary of a planned test depends on the looks before. */
export type Look = {
  readonly at: EpochMs;
  readonly users: number;
  /** Share of the plan's visitors who had come, where this was a step of it and spent some of its error. */
  readonly fraction?: number | undefined;
  readonly comparisons: readonly Comparison[];
};

/** Share of the planned visitors; above 1 where more came before anybody looked. */
export const fractionOf = (users: number, plan: Plan): number => users / plan.visitors;

/**
 * Whether it is time for the next look to be kept: with a plan whenever another of its steps has been reached, without one
 * once a day. When a look falls due depends on how many came and on the calendar, never on what they did.
 * @example isLookDue([], 10, undefined, 0) // true
 */
export function isLookDue(
  looks: readonly Look[],
  users: number,
  plan: Plan | undefined,
  now: EpochMs,
): boolean {
  const last = looks.at(-1);
  if (users === 0) return false;
  if (!last) return true;
  if (plan && isStep(looks, users, plan)) return true;
  return users > last.users && dayOf(now) !== dayOf(last.at);
}

/** Whether so many visitors reach a step of the plan that no look was kept for. */
export function isStep(looks: readonly Look[], users: number, plan: Plan): boolean {
  const last = looks.findLast(({ fraction }) => fraction !== undefined)?.fraction ?? 0;
  const step = (fraction: number) => Math.min(plan.looks, Math.floor(fraction * plan.looks + 1e-9));
  return step(fractionOf(users, plan)) > step(last);
}

/** The look to keep of a report, or `undefined` where none is due. */
export function lookOf(
  { plan }: Pick<Experiment, "plan">,
  report: Pick<ExperimentReport, "goals" | "progress" | "looks">,
  now: EpochMs,
): Look | undefined {
  const { users } = report.progress;
  if (!isLookDue(report.looks, users, plan, now)) return undefined;
  const comparisons = report.goals.flatMap((goal) => goal.comparisons);
  const isOfPlan = plan !== undefined && isStep(report.looks, users, plan);
  return { at: now, users, comparisons, ...(isOfPlan ? { fraction: fractionOf(users, plan) } : {}) };
}
