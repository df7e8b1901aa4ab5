import type { PurchaseSummary } from "../../../src/core/value/model/summary.ts";
import { readShared } from "../../support/shared.ts";

/** A customer of CDNOW's sample, split at the end of the calibration period; time in weeks. */
export type SplitCustomer = {
  readonly summary: PurchaseSummary;
  /** Mean value of repeat days; 0 without one. */
  readonly mean: number;
  readonly ordersAfter: number;
  readonly spentAfter: number;
};

const DAY = 86_400_000;

const dayOf = (text: string): number =>
  Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) / DAY;

/** Value by day for each customer of the sample: columns of id, id in the sample, date, discs and dollars. */
function daysByCustomer(text: string): Map<string, Map<number, number>> {
  const customers = new Map<string, Map<number, number>>();
  for (const line of text.split("\n")) {
    const [, id, date, , dollars] = line.trim().split(/\s+/);
    if (id === undefined || date === undefined || dollars === undefined) continue;
    const days = customers.get(id) ?? new Map<number, number>();
    customers.set(id, days);
    days.set(dayOf(date), (days.get(dayOf(date)) ?? 0) + Number(dollars));
  }
  return customers;
}

/**
 * The 2,357 customers of CDNOW's sample with what they did up to 30 September 1997, and in the 39 weeks after it; orders of
 * one day count once. `undefined` where the data are absent.
 */
export function splitCustomers(): SplitCustomer[] | undefined {
  const text = readShared("data/cdnow/CDNOW_sample.txt");
  if (text === undefined) return undefined;
  const [end, last] = [dayOf("19970930"), dayOf("19980630")];
  return [...daysByCustomer(text).values()].map((days) => {
    const all = [...days].sort(([a], [b]) => a - b);
    const before = all.filter(([day]) => day <= end);
    const after = all.filter(([day]) => day > end && day <= last);
    const first = before[0]![0];
    const repeats = before.slice(1);
    const value = repeats.reduce((sum, [, dollars]) => sum + dollars, 0);
    return {
      summary: {
        x: repeats.length,
        tx: (before.at(-1)![0] - first) / 7,
        T: (end - first) / 7,
      },
      mean: repeats.length > 0 ? value / repeats.length : 0,
      ordersAfter: after.length,
      spentAfter: after.reduce((sum, [, dollars]) => sum + dollars, 0),
    };
  });
}

/** The published summary of the same customers, rounded to hundredths of a week. */
export function publishedSummaries(): PurchaseSummary[] | undefined {
  return readShared("data/cdnow/cdnow_customers_summary.csv")
    ?.trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [, x, tx, T] = line.split(",").map(Number);
      return { x: x!, tx: tx!, T: T! };
    });
}
