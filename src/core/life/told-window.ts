import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { dayInYear, dayNumberOf, dayOfDate, yearOf } from "./calendar-day.ts";
import type { CompiledKind } from "./compile-life.ts";
import type { Told } from "./life-state.ts";

/** When something told matters: from `since` until just before `until`. */
export type LifeWindow = { readonly since: EpochMs; readonly until: EpochMs };

/**
 * The stretch of time in which something told matters now or next; `undefined` when that is over. One with a date begins
 * the kind's lead before it, though not before it was told, and one without begins when it was told. Days are UTC.
 */
export function windowOf(told: Told, kind: CompiledKind, now: EpochMs): LifeWindow | undefined {
  const { on, at } = told;
  if (on === undefined) return ahead({ since: at, until: at + kind.lastsDays * DAY_MS }, now);
  // A date of the other form is left from before the kind changed, and says nothing any more.
  if (/^\d{2}-\d{2}$/.test(on) !== kind.isYearly) return undefined;
  if (!kind.isYearly) return ahead(around(dayOfDate(on), told, kind), now);
  const year = yearOf(dayNumberOf(now));
  // The window of one year may reach into the one before or after.
  for (let y = Math.max(1970, year - Math.ceil(kind.lastsDays / 365)); y <= year + 2; y++) {
    const window = ahead(around(dayInYear(on, y), told, kind), now);
    if (window) return window;
  }
  return undefined;
}

function around(day: number | undefined, { at }: Told, kind: CompiledKind): LifeWindow | undefined {
  if (day === undefined) return undefined;
  const since = Math.max(at, (day - kind.leadDays) * DAY_MS);
  return { since, until: (day + kind.lastsDays) * DAY_MS };
}

/** A window that is not over, and has any length: one told after its end has none. */
const ahead = (window: LifeWindow | undefined, now: EpochMs): LifeWindow | undefined =>
  window && window.until > now && window.since < window.until ? window : undefined;
