import type { Card } from "../card/card.ts";
import type { Purchases } from "./purchases.ts";

/**
 * A customer's purchases as they stood at the end of a day; `undefined` for who was none yet, and for the few whose days
 * reach too far back to be told. Returns of later days are counted where their order is.
 */
export function purchasesAt({ purchases, days = [] }: Card, day: number): Purchases | undefined {
  if (!purchases || purchases.firstDay > day) return undefined;
  const later = days.filter(([one]) => one > day);
  const before = days.filter(([one]) => one <= day);
  if (before.length === 0) return undefined;
  const repeats = purchases.repeats - later.length;
  const repeatMinor = purchases.repeatMinor - later.reduce((sum, [, minor]) => sum + minor, 0);
  return { ...purchases, lastDay: before.at(-1)![0], repeats, repeatMinor, orders: repeats + 1 };
}

/** Order days of a customer after one day, up to and with another; and what they brought. */
export function orderedBetween(
  { days = [] }: Card,
  after: number,
  upTo: number,
): { orders: number; minor: number } {
  const within = days.filter(([day]) => day > after && day <= upTo);
  return { orders: within.length, minor: within.reduce((sum, [, minor]) => sum + minor, 0) };
}

/** One customer's prediction and what came. */
export type Outcome = { readonly predicted: number; readonly actual: number };

export type CalibrationRow = {
  readonly customers: number;
  readonly meanPredicted: number;
  readonly meanActual: number;
};

/** How well predictions met what came. */
export type Calibration = {
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  /** (predicted − actual) ∕ actual; `null` where nothing came. */
  readonly totalError: number | null;
  readonly rmse: number;
  readonly mae: number;
  /** Chance that of two customers the one who came was predicted more; `null` where all or none came. */
  readonly auc: number | null;
  /** Tenths by prediction, best first. */
  readonly deciles: readonly CalibrationRow[];
  /** Share of everything that came which the best tenth brought. */
  readonly topDecileShare: number | null;
};

/** Compares predictions with what came. */
export function calibrationOf(outcomes: readonly Outcome[]): Calibration {
  const sorted = [...outcomes].sort((a, b) => b.predicted - a.predicted);
  const sum = (of: readonly Outcome[], name: keyof Outcome) =>
    of.reduce((total, one) => total + one[name], 0);
  const [predicted, actual] = [sum(sorted, "predicted"), sum(sorted, "actual")];
  const count = Math.max(1, sorted.length);
  const parts = Array.from({ length: 10 }, (_, i) =>
    sorted.slice(Math.round((i * sorted.length) / 10), Math.round(((i + 1) * sorted.length) / 10)),
  );
  return {
    customers: sorted.length,
    predicted,
    actual,
    totalError: actual === 0 ? null : (predicted - actual) / actual,
    rmse: Math.sqrt(sorted.reduce((total, one) => total + (one.predicted - one.actual) ** 2, 0) / count),
    mae: sorted.reduce((total, one) => total + Math.abs(one.predicted - one.actual), 0) / count,
    auc: aucOf(sorted),
    deciles: parts
      .filter((part) => part.length > 0)
      .map((part) => ({
        customers: part.length,
        meanPredicted: sum(part, "predicted") / part.length,
        meanActual: sum(part, "actual") / part.length,
      })),
    topDecileShare: actual === 0 ? null : sum(parts[0]!, "actual") / actual,
  };
}

/** Mann and Whitney's statistic by ranks; equal predictions count half. @param sorted greatest prediction first */
function aucOf(sorted: readonly Outcome[]): number | null {
  const positives = sorted.filter(({ actual }) => actual > 0).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let ranks = 0;
  for (let i = sorted.length - 1; i >= 0;) {
    let j = i;
    while (j >= 0 && sorted[j]!.predicted === sorted[i]!.predicted) j--;
    const mean = (sorted.length - i + (sorted.length - j - 1)) / 2;
    for (let k = i; k > j; k--) if (sorted[k]!.actual > 0) ranks += mean;
    i = j;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
