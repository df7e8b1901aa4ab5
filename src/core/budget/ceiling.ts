import { DAY_MS, dayOf, type EpochMs } from "../primitives/time.ts";

/** What a site has used of its day, as its own object counts it from what isolates report. */
export type Usage = {
  /** UTC day number the count is of, as `dayOf` writes it. */
  readonly day: string;
  /** Calls to people's objects on that day. */
  readonly objectCalls: number;
  /** Most of them a day; `null`: no ceiling. */
  readonly objectCallsMax: number | null;
};

/**
 * The day's count after a report. A report that arrives after midnight counts for the new day, whole: a few seconds' worth.
 * @example addUsage({ day: "0", objectCalls: 5, objectCallsMax: 9 }, 2, 0).objectCalls // 7
 */
export function addUsage(usage: Usage, calls: number, now: EpochMs): Usage {
  const day = dayOf(now);
  return { ...usage, day, objectCalls: calls + (usage.day === day ? usage.objectCalls : 0) };
}

/**
 * Whether a site is over its daily ceiling, with what this isolate has not reported yet.
 * @example isOverCeiling({ day: "0", objectCalls: 8, objectCallsMax: 9 }, 1, 0) // true
 */
export function isOverCeiling(usage: Usage, unreported: number, now: EpochMs): boolean {
  if (usage.objectCallsMax === null) return false;
  return addUsage(usage, unreported, now).objectCalls >= usage.objectCallsMax;
}

/** Whole seconds until the next UTC day begins, at least 1. @example secondsToMidnight(0) // 86400 */
export const secondsToMidnight = (now: EpochMs): number => Math.ceil((DAY_MS - (now % DAY_MS)) / 1000);
