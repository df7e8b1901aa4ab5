import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from "../primitives/time.ts";
import { wallOf } from "./time-zone.ts";
import { instantOf } from "./wall-clock.ts";

/** Hours in which nobody is to be disturbed, in milliseconds after midnight on the clock; may pass midnight. */
export type QuietHours = { readonly from: number; readonly until: number };

/** A time of day in milliseconds after midnight. @example timeOfDay("08:30") // 30600000 */
export const timeOfDay = (text: string): number =>
  Number(text.slice(0, 2)) * HOUR_MS + Number(text.slice(3, 5)) * MINUTE_MS;

/**
 * The end of the quiet hours that a moment is in; the moment itself where it is in none. What clocks show decides, so the
 * end stays at its time of day when they are put forward or back; an end that they skip is when they skip it.
 * @example quietEnd({ from: timeOfDay("21:00"), until: timeOfDay("08:00") }, "UTC", 0) // 28800000
 */
export function quietEnd({ from, until }: QuietHours, zone: string, at: EpochMs): EpochMs {
  const wall = wallOf(zone, at);
  const time = wall % DAY_MS;
  const isQuiet = from < until ? time >= from && time < until : time >= from || time < until;
  if (!isQuiet) return at;
  const end = wall - time + until + (time < until ? 0 : DAY_MS);
  const first = instantOf(zone, end);
  // Clocks that were put back show the end twice; where the first time is over, the second counts.
  return first > at ? first : end - (wall - at);
}
