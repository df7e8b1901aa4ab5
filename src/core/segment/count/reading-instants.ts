import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import type { Meter, Reading } from "./meter.ts";
import { firstAfter, type MeterState, type MeterStates } from "./meter-state.ts";
import { readOne } from "./read-meters.ts";

/**
 * Moments after `now` at which the answer to a question about a reading can change though nothing happens: where an
 * occurrence leaves a window or a day is full, and the number thereby reaches, leaves or passes one of the reading's marks,
 * or there ceases to be a number. Ascending; the first `most`.
 */
export function readingInstants(
  reading: Reading,
  states: MeterStates,
  now: EpochMs,
  most: number,
): readonly EpochMs[] {
  const isAge = reading.operator === "$daysSinceFirst" || reading.operator === "$daysSinceLast";
  const meters = reading.to ? [reading.meter, reading.to] : [reading.meter];
  const turns = meters.flatMap((meter) => expiriesOf(meter, states[meter.key], now));
  if (isAge) turns.push(...fullDays(reading, states[reading.meter.key], now));
  const found: EpochMs[] = [];
  let before = readOne(reading, states, now);
  for (const at of [...new Set(turns)].sort((a, b) => a - b)) {
    const after = readOne(reading, states, at);
    if (isCrossing(before, after, reading.marks)) found.push(at);
    if (found.length === most) break;
    before = after;
  }
  return found;
}

/** When what still counts will leave the window. */
function expiriesOf({ definition }: Meter, state: MeterState | undefined, now: EpochMs): EpochMs[] {
  const { windowMs } = definition;
  if (windowMs === undefined || !state || "count" in state) return [];
  return state.at.slice(firstAfter(state.at, now - windowMs)).map((at) => at + windowMs);
}

/** When a number of whole days that is a mark is reached, or passed. */
function fullDays({ operator, marks }: Reading, state: MeterState | undefined, now: EpochMs): EpochMs[] {
  if (!state) return [];
  const edge = operator === "$daysSinceFirst" ? "first" : "last";
  // Of a window every occurrence may become the first one, in its turn.
  const all = "count" in state ? [state[edge]] : edge === "last" ? state.at.slice(-1) : state.at;
  return all.flatMap((at) => (at === null ? [] : dayMarks(at, marks, now)));
}

/** The moments after `now` at which whole days since a moment reach or pass a mark. */
export function dayMarks(since: EpochMs, marks: readonly number[], now: EpochMs): EpochMs[] {
  return marks
    .flatMap((mark) => [Math.ceil(mark), Math.floor(mark) + 1])
    .map((days) => since + days * DAY_MS)
    .filter((at) => at > now);
}

/** Whether some test's answer can differ between two readings. */
function isCrossing(before: number | null, after: number | null, marks: readonly number[]): boolean {
  if (before === after) return false;
  if (before === null || after === null) return true;
  const [low, high] = before < after ? [before, after] : [after, before];
  return marks.some((mark) => low <= mark && mark <= high);
}
