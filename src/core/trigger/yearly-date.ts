import { dayInYear, keptDate, yearOf } from "../life/calendar-day.ts";
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

/**
 * The date of a moment in a zone, with its year.
 * Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
 * @example dateIn("UTC", 0) // { monthDay: "01-01", year: 1970 }
 */
export function dateIn(zone: string, at: EpochMs): YearlyDate {
  // Years that begin in March, in eras of 400 years: the leap day is the last of its year.
  const days = dayIn(zone, at) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const day = dayOfYear - Math.floor((153 * march + 2) / 5) + 1;
  const two = (part: number) => String(part).padStart(2, "0");
  return { monthDay: `${two(month)}-${two(day)}`, year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0) };
}

/** Returns from longer ago are nobody's business any more; longer than `LATE_MS` and any zone's offset together. */
const PAST_MS = 3 * DAY_MS;

/**
 * When a day comes back around now: the returns of the last days, and the next one; not the first time itself. Each begins
 * with the calendar day so many days before it, in the zone. In years that have no 29th of February, that day comes back
 * on the 28th.
 * @example returnsAround({ monthDay: "02-29", year: 2024 }, 0, "UTC", dayOfDate("2025-01-01")! * DAY_MS) // [{ year: 2025, at: … 2025-02-28 }]
 */
export function returnsAround(date: YearlyDate, daysBefore: number, zone: string, now: EpochMs): Return[] {
  const thisYear = yearOf(dayIn(zone, now));
  const returns: Return[] = [];
  for (let year = thisYear - 1; year <= thisYear + 2; year++) {
    const day = year > (date.year ?? 0) ? dayInYear(date.monthDay, year) : undefined;
    if (day === undefined || (day - daysBefore) * DAY_MS < now - PAST_MS) continue;
    const at = instantOf(zone, (day - daysBefore) * DAY_MS);
    returns.push({ year, at });
    if (at > now) break;
  }
  return returns;
}
