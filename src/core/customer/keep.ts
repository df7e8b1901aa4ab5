import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { isOrderEvent } from "../order/order.ts";
import { rememberContribution } from "./contributions.ts";
import type { Whole } from "./customer.ts";
import type { LogRow } from "./log-row.ts";

/** When retention next has something to take, as far as is known now. */
export function nextRetention(customer: Whole, oldestAt: EpochMs | undefined): EpochMs {
  const { behaviourDays, idleDays } = customer.retention;
  const idle = customer.touchedAt + idleDays * DAY_MS;
  return oldestAt === undefined ? idle : Math.min(idle, oldestAt + behaviourDays * DAY_MS);
}

/** Whether nothing was heard of somebody for so long that everything goes. */
export const isLapsed = (customer: Whole, now: EpochMs): boolean =>
  now - customer.touchedAt >= customer.retention.idleDays * DAY_MS;

/**
 * A row after retention: behaviour goes with its age, orders stay for as long as orders do, consent as the proof of what
 * was allowed. What the row contributed to the site's numbers is remembered as a sum. Returns the row itself where
 * nothing is due.
 */
export function retained(customer: Whole, row: LogRow, now: EpochMs): LogRow {
  const { behaviourDays, orderDays } = customer.retention;
  const age = now - row.receivedAt;
  if (age < behaviourDays * DAY_MS) return row;
  const events = row.events.filter((event) =>
    isOrderEvent(event) || event.type === "consent_updated" ? age < orderDays * DAY_MS : false,
  );
  if (events.length === row.events.length) return row;
  rememberContribution(customer, row);
  return { ...row, events, facts: [], deltas: [], claims: [], notices: [] };
}
