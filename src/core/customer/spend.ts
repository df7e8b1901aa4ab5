import type { ResolvedEvent } from "../event/resolved.ts";
import type { EpochMs } from "../primitives/time.ts";
import { bound } from "../profile/profile.ts";
import type { Whole } from "./customer.ts";

/** Tokens remembered as spent; they expire within a day. */
const SPENT_MAX = 200;

type Shown = ResolvedEvent & { type: "slot_seen" | "slot_clicked" };

/** Spends a decision token: once per decision, slot and act, and only by whom it was made for. */
export function spend(
  customer: Whole,
  event: Shown,
  subject: string,
  now: EpochMs,
): "spent" | "repeated" | "foreign" {
  const { claim } = event;
  const subjects = [subject, ...customer.joined.map((one) => one.from.slice(0, 16))];
  if (!subjects.includes(claim.subject)) return "foreign";
  const act = event.type === "slot_seen" ? "" : `:${event.item}`;
  const key = `${claim.decisionId}:${claim.slot}${act}`;
  if (customer.spent.has(key)) return "repeated";
  for (const [spent, expiresAt] of customer.spent) if (expiresAt < now) customer.spent.delete(spent);
  customer.spent.set(key, claim.expiresAt);
  bound(customer.spent, SPENT_MAX);
  return "spent";
}
