import { dayInYear, dayOfDate, keptDate, yearOf } from "../life/calendar-day.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { dayIn } from "./time-zone.ts";
import { instantOf } from "./wall-clock.ts";

/** A day that comes back every year, and the year in which it was the first time, where that is known. */
export type YearlyDate = { readonly monthDay: string; readonly year?: number | undefined };

/** One return of a day: the year it falls in, and when its occasion begins. */
export type Return = { readonly year: number; readonly at: EpochMs };

/**
 * Reads a date from a trait: `1990-05-17`, `05-17` or `--05-17` (ISO 8601). Anything else is `undefined`.
 * @example yearlyDate("--05-17") // { monthDay: "05-17" }
 */
export function yearlyDate(value: unknown): YearlyDate | undefined {
  if (typeof value !== "string") return undefined;
  const isYearless = /^(--)?\d{2}-\d{2}$/.test(value);
  const monthDay = keptDate(isYearless ? value.slice(-5) : value, true);
  if (monthDay === undefined) return undefined;
  return isYearless ? { monthDay } : { monthDay, year: Number(value.slice(0, 4)) };
}

/** The date of a moment in a zone, with its year. */
export function dateIn(zone: string, at: EpochMs): YearlyDate {
  const day = dayIn(zone, at);
  const year = yearOf(day);
  const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));
  const month = months.findLast((one) => dayOfDate(`${year}-${one}-01`)! <= day)!;
  const dayOfMonth = day - dayOfDate(`${year}-${month}-01`)! + 1;
  return { monthDay: `${month}-${String(dayOfMonth).padStart(2, "0")}`, year };
}

/**
 * When a day comes back around now: the returns of last year, of this one and of the next two, ascending, without the
 * first time itself. Each begins with the calendar day so many days before it, in the zone. In years that have no 29th of
 * February, that day comes back on the 28th.
 * @example returnsAround({ monthDay: "02-29", year: 2024 }, 0, "UTC", dayOfDate("2025-06-01")! * DAY_MS)[0] // { year: 2025, at: … 2025-02-28 }
 */
export function returnsAround(date: YearlyDate, daysBefore: number, zone: string, now: EpochMs): Return[] {
  const thisYear = yearOf(dayIn(zone, now));
  const returns: Return[] = [];
  for (let year = thisYear - 1; year <= thisYear + 2; year++) {
    const day = year > (date.year ?? 0) ? dayInYear(date.monthDay, year) : undefined;
    if (day !== undefined) returns.push({ year, at: instantOf(zone, (day - daysBefore) * DAY_MS) });
  }
  return returns;
}
