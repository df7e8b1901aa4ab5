import { dayOf } from "../primitives/time.ts";
import { touchOf } from "../profile/fold.ts";
import { MAY_LEARN, type LoggedEvent } from "../profile/logged.ts";
import type { Fact } from "../recommend/fact.ts";
import type { Whole } from "./customer.ts";
import type { Effects } from "./log-row.ts";

/** Where a call's acts come from, as the model is told; nothing for what the shop's own systems say. */
export type Origin = Pick<Fact, "trust" | "network">;

/**
 * How far what a call says of a person can be believed. A page speaks for a person who signed in, since only a verified
 * token leads to a customer's object, and for a visitor of whose purchase the shop itself has told.
 */
export function originOf(
  customer: Pick<Whole, "customerId" | "orders">,
  call: { readonly isTrusted: boolean; readonly network?: number | undefined },
): Origin {
  if (call.isTrusted) return {};
  const isSomebody =
    customer.customerId !== undefined ||
    [...customer.orders.values()].some((order) => order.shop !== undefined);
  return {
    trust: isSomebody ? "person" : "page",
    ...(call.network === undefined ? {} : { network: call.network }),
  };
}

/** What an event adds to the site's numbers and teaches the model. Only with analytics; only items the catalog knows. */
export function countEvent(event: LoggedEvent, session: number, origin: Origin, effects: Effects): void {
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
    effects.facts.push({ session, at: event.at, kind: touch[1], items: [touch[0]], ...origin });
}

/** Names that a shop's own system gave its facts; what a page calls things stays with the person. */
const FACT_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/**
 * What the shop should know about its own data: facts its systems send, so that never-used ones can be told, and what is
 * missing. Names and counts only.
 */
export function countQuality(event: LoggedEvent, isTrusted: boolean, effects: Effects): void {
  const note = (name: string, part: string) =>
    effects.deltas.push({ family: "quality", name, part, metric: "count", by: 1 });
  if (event.type === "traits_updated" && isTrusted)
    for (const name of Object.keys(event.traits)) if (FACT_NAME.test(name)) note("traits", name);
  if (event.type !== "order_completed") return;
  if (!event.revenue && !event.total && !event.lines.some((line) => line.price))
    note("missing", "order_amount");
  if (event.lines.length === 0) note("missing", "order_lines");
}
