/** Days from 0000-03-01 to 1970-01-01. Years are taken to begin in March, so that the leap day is their last. */
const EPOCH_SHIFT = 719_468;
const ERA_DAYS = 146_097;

/**
 * The month (since 1970-01) of a UTC day number.
 * Source: Hinnant, chrono-compatible low-level date algorithms, `civil_from_days`.
 * @example monthOfDay(31) // 1
 */
export function monthOfDay(day: number): number {
  const shifted = day + EPOCH_SHIFT;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const leapless =
    dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor(leapless / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (yearOfEra + 400 * era - 1970) * 12 + fromMarch + 2;
}

/** A month as people write it. @example monthName(324) // "1997-01" */
export function monthName(month: number): string {
  const year = 1970 + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, "0")}`;
}
