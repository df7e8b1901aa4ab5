import { DAY_MS, parseMoment, type EpochMs } from "../primitives/time.ts";

/** Days since 1970-01-01, in UTC. */
export type DayNumber = number;

/** The UTC day of a moment. @example dayNumberOf(86_400_000) // 1 */
export const dayNumberOf = (at: EpochMs): DayNumber => Math.floor(at / DAY_MS);

/** The day of a calendar date, `undefined` for a date that is none. @example dayOfDate("1970-01-02") // 1 */
export function dayOfDate(date: string): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const at = parseMoment(`${date}T00:00:00Z`);
  return at === undefined ? undefined : at / DAY_MS;
}

/** The UTC year of a day, from 1970 on. @example yearOf(364) // 1970 */
export function yearOf(day: DayNumber): number {
  // The mean year is at most a day off at either end of the real one.
  const guess = 1970 + Math.floor(day / 365.2425);
  if (day < dayOfDate(`${guess}-01-01`)!) return guess - 1;
  return day >= dayOfDate(`${guess + 1}-01-01`)! ? guess + 1 : guess;
}

/**
 * The day of a month and day in a year; the 29th of February is the 28th where there is none.
 * @example dayInYear("02-29", 2027) === dayOfDate("2027-02-28") // true
 */
export const dayInYear = (monthDay: string, year: number): DayNumber | undefined =>
  dayOfDate(`${year}-${monthDay}`) ?? (monthDay === "02-29" ? dayOfDate(`${year}-02-28`) : undefined);

/**
 * What is kept of a date: of one that comes back every year only month and day, so that nobody's age is. `undefined` for
 * what is no date. Source of the forms: ISO 8601, calendar dates; the year may be left out of yearly ones.
 * @example keptDate("1961-02-29", true) // undefined
 * @example keptDate("1960-02-29", true) // "02-29"
 */
export function keptDate(date: string, isYearly: boolean): string | undefined {
  if (!isYearly) return dayOfDate(date) === undefined ? undefined : date;
  if (/^\d{2}-\d{2}$/.test(date)) return dayOfDate(`2000-${date}`) === undefined ? undefined : date;
  const match = /^(\d{4})-(\d{2}-\d{2})$/.exec(date);
  if (!match) return undefined;
  const monthDay = match[2]!;
  // Dates before 1970 have no day number here; a year as long answers for theirs.
  const year = Number(match[1]);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return dayOfDate(`${isLeap ? 2000 : 2001}-${monthDay}`) === undefined ? undefined : monthDay;
}
