import type { TriggerEvent } from "../../config/trigger-config.ts";
import { compileMatcher, dataOf } from "../matcher.ts";
import type { Watcher } from "../watcher.ts";

/** Something happens. Each time is an occasion, whoever tells it. */
export function watchEvent(on: TriggerEvent): Watcher {
  const matches = compileMatcher(on);
  return {
    look: ({ happenings }) => ({
      occasions: happenings.filter(matches).map((one) => ({ name: one.id, at: one.at, data: dataOf(one) })),
    }),
    holds: () => true,
  };
}
