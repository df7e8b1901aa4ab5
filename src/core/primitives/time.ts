/** Milliseconds since 1970-01-01T00:00:00Z, an integer. Time always arrives in core as an argument. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const LAST_MS = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/**
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
 * Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
 * @example daysFromCivil(2000, 3, 1) // 11017
 */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Reads a moment from the wire: an integer of epoch milliseconds, or RFC 3339 text with an offset.
 * Anything else (a bare date, a local time, epoch seconds, 24:00, 30 February) is `undefined`: a guessed time zone is
 * a wrong order of events. A leap second (`:60`) counts as the last millisecond of its minute.
 * @example parseMoment("2026-03-29T02:30:00+01:00") // 1774747800000
 */
export function parseMoment(raw: unknown): EpochMs | undefined {
  if (typeof raw === "number") {
    return Number.isInteger(raw) && raw >= 1e11 && raw <= LAST_MS ? raw : undefined;
  }
  if (typeof raw !== "string") return undefined;
  const match = RFC3339.exec(raw);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = match[8]!;
  let offsetMs = 0;
  if (offset.length > 1) {
    const hours = Number(offset.slice(1, 3));
    const minutes = Number(offset.slice(4, 6));
    if (hours > 23 || minutes > 59) return undefined;
    offsetMs = (offset[0] === "-" ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
  }
  const fraction = second === 60 ? 999 : Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const local =
    daysFromCivil(year, month, day) * DAY_MS +
    hour * HOUR_MS +
    minute * MINUTE_MS +
    Math.min(second, 59) * SECOND_MS +
    fraction;
  const at = local - offsetMs;
  return at >= 0 && at <= LAST_MS ? at : undefined;
}

/** The UTC day number of a moment, as text. @example dayOf(0) // "0" */
export const dayOf = (at: EpochMs): string => String(Math.floor(at / DAY_MS));
