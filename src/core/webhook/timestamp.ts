import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from "../primitives/time.ts";

const padded = (value: number, digits = 2): string => String(value).padStart(digits, "0");

/**
 * A moment as RFC 3339 text in UTC, with milliseconds. From 1970 on.
 * Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
 * @example timestampOf(1774747800000) // "2026-03-29T01:30:00.000Z"
 */
export function timestampOf(at: EpochMs): string {
  const days = Math.floor(at / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const time = at % DAY_MS;
  const clock = [
    Math.floor(time / HOUR_MS),
    Math.floor((time % HOUR_MS) / MINUTE_MS),
    Math.floor((time % MINUTE_MS) / SECOND_MS),
  ];
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}T${clock.map((part) => padded(part)).join(":")}.${padded(time % SECOND_MS, 3)}Z`;
}
