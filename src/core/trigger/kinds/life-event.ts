import type { TriggerOn } from "../../config/trigger-config.ts";
import { LATE_MS } from "../limits.ts";
import { NOTHING, type Watcher } from "../watcher.ts";

/**
 * Something begins in the customer's life, told or concluded, and it is sure enough. It sets nothing off where it was so
 * for longer than a day before anybody looked: what begins counts, or what was seen to become surer.
 */
export const watchLife = (on: TriggerOn & { when: "life_event" }): Watcher => ({
  look({ life, now }, progress) {
    const current = life.find(({ kind }) => kind === on.kind);
    if (!current) return NOTHING;
    const { since, confidence } = current;
    if (confidence < on.confidence) return { occasions: [], progress: { low: since } };
    const hasRisen = progress?.low === since;
    const at = hasRisen ? now : since;
    const isFresh = hasRisen || since >= now - LATE_MS;
    return {
      // Kept until it is over, so that whoever asks again finds the same.
      ...(hasRisen ? { progress } : {}),
      occasions: isFresh ? [{ name: `${on.kind}|${since}`, at, rank: since, data: { kind: on.kind } }] : [],
    };
  },
  holds: (_waiting, { life }) =>
    life.some(({ kind, confidence }) => kind === on.kind && confidence >= on.confidence),
});
