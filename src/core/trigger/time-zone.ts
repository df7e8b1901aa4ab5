import { DAY_MS, parseMoment, type EpochMs } from "../primitives/time.ts";
import type { DayNumber } from "../life/calendar-day.ts";

/** How many zones are kept ready. There are about 450 of them, not counting other names for the same. */
const KEPT_MAX = 600;
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Making a format is slow, about a tenth of a millisecond; asking one is not. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formats.has(zone)) return formats.get(zone);
  if (formats.size >= KEPT_MAX) formats.clear();
  const format = zone.length > 64 ? undefined : makeFormat(zone);
  formats.set(zone, format);
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    return undefined;
  }
}

/** Whether a text names a time zone of the IANA database. @example isTimeZone("Europe/Vienna") // true */
export const isTimeZone = (zone: string): boolean => formatOf(zone) !== undefined;

/**
 * What clocks on the wall show at a moment, as if they showed UTC: milliseconds since 1970-01-01T00:00 on that clock.
 * An unknown zone counts as UTC.
 * @example wallOf("Europe/Vienna", 0) // 3600000
 */
export function wallOf(zone: string, at: EpochMs): number {
  const format = formatOf(zone);
  if (!format) return at;
  const part: { [name: string]: string } = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = value;
  const { year, month, day, hour, minute, second } = part;
  const wall = parseMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Before 1970 on that clock there is nothing to be told.
  return wall === undefined ? at : wall + (((at % 1000) + 1000) % 1000);
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export const offsetMs = (zone: string, at: EpochMs): number => wallOf(zone, at) - at;

/** The calendar day of a moment in a zone. @example dayIn("Asia/Tokyo", 82_800_000) // 1 */
export const dayIn = (zone: string, at: EpochMs): DayNumber => Math.floor(wallOf(zone, at) / DAY_MS);
