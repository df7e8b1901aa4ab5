import type { TriggerOn } from "../../config/trigger-config.ts";
import { MINUTE_MS, type EpochMs } from "../../primitives/time.ts";
import { compileMatcher } from "../matcher.ts";
import { thinned, withStep } from "../seen-steps.ts";
import type { SeenStep } from "../trigger-state.ts";
import type { Occasion, Watcher } from "../watcher.ts";

/**
 * Several things happen one after the other, the last within so many minutes of the first; others may come between.
 * What arrives late is put where it belongs. Once complete, a new sequence begins after it.
 */
export function watchSequence(on: TriggerOn & { when: "sequence" }): Watcher {
  const matchers = on.steps.map(compileMatcher);
  const withinMs = on.withinMinutes * MINUTE_MS;
  return {
    look({ happenings, isHistorical }, progress) {
      let after = progress?.after ?? 0;
      let seen = progress?.seen ?? [];
      for (const one of isHistorical ? [] : happenings) {
        let steps = 0;
        matchers.forEach((matches, i) => {
          if (matches(one)) steps |= 1 << i;
        });
        if (steps !== 0 && one.at > after) seen = withStep(seen, one, steps);
      }
      const occasions: Occasion[] = [];
      for (let found = firstWay(seen, matchers.length, withinMs); found;) {
        const [start, end] = found;
        occasions.push({ name: `${start[1]}|${end[1]}`, at: end[0], data: { startedAt: start[0] } });
        after = end[0];
        seen = seen.filter(([at]) => at > end[0]);
        found = firstWay(seen, matchers.length, withinMs);
      }
      seen = thinned(seen, matchers.length, withinMs);
      return { occasions, ...(seen.length === 0 && after === 0 ? {} : { progress: { seen, after } }) };
    },
    holds: () => true,
  };
}

/** The first complete way through all steps, from as late a start as there is. */
function firstWay(
  seen: readonly SeenStep[],
  length: number,
  withinMs: number,
): readonly [start: SeenStep, end: SeenStep] | undefined {
  /** The latest start from which each step was reached. */
  const reached: (SeenStep | undefined)[] = [];
  const isInTime = (start: SeenStep, at: EpochMs) => at - start[0] <= withinMs;
  for (const one of seen) {
    // The last step first, so that nothing is two steps of one way.
    for (let i = length - 1; i >= 0; i--) {
      if ((one[2] & (1 << i)) === 0) continue;
      const start = i === 0 ? one : reached[i - 1];
      if (start && isInTime(start, one[0])) reached[i] = start;
    }
    const start = reached[length - 1];
    if (start) return [start, one];
  }
  return undefined;
}
