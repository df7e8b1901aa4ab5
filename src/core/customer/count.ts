import { dayOf } from "../primitives/time.ts";
import { touchOf } from "../profile/fold.ts";
import { MAY_LEARN, type LoggedEvent } from "../profile/logged.ts";
import type { Effects } from "./log-row.ts";

/** What an event adds to the site's numbers and teaches the model. Only with analytics; only items the catalog knows. */
export function countEvent(event: LoggedEvent, session: number, effects: Effects): void {
  if ((event.may & MAY_LEARN) === 0) return;
  const day = dayOf(event.at);
  effects.deltas.push({ family: "daily", name: day, part: event.type, metric: "events", by: 1 });
  if (event.type === "slot_seen")
    effects.deltas.push({ family: "slot", name: event.claim.slot, part: day, metric: "seen", by: 1 });
  if (event.type === "slot_clicked")
    effects.deltas.push({ family: "slot", name: event.claim.slot, part: day, metric: "clicks", by: 1 });
  const touch = touchOf(event);
  // A name that is not the catalog's may be anything a page wrote; nothing of the kind goes where it cannot be erased.
  if (touch && !event.unmatched?.includes(touch[0]))
    effects.facts.push({ session, at: event.at, kind: touch[1], items: [touch[0]] });
}
