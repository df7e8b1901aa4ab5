import type { TriggerOn } from "../../config/trigger-config.ts";
import { MINUTE_MS, type EpochMs } from "../../primitives/time.ts";
import { occasionDigest } from "../firing.ts";
import { compileMatcher, dataOf } from "../matcher.ts";
import { withStep } from "../seen-steps.ts";
import type { Progress } from "../trigger-state.ts";
import type { Watcher } from "../watcher.ts";

/**
 * Something happened, and another thing did not follow. Counted from the last time; what was waited for counts until the
 * trigger fires, and at the same moment.
 */
export function watchAbsence(on: TriggerOn & { when: "absence" }): Watcher {
  const begins = compileMatcher(on.after);
  const ends = compileMatcher(on.without);
  return {
    isReplacing: true,
    look({ happenings }, progress) {
      let seen = progress?.seen ?? [];
      // Also what a file tells has happened.
      for (const one of happenings) if (ends(one)) seen = withStep(seen, one, 1);
      // Two, because the newest may be the very thing that began it.
      seen = seen.slice(-2);
      const occasions = happenings
        .filter((one) => begins(one) && !isFollowed({ seen }, one.at, occasionDigest(one.id)))
        .map((one) => ({
          name: one.id,
          at: one.at,
          waitMs: on.minutes * MINUTE_MS,
          data: dataOf(one),
        }));
      return { occasions, ...(seen.length === 0 ? {} : { progress: { seen } }) };
    },
    holds: ({ at, occasion }, _scene, progress) => !isFollowed(progress, at, occasion),
  };
}

const isFollowed = (progress: Progress | undefined, at: EpochMs, began: string): boolean =>
  (progress?.seen ?? []).some(([then, digest]) => then >= at && digest.toString(36) !== began);
