import type { Moments } from "../stats/moments.ts";
import { meanInterval, welch, type Interval } from "../stats/welch.ts";

/** What is counted per variation, over the users who saw it. Rows of one variation (from several shards) add up. */
export type Tally = {
  readonly variation: string;
  /** Distinct users with an exposure. */
  readonly users: number;
  /** Users among them with at least one order in the window. */
  readonly converters: number;
  readonly orders: number;
  /** Revenue of all users, in minor units of one currency. */
  readonly revenueSum: number;
  /** Sum over users of the square of a user's whole revenue (not of each order's). */
  readonly revenueSumSquares: number;
};

/** A treatment's revenue per user minus the control's, in minor units, with its 95% interval and two-sided p. */
export type Difference = Interval & { readonly difference: number; readonly p: number };

/** One variation's figures. What cannot be told from so few users is `null`, never NaN. */
export type VariationReport = {
  readonly variation: string;
  readonly isControl: boolean;
  /** Share of those who take part that this variation should get. */
  readonly share: number;
  readonly users: number;
  readonly conversions: number;
  readonly orders: number;
  /** Converters per user, 0 to 1. */
  readonly conversionRate: number | null;
  /** Minor units, with the 95% interval of the mean. */
  readonly revenuePerUser: number | null;
  readonly revenuePerUserInterval: Interval | null;
  /** Against the control; `null` for the control itself. */
  readonly difference: Difference | null;
};

/** Confidence level of every interval. */
const LEVEL = 0.95;

/** One variation's figures, against the control's; without `control` it is the control. */
export function figuresOf(total: Tally, share: number, control?: Tally): VariationReport {
  const { variation, users, converters, orders, revenueSum } = total;
  return {
    variation,
    isControl: control === undefined,
    share,
    users,
    conversions: converters,
    orders,
    conversionRate: users > 0 ? converters / users : null,
    revenuePerUser: users > 0 ? revenueSum / users : null,
    revenuePerUserInterval: meanInterval(revenueOf(total), LEVEL) ?? null,
    difference: control === undefined ? null : differenceOf(control, total),
  };
}

function revenueOf({ users, revenueSum, revenueSumSquares }: Tally): Moments {
  return { n: users, sum: revenueSum, sumSquares: revenueSumSquares };
}

function differenceOf(control: Tally, treatment: Tally): Difference | null {
  const test = welch(revenueOf(control), revenueOf(treatment), LEVEL);
  return test ? { difference: test.difference, low: test.low, high: test.high, p: test.p } : null;
}
