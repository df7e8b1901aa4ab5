import type { Trigger } from "../config/trigger-config.ts";
import { pointerTo, type Defect } from "../segment/defect.ts";

/** What a config must hold for its triggers to mean something. */
export type TriggerSurroundings = {
  /** Ids of segments that ask about the person alone: only those are entered and left. */
  readonly personalSegments: ReadonlySet<string>;
  readonly otherSegments: ReadonlySet<string>;
  readonly lifeKinds: ReadonlySet<string>;
};

/** Triggers that name what there is not, with pointers into the list. */
export function triggerDefects(triggers: readonly Trigger[], around: TriggerSurroundings): readonly Defect[] {
  return triggers.flatMap(({ on }, i): Defect[] => {
    const at = pointerTo("", i);
    if (on.when === "segment_entered" || on.when === "segment_left") {
      if (around.personalSegments.has(on.segment)) return [];
      const expected = around.otherSegments.has(on.segment)
        ? "a segment about the customer alone: one that asks about the request is not entered or left"
        : "the id of a segment of this config";
      return [{ pointer: `${at}/on/segment`, expected }];
    }
    if (on.when === "life_event" && !around.lifeKinds.has(on.kind))
      return [
        { pointer: `${at}/on/kind`, expected: "a kind of life event that the config or the product knows" },
      ];
    return [];
  });
}
