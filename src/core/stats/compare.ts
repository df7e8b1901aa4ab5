import { sequencePValue, sequenceReach } from "./confidence-sequence.ts";
import { differenceError } from "./difference-error.ts";
import { relativeInterval, type Figure, type RelativeInterval } from "./relative-interval.ts";
import { compareCounts } from "./small-counts.ts";

/** What one arm shows of a measure. */
export type ArmFigure = Figure & {
  readonly users: number;
  /** Visitors with a figure other than 0: buyers, for revenue. Of a share its successes. */
  readonly doers: number;
};

/** Two arms to be compared in one measure. */
export type Compared = {
  /** A share of visitors, a mean per visitor or a ratio of two sums. Only shares can be told at small counts. */
  readonly kind: "share" | "mean" | "ratio";
  readonly control: ArmFigure;
  readonly treatment: ArmFigure;
  /** Error that both figures share, as a squared standard error: see `relativeInterval`. */
  readonly shared?: number;
  /** Whether a true figure may be below 0. */
  readonly isSigned?: boolean;
};

/** When one looks. `planned`: at a look of a declared plan, with its boundary. `after_plan`: beyond the plan's last look. */
export type Moment =
  | { readonly kind: "anytime" | "after_plan" }
  | { readonly kind: "planned"; readonly boundary: number };

export type CompareOptions = {
  /** Chance of ever telling a difference where there is none, over all looks of every kind. */
  readonly alpha: number;
  readonly moment: Moment;
  /** Share of these two arms' visitors that goes to the treatment, as configured; absent where it changed by itself. */
  readonly treatmentShare?: number;
};

/** `counts`: exact, by who did it alone. `sequence`: a confidence sequence. `boundary`: a group-sequential look. */
export type Mode = "counts" | "sequence" | "boundary" | "none";

export type Comparison = {
  readonly mode: Mode;
  /** Why this mode, as a sentence. */
  readonly reason: string;
  /** Treatment less control; holds the true difference at every look at once. `undefined` in mode `none`. */
  readonly low?: number;
  readonly high?: number;
  /** `undefined` too where the control's figure is not above 0. */
  readonly lift?: RelativeInterval | undefined;
  /** Against "no difference", right at every look; `undefined` at looks of a plan, where a boundary is met or not. */
  readonly p?: number;
};

/** Visitors an arm needs before it is compared at all. */
const USERS_MIN = 100;
/**
 * Doers that the smaller arm should have, if the arms are alike, before means may be taken for normal. It depends on both
 * arms' doers together and on the split, so that it does not choose by the difference.
 */
const DOERS_MIN = 50;
/** The same for shares, which have an exact test below it. */
const DOERS_MIN_SHARE = 75;

/** Part of alpha for looks at a share before it has so many doers; the rest is for all looks after. */
const COUNTS_PART = 0.2;
/** Part of alpha kept for looks beyond a plan's last one. It costs the plan 0.3 points of its power. */
const AFTER_PLAN_PART = 0.02;

/**
 * The alpha that a plan's boundaries may spend, the rest being kept for looks after its last one.
 * @example plannedAlpha(0.05) // 0.049
 */
export const plannedAlpha = (alpha: number): number => alpha * (1 - AFTER_PLAN_PART);

/**
 * What may be told of a difference at this moment, by the method that is right for it, so that all looks together err
 * with at most `alpha`: each method has its own part of it (`counts` a fifth and `sequence` the rest of a share's; after a
 * plan a fiftieth). All test the absolute difference; lifts are those tests turned round.
 */
export function compare(compared: Compared, options: CompareOptions): Comparison {
  const { control, treatment, kind } = compared;
  const { alpha, moment, treatmentShare } = options;
  const fewest = Math.min(control.users, treatment.users);
  if (!(fewest >= USERS_MIN)) return none(`one variation has ${fewest} visitors; each needs ${USERS_MIN}`);
  const users = control.users + treatment.users;
  const doers = control.doers + treatment.doers;
  const idle = kind === "share" ? users - doers : Infinity;
  const expected = (Math.min(doers, idle) * fewest) / users;
  const needed = kind === "share" && moment.kind === "anytime" ? DOERS_MIN_SHARE : DOERS_MIN;
  if (expected < needed) {
    const isExact = kind === "share" && moment.kind === "anytime" && doers <= idle;
    if (isExact && treatmentShare !== undefined) return byCounts(compared, alpha, treatmentShare);
    const all = Math.ceil((needed * users) / fewest);
    const count = doers <= idle ? `${doers} visitors who did it` : `${idle} visitors who did not`;
    return none(`there are ${count}; ${all} are needed`);
  }
  const error = differenceError(control, treatment);
  const difference = treatment.value - control.value;
  if (!(error > 0) || !Number.isFinite(error) || !Number.isFinite(difference))
    return none("every visitor did the same, or sums are beyond what can be computed with");
  if (moment.kind === "planned")
    return {
      mode: "boundary",
      reason: "a look of the plan",
      ...rangesOf(compared, difference, error, moment.boundary),
    };
  const isAfter = moment.kind === "after_plan";
  const part = isAfter ? AFTER_PLAN_PART : kind === "share" ? 1 - COUNTS_PART : 1;
  const own = { alpha: alpha * part };
  return {
    mode: "sequence",
    reason: isAfter ? "the plan is over: what is left of its error is small" : "looked at at any time",
    ...rangesOf(compared, difference, error, sequenceReach(1, users, own)),
    p: Math.min(1, sequencePValue(difference, error, users, own) / part),
  };
}

function rangesOf(compared: Compared, difference: number, error: number, z: number) {
  const { control, treatment, shared = 0, isSigned = false } = compared;
  const own = Math.sqrt(control.variance + treatment.variance);
  return {
    low: difference - z * error,
    high: difference + z * error,
    lift: relativeInterval(control, treatment, (z * error) / own, { shared, isSigned }),
  };
}

function byCounts({ control, treatment }: Compared, alpha: number, treatmentShare: number): Comparison {
  const found = compareCounts(
    {
      users: control.users + treatment.users,
      doers: control.doers + treatment.doers,
      treatmentDoers: treatment.doers,
      treatmentShare,
    },
    alpha * COUNTS_PART,
  );
  const estimate = treatment.value / control.value - 1;
  const isUnbounded = found.lift.high === Infinity;
  return {
    mode: "counts",
    reason: "few visitors did it so far: counted exactly",
    low: found.difference.low,
    high: found.difference.high,
    lift: control.value > 0 ? { estimate, ...found.lift, isUnbounded } : undefined,
    p: Math.min(1, found.p / COUNTS_PART),
  };
}

const none = (reason: string): Comparison => ({ mode: "none", reason });
