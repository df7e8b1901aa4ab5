import type { TriggerOn } from "../../config/trigger-config.ts";
import type { Watcher } from "../watcher.ts";

/** The customer has come into a segment, or out of it, and still is when it fires. */
export const watchSegment = (on: TriggerOn & { when: "segment_entered" | "segment_left" }): Watcher => ({
  look: ({ entered, left }) => ({
    occasions: (on.when === "segment_entered" ? entered : left)
      .filter(({ segment }) => segment === on.segment)
      .map(({ segment, at }) => ({ name: `${segment}|${at}`, at, data: { segment } })),
  }),
  holds: (_waiting, { segments }) => segments.includes(on.segment) === (on.when === "segment_entered"),
});
