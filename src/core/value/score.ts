import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { forecastOf } from "./model/predict.ts";
import { expectedValue } from "./model/spend.ts";
import { orderVariance } from "./order-spread.ts";
import type { Purchases } from "./purchases.ts";
import { rfmOf, type Rfm } from "./rfm.ts";
import type { ValueModel, ValueTerms } from "./value-model.ts";

/** What a customer is worth, as of a day. Money in minor units of the customer's currency. */
export type Score = {
  readonly currency: string;
  /** What they brought so far: net revenue, and what the shop kept of it where costs are known. */
  readonly revenueMinor: number;
  readonly marginMinor: number | null;
  readonly recencyDays: number;
  /** Version of the model that the rest is scored by; `null`: there is none yet, and then the rest is `null` too. */
  readonly version: number | null;
  /** `null` in another currency than the model's: its money cannot be compared. */
  readonly rfm: Rfm | null;
  /** Orders (days with an order) within the horizon. */
  readonly expectedOrders: number | null;
  /** Chance that none comes within the horizon. */
  readonly churn: number | null;
  /** Chance that they are a customer still, whenever they come again. Not for winning back: see `winBack`. */
  readonly alive: number | null;
  /** What one order day brings, on average. `null` in another currency than the model's. */
  readonly orderValueMinor: number | null;
  /** Expected margin within the horizon, discounted. */
  readonly clvMinor: number | null;
  /** Variance of that margin, in squared minor units. */
  readonly clvVariance: number | undefined;
  /**
   * Whom to win back first: expected orders. The chance to be alive of BG/NBD is 1 for whoever never came back, and ranks
   * worse than chance (AUC .316 on CDNOW against .773).
   */
  readonly winBack: number | null;
};

const UNSCORED = {
  version: null,
  rfm: null,
  expectedOrders: null,
  churn: null,
  alive: null,
  orderValueMinor: null,
  clvMinor: null,
  clvVariance: undefined,
  winBack: null,
} as const;

/** Scores a customer by a shop's model, as of the UTC day of a moment: it changes at midnight and at orders only. */
export function scoreOf(
  purchases: Purchases,
  model: ValueModel | undefined,
  terms: ValueTerms,
  now: EpochMs,
): Score {
  const { currency, firstMinor, repeatMinor, costedMinor } = purchases;
  const today = Math.max(Math.floor(now / DAY_MS), purchases.lastDay);
  const known = {
    currency,
    revenueMinor: firstMinor + repeatMinor,
    marginMinor: costedMinor > 0 ? purchases.marginMinor : null,
    recencyDays: today - purchases.lastDay,
  };
  if (!model) return { ...known, ...UNSCORED };
  const coming = comingOrders(purchases, model, terms, today);
  const counted = {
    ...known,
    version: model.version,
    expectedOrders: coming.mean,
    churn: coming.none,
    alive: coming.alive,
    winBack: coming.mean,
  };
  if (currency !== model.currency)
    return { ...counted, rfm: null, orderValueMinor: null, clvMinor: null, clvVariance: undefined };
  const spend = spendOf(purchases, model);
  const share = marginShareOf(purchases, model);
  const variance = coming.mean * (spend.meanSquare - spend.mean ** 2) + coming.variance * spend.mean ** 2;
  return {
    ...counted,
    rfm: rfmOf(purchases, model.rfm, now),
    orderValueMinor: spend.mean,
    clvMinor: share * coming.discounted * spend.mean,
    clvVariance: share ** 2 * Math.max(0, variance),
  };
}

type Coming = {
  readonly mean: number;
  readonly variance: number;
  readonly discounted: number;
  readonly none: number;
  readonly alive: number;
};

/** Orders to come within the horizon: how many on average, how certain that is, and none. */
function comingOrders(
  { firstDay, lastDay, repeats }: Purchases,
  { orders }: ValueModel,
  { horizonDays, discountPerYear }: ValueTerms,
  today: number,
): Coming {
  const summary = { x: repeats, tx: lastDay - firstDay, T: today - firstDay };
  const { pAlive, expectedOrders, discountedOrders, probabilityOfNone } = forecastOf(
    orders,
    summary,
    horizonDays,
    ratePerDay(discountPerYear),
  );
  const variance = orderVariance(orders, summary, horizonDays, { orders: expectedOrders, alive: pAlive });
  return {
    mean: expectedOrders,
    variance,
    discounted: discountedOrders,
    none: probabilityOfNone,
    alive: pAlive,
  };
}

/** What a day's wait costs, as a share. @example ratePerDay(0.1) // 0.00026116 */
export const ratePerDay = (discountPerYear: number): number => (1 + discountPerYear) ** (1 / 365) - 1;

/** What an order day brings: the customer's own mean shrunk to the shop's, from the first order on. */
function spendOf(
  { repeats, repeatMinor }: Purchases,
  { spend, meanValueMinor }: ValueModel,
): { readonly mean: number; readonly meanSquare: number } {
  const own = repeats > 0 ? repeatMinor / repeats : 0;
  const mean = spend && (repeats === 0 || own > 0) ? expectedValue(spend, repeats, own) : undefined;
  if (mean === undefined || !spend) return { mean: meanValueMinor, meanSquare: 2 * meanValueMinor ** 2 };
  return { mean, meanSquare: meanSquareOf(spend, repeats, own) ?? 2 * mean ** 2 };
}

/** Mean square of a day's value: gamma of shape p with a scale that is known as well as the orders so far tell it. */
function meanSquareOf(
  { p, q, v }: NonNullable<ValueModel["spend"]>,
  repeats: number,
  own: number,
): number | undefined {
  const shape = p * repeats + q;
  const scale = v + repeats * own;
  return shape > 2 ? (p * (p + 1) * scale * scale) / ((shape - 1) * (shape - 2)) : undefined;
}

/** The customer's margin share, shrunk to the shop's by as much as an average order weighs. */
export function marginShareOf({ costedMinor, marginMinor }: Purchases, model: ValueModel): number {
  const prior = 3 * model.meanValueMinor;
  // Where everything is given away, there is nothing to take a share of.
  if (!(costedMinor + prior > 0)) return Math.max(0, model.marginShare);
  return Math.max(0, (marginMinor + model.marginShare * prior) / (costedMinor + prior));
}
