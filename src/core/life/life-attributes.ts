import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import type { CompiledLife } from "./compile-life.ts";
import { dayNumberOf } from "./calendar-day.ts";
import { lifeOf, type CurrentLife } from "./life-of.ts";
import type { LifeState } from "./life-state.ts";
import { windowOf } from "./told-window.ts";

/**
 * What conditions see as `life`: each kind that matters now, by its confidence. @example { "life.move": { "$gte": 0.8 } }
 */
export const lifeAttributes = (current: readonly CurrentLife[]): Record<string, number> =>
  Object.fromEntries(current.map(({ kind, confidence }) => [kind, confidence]));

/**
 * The next moment at which `lifeAttributes` is something else though nothing is told or done, `undefined` if there is none:
 * something begins or stops to matter. While something concluded matters that is the next midnight (UTC), when its
 * confidence falls.
 */
export function nextLifeChange(
  state: LifeState,
  life: CompiledLife,
  now: EpochMs,
  isAllowed: boolean,
): EpochMs | undefined {
  if (!isAllowed) return undefined;
  let next = Number.POSITIVE_INFINITY;
  for (const told of state.told) {
    const kind = told.says === "yes" ? life.kinds.get(told.kind) : undefined;
    const window = kind && windowOf(told, kind, now);
    if (window) next = Math.min(next, window.since > now ? window.since : window.until);
  }
  if (lifeOf(state, life, now, isAllowed).some(({ isDeclared }) => !isDeclared))
    next = Math.min(next, (dayNumberOf(now) + 1) * DAY_MS);
  return next === Number.POSITIVE_INFINITY ? undefined : next;
}
