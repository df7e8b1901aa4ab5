import { DAY_MS, MINUTE_MS, parseMoment, type EpochMs } from "../primitives/time.ts";
import type { DayNumber } from "../life/calendar-day.ts";

/** A zone made ready: making a format is slow, asking one takes some microseconds, and remembering what it said none. */
type Zone = {
  readonly format: Intl.DateTimeFormat;
  /** Offsets by minute: clocks are never changed within one. */
  readonly offsets: Map<number, number>;
};

/** How many zones and minutes are kept. There are about 450 zones, not counting other names for the same. */
const ZONES_MAX = 600;
const MINUTES_MAX = 256;
const zones = new Map<string, Zone | undefined>();

function zoneOf(name: string): Zone | undefined {
  if (zones.has(name)) return zones.get(name);
  if (zones.size >= ZONES_MAX) zones.clear();
  const format = name.length > 64 ? undefined : makeFormat(name);
  const zone = format && { format, offsets: new Map<number, number>() };
  zones.set(name, zone);
  return zone;
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
export const isTimeZone = (zone: string): boolean => zoneOf(zone) !== undefined;

/**
 * How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. Those of an unknown zone are not.
 * @example offsetMs("Europe/Vienna", 0) // 3600000
 */
export function offsetMs(zone: string, at: EpochMs): number {
  const known = zoneOf(zone);
  if (!known) return 0;
  const minute = Math.floor(at / MINUTE_MS);
  const remembered = known.offsets.get(minute);
  if (remembered !== undefined) return remembered;
  if (known.offsets.size >= MINUTES_MAX) known.offsets.clear();
  const offset = shownBy(known.format, minute * MINUTE_MS) - minute * MINUTE_MS;
  known.offsets.set(minute, offset);
  return offset;
}

function shownBy(format: Intl.DateTimeFormat, at: EpochMs): number {
  const part: { [name: string]: string } = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = value;
  const { year, month, day, hour, minute, second } = part;
  // Before 1970 on that clock there is nothing to be told.
  return parseMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) ?? at;
}

/** What clocks on the wall show at a moment: milliseconds since 1970-01-01T00:00 on that clock. */
export const wallOf = (zone: string, at: EpochMs): number => at + offsetMs(zone, at);

/** The calendar day of a moment in a zone. @example dayIn("Asia/Tokyo", 82_800_000) // 1 */
export const dayIn = (zone: string, at: EpochMs): DayNumber => Math.floor(wallOf(zone, at) / DAY_MS);
