import type { Moments } from "../stats/moments.ts";
import { posteriorMean, posteriorsOf, type GoalKind } from "./posterior.ts";
import { raceOf } from "./race.ts";

export type Permission = "never" | "propose" | "auto";

/** What a marketer allows to happen without them. */
export type AutoPolicy = {
  readonly stop: Permission;
  readonly promote: Permission;
  readonly daysMin: number;
  /** Of every arm. */
  readonly visitorsMin: number;
  /** What may be given away by a promotion at most, on average, as a share of the goal's value. */
  readonly lossMax?: number;
};

/** One step, or none and why not. */
export type Proposal = {
  readonly action: "stop_arm" | "promote" | "none";
  /** Index of the arm it is about; absent for none. */
  readonly arm?: number;
  /** `auto`: it may happen now. `propose`: a marketer decides. */
  readonly permission?: "propose" | "auto";
  /** For the marketer and the audit log. */
  readonly reason: string;
};

export type Standing = {
  readonly kind: GoalKind;
  /** How the goal is called in a sentence. @example "conversion" */
  readonly goal: string;
  /** By arm. */
  readonly names: readonly string[];
  readonly arms: readonly Moments[];
  /** Arms that are out already. */
  readonly off?: ReadonlySet<number>;
  readonly days: number;
};

/** A tenth of a percent of the goal's value: less than anybody would notice. */
const LOSS_MAX = 0.001;
const PROMOTE_FROM = 0.95;
const STOP_BELOW = 0.01;

/**
 * What to do next with a bandit's arms: promote a clear winner, stop a clear loser, or wait; one step at a time, promotions
 * first. A promotion needs both a probability of being the best and a bounded mean loss if that is wrong. The first arm,
 * the control, is never stopped: it is what the others are measured against.
 */
export function proposeStep(standing: Standing, policy: AutoPolicy): Proposal {
  const { arms, names, off, days, kind, goal } = standing;
  const open = arms.flatMap((_, i) => (off?.has(i) ? [] : [i]));
  if (open.length < 2) return none("There is only one variation left.");
  const fewest = Math.min(...open.map((i) => arms[i]!.n));
  if (days < policy.daysMin)
    return none(`It has run for ${count(days)} of at least ${count(policy.daysMin)} days.`);
  if (fewest < policy.visitorsMin)
    return none(
      `A variation has had ${count(fewest)} visitors, of at least ${count(policy.visitorsMin)} each.`,
    );
  const posteriors = posteriorsOf(
    kind,
    open.map((i) => arms[i]!),
  );
  const { best, bestValue } = raceOf(posteriors);
  const means = posteriors.map(posteriorMean);
  const lead = best.indexOf(Math.max(...best));
  const loss = Math.max(0, bestValue - means[lead]!);
  const lossShare = loss / Math.abs(means[lead]!);
  const lossMax = policy.lossMax ?? LOSS_MAX;
  if (policy.promote !== "never" && best[lead]! >= PROMOTE_FROM && lossShare <= lossMax)
    return {
      action: "promote",
      arm: open[lead]!,
      permission: policy.promote,
      reason:
        `“${names[open[lead]!]}” is the best for ${goal} with a probability of ${percent(best[lead]!)} after ${count(sumOf(open, arms))} visitors` +
        ` and ${count(days)} days; choosing it gives away ${percent(lossShare)} of the goal on average.`,
    };
  const worst = best.reduce(
    (found, one, i) =>
      open[i] !== 0 && one < STOP_BELOW && (found < 0 || means[i]! < means[found]!) ? i : found,
    -1,
  );
  if (policy.stop !== "never" && worst >= 0 && worst !== lead)
    return {
      action: "stop_arm",
      arm: open[worst]!,
      permission: policy.stop,
      reason:
        `“${names[open[worst]!]}” is the best for ${goal} with a probability of ${percent(best[worst]!)} after ${count(arms[open[worst]!]!.n)} visitors` +
        ` of its own and ${count(days)} days; it does ${percent(1 - means[worst]! / means[lead]!)} less than “${names[open[lead]!]}”.`,
    };
  return none(
    `“${names[open[lead]!]}” leads with a probability of ${percent(best[lead]!)} of being the best for ${goal}; nothing is certain enough to act on.`,
  );
}

const none = (reason: string): Proposal => ({ action: "none", reason });

const sumOf = (open: readonly number[], arms: readonly Moments[]): number =>
  open.reduce((sum, i) => sum + arms[i]!.n, 0);

/** @example count(12345.6) // "12,345" */
const count = (value: number): string => String(Math.floor(value)).replaceAll(/\B(?=(\d{3})+$)/g, ",");

/** @example percent(0.9876) // "98.8 %", and of next to nothing "less than 0.1 %" */
function percent(share: number): string {
  if (share < 0.001) return "less than 0.1 %";
  if (share > 0.999 && share < 1) return "more than 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}
