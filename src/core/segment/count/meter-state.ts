import type { EpochMs } from "../../primitives/time.ts";
import { COUNT_LIMITS } from "./limits.ts";
import type { Meter } from "./meter.ts";
import type { Occurrence } from "./occurrence.ts";

/** Counted for ever, or between two moments: four numbers, whatever happens. */
export type Total = {
  count: number;
  /** Pieces, or minor units. */
  sum: number;
  first: EpochMs | null;
  last: EpochMs | null;
};

/** Counted over a window: the newest occurrences, oldest first, and what each adds where that is not just 1. */
export type Recent = { at: EpochMs[]; by?: number[] };

/** What one meter of one customer holds; plain JSON. `digits`: decimals of the currency, where money is summed. */
export type MeterState = (Total | Recent) & { digits?: number };

/** The state of each meter of a customer, by the meter's key. A missing one was never counted; an empty one is there. */
export type MeterStates = { [key: string]: MeterState };

export const emptyState = ({ definition }: Meter): MeterState =>
  definition.windowMs === undefined
    ? { count: 0, sum: 0, first: null, last: null }
    : definition.of === "times"
      ? { at: [] }
      : { at: [], by: [] };

/** Counts one occurrence. The order in which occurrences come makes no difference. Changes the state. */
export function addTo(state: MeterState, meter: Meter, occurrence: Occurrence): void {
  const { of, from, until } = meter.definition;
  const { at, value, quantity } = occurrence;
  if ((from !== undefined && at < from) || (until !== undefined && at >= until)) return;
  const by = of === "times" ? 1 : of === "value" ? (value?.minor ?? 0) : (quantity ?? 0);
  if (of === "value" && value) state.digits = value.digits;
  if ("count" in state) {
    state.count++;
    state.sum += by;
    state.first = Math.min(state.first ?? at, at);
    state.last = Math.max(state.last ?? at, at);
  } else insert(state, at, by);
}

/** In order of moments, then of amounts: so that of two that happened at once always the same one is forgotten. */
function insert(state: Recent, at: EpochMs, by: number): void {
  const isAfter = (i: number): boolean => {
    const other = state.at[i] ?? at;
    return other > at || (other === at && (state.by?.[i] ?? 1) > by);
  };
  let i = state.at.length;
  while (i > 0 && isAfter(i - 1)) i--;
  state.at.splice(i, 0, at);
  state.by?.splice(i, 0, by);
  if (state.at.length > COUNT_LIMITS.recentMax) forget(state, 1);
}

/** Forgets what has left the window. */
export function forgetOld(state: MeterState, meter: Meter, now: EpochMs): void {
  const { windowMs } = meter.definition;
  if (windowMs === undefined || "count" in state) return;
  const gone = firstAfter(state.at, now - windowMs);
  if (gone > 0) forget(state, gone);
}

function forget(state: Recent, oldest: number): void {
  state.at.splice(0, oldest);
  state.by?.splice(0, oldest);
}

/** Index of the first moment after a moment, in an ascending list. @example firstAfter([1, 5, 5, 9], 5) // 3 */
export function firstAfter(moments: readonly EpochMs[], moment: EpochMs): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (moments[middle]! > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
