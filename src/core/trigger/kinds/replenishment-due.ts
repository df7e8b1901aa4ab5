import type { TriggerOn } from "../../config/trigger-config.ts";
import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import { DUE_LATE_MS, TRIGGER_LIMITS } from "../limits.ts";
import type { Watcher } from "../watcher.ts";

/** Something bought before is needed again soon. Each purchase of a product has one such occasion. */
export const watchDue = (on: TriggerOn & { when: "replenishment_due" }): Watcher => ({
  lateMs: DUE_LATE_MS,
  knownMax: TRIGGER_LIMITS.knownItemsMax,
  look(scene) {
    let nextAt: EpochMs | undefined;
    const occasions = [];
    for (const { item, boughtAt, dueAt } of scene.due()) {
      const at = dueAt - on.daysBefore * DAY_MS;
      if (at <= scene.now) occasions.push({ name: `${item}|${boughtAt}`, at, data: { item, boughtAt } });
      else nextAt = Math.min(nextAt ?? at, at);
    }
    // The longest due comes first, so that it is known the longest.
    occasions.sort((a, b) => a.at - b.at);
    return { occasions, nextAt };
  },
  holds: ({ data }, scene) =>
    scene.due().some(({ item, boughtAt }) => item === data["item"] && boughtAt === data["boughtAt"]),
});
