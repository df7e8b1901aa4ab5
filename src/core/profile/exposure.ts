import type { ResolvedEvent } from "../event/resolved.ts";
import { dayOf } from "../primitives/time.ts";
import type { Effects } from "./effects.ts";
import { bound, PROFILE_LIMITS, type Profile } from "./profile.ts";

type SlotSeen = ResolvedEvent & { type: "slot_seen" };
type SlotClicked = ResolvedEvent & { type: "slot_clicked" };

/** The key under which a token is spent: once per decision, slot and act. */
export function spendingKey(event: SlotSeen | SlotClicked): string {
  const { decisionId, slot } = event.claim;
  return event.type === "slot_seen" ? `${decisionId}:${slot}` : `${decisionId}:${slot}:${event.item}`;
}

/**
 * A decision was seen: its picks count against frequency caps, and the customer enters the experiments that shaped it.
 * Somebody already in an experiment stays in the variation of the first exposure.
 */
export function foldExposure(profile: Profile, event: SlotSeen, mayLearn: boolean, effects: Effects): void {
  const { claim } = event;
  for (const [item] of claim.picks) {
    const times = (profile.seen.get(item)?.times ?? 0) + 1;
    profile.seen.delete(item); // Re-inserted at the end: the bound drops what was seen longest ago.
    profile.seen.set(item, { times, at: event.at });
  }
  bound(profile.seen, PROFILE_LIMITS.seen);
  if (!mayLearn) return;
  const day = dayOf(event.at);
  effects.deltas.push({ family: "slot", name: claim.slot, part: day, metric: "seen", by: 1 });
  for (const [experiment, variation, windowMs] of claim.assignments) {
    if (profile.tallies.has(experiment)) continue;
    profile.tallies.set(experiment, { variation, at: event.at, windowMs, orders: 0, revenueMinor: 0 });
    effects.deltas.push({ family: "experiment", name: experiment, part: variation, metric: "users", by: 1 });
  }
  bound(profile.tallies, PROFILE_LIMITS.tallies);
}

export function foldSlotClick(event: SlotClicked, mayLearn: boolean, effects: Effects): void {
  if (!mayLearn) return;
  effects.deltas.push({
    family: "slot",
    name: event.claim.slot,
    part: dayOf(event.at),
    metric: "clicks",
    by: 1,
  });
}
