import { dayOf, type EpochMs } from "../primitives/time.ts";

/** Decisions of a day: for people who agreed to be measured, and for everybody else. */
export type DayTraffic = { readonly measured: number; readonly unmeasured: number };

/** By UTC day number. */
export type TrafficDays = Readonly<Record<string, DayTraffic>>;

/** How long days are kept: as long as the longest window of an experiment. */
const DAYS_KEPT = 90;

/**
 * The days with what has been reported now.
 * @example addTraffic({}, { measured: 2, unmeasured: 1 }, 0) // { "0": { measured: 2, unmeasured: 1 } }
 */
export function addTraffic(days: TrafficDays, by: DayTraffic, now: EpochMs): TrafficDays {
  const today = dayOf(now);
  const known = days[today] ?? { measured: 0, unmeasured: 0 };
  const kept = Object.entries(days).filter(([day]) => Number(day) > Number(today) - DAYS_KEPT);
  const next = { measured: known.measured + by.measured, unmeasured: known.unmeasured + by.unmeasured };
  return { ...Object.fromEntries(kept), [today]: next };
}

/**
 * Share of decisions since a moment that were made for nobody who is measured; `null` where there were none.
 * @example unmeasuredShare({ "0": { measured: 3, unmeasured: 1 } }, 0) // 0.25
 */
export function unmeasuredShare(days: TrafficDays, since: EpochMs): number | null {
  const from = Number(dayOf(since));
  const seen = Object.entries(days).filter(([day]) => Number(day) >= from);
  const unmeasured = seen.reduce((sum, [, day]) => sum + day.unmeasured, 0);
  const all = seen.reduce((sum, [, day]) => sum + day.measured + day.unmeasured, 0);
  return all > 0 ? unmeasured / all : null;
}
