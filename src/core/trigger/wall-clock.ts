import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { offsetMs } from "./time-zone.ts";

/**
 * The first moment at which a zone's clocks show a time; where they skip it, the moment at which they do.
 * @param wall as `wallOf` gives it
 * @example instantOf("Europe/Vienna", wallOf("Europe/Vienna", at)) === at // unless clocks show that time twice
 */
export function instantOf(zone: string, wall: number): EpochMs {
  const before = offsetMs(zone, wall - DAY_MS);
  const after = offsetMs(zone, wall + DAY_MS);
  if (before === after) return wall - before;
  if (offsetMs(zone, wall - before) === before) return wall - before;
  if (offsetMs(zone, wall - after) === after) return wall - after;
  return changeBetween(zone, wall - DAY_MS, wall + DAY_MS);
}

/** The first moment in a span at which the offset is no longer that of its beginning. */
function changeBetween(zone: string, from: EpochMs, until: EpochMs): EpochMs {
  const before = offsetMs(zone, from);
  let [low, high] = [from, until];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
