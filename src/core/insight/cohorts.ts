import type { Money } from "../primitives/money.ts";
import { entryOf, isCustomer, type Accumulator } from "./accumulator.ts";
import { monthName, monthOfDay } from "./month-of-day.ts";
import { PEOPLE_MIN, WITHHELD, withheldCells, type Withheld } from "./withhold.ts";

/** A cohort up to one month after its first orders. */
export type CohortMonth = {
  /** Months after that of the first order: 0 is that month itself. */
  readonly month: number;
  /** Share of the cohort that ordered in a later month than the first, up to this one; `null` for month 0. */
  readonly returnedShare: number | Withheld | null;
  /** Net revenue per customer of the cohort, from the first month to the end of this one. */
  readonly valuePerCustomer: Money | Withheld;
  /** Whether the month is not over. */
  readonly isRunning: boolean;
};

export type Cohort =
  | ({ readonly firstMonth: string } & Withheld)
  | {
      readonly firstMonth: string;
      readonly customers: number;
      readonly months: readonly CohortMonth[];
    };

export type Cohorts = {
  readonly currencies: readonly { readonly currency: string; readonly cohorts: readonly Cohort[] }[];
};

/** A customer's months are kept for so long; older cohorts would seem to have begun later. */
const MONTHS_MAX = 60;

type Sums = {
  customers: number;
  /** By months after the first: who ordered in a later month for the first time, who ordered at all, and for how much. */
  readonly returned: number[];
  readonly buyers: number[];
  readonly minor: number[];
};

const newSums = (): Sums => ({ customers: 0, returned: [], buyers: [], minor: [] });

/**
 * Customers by the month of their first order, how many came back, and what they brought. A month in which fewer than 5
 * of a cohort did something has no figure of its own; the next told one includes it.
 * @param today UTC day number
 */
export function gatherCohorts(today: number): Accumulator<Cohorts> {
  const now = monthOfDay(today);
  const byCurrency = new Map<string, Map<number, Sums>>();
  return {
    add(card) {
      if (!isCustomer(card)) return;
      const first = monthOfDay(card.purchases.firstDay);
      if (first > now || first <= now - MONTHS_MAX) return;
      const cohorts = entryOf(byCurrency, card.purchases.currency, () => new Map<number, Sums>());
      const sums = entryOf(cohorts, first, newSums);
      sums.customers++;
      let hasReturned = false;
      for (const [month, minor] of card.months ?? []) {
        const after = month - first;
        if (after < 0 || month > now) continue;
        sums.buyers[after] = (sums.buyers[after] ?? 0) + 1;
        sums.minor[after] = (sums.minor[after] ?? 0) + minor;
        if (after === 0 || hasReturned) continue;
        hasReturned = true;
        sums.returned[after] = (sums.returned[after] ?? 0) + 1;
      }
    },
    finish: () => ({
      currencies: [...byCurrency]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, cohorts]) => ({ currency, cohorts: cohortsOf(cohorts, currency, now) })),
    }),
  };
}

function cohortsOf(cohorts: ReadonlyMap<number, Sums>, currency: string, now: number): Cohort[] {
  const sorted = [...cohorts].sort(([a], [b]) => a - b);
  const withheld = withheldCells(sorted.map(([, { customers }]) => customers));
  return sorted.map(([first, sums], i) =>
    withheld[i]
      ? { firstMonth: monthName(first), ...WITHHELD }
      : {
          firstMonth: monthName(first),
          customers: sums.customers,
          months: monthsOf(sums, currency, now - first),
        },
  );
}

/**
 * Figures that run up a month at a time: the difference of two told ones is about those who did something in between, and
 * they are at least the people of the later month.
 */
function monthsOf(
  { customers, returned, buyers, minor }: Sums,
  currency: string,
  last: number,
): CohortMonth[] {
  const months: CohortMonth[] = [];
  let [back, value] = [0, 0];
  for (let month = 0; month <= last; month++) {
    const newlyBack = returned[month] ?? 0;
    back += newlyBack;
    value += minor[month] ?? 0;
    const never = customers - back;
    const isBackTold = newlyBack >= PEOPLE_MIN && (never === 0 || never >= PEOPLE_MIN);
    months.push({
      month,
      returnedShare: month === 0 ? null : isBackTold ? back / customers : WITHHELD,
      valuePerCustomer:
        (buyers[month] ?? 0) >= PEOPLE_MIN ? { minor: Math.round(value / customers), currency } : WITHHELD,
      isRunning: month === last,
    });
  }
  return months;
}
