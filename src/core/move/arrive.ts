import { adoptable } from "../customer/contributions.ts";
import { countEvent, countQuality, originOf } from "../customer/count.ts";
import type { Whole } from "../customer/customer.ts";
import { creditChanges } from "../customer/experiment-credit.ts";
import { joinConsent, type Rejoined } from "../customer/join.ts";
import { noEffects, type LogRow } from "../customer/log-row.ts";
import { mayOf, undeniedMay, withdrawnBetween } from "../customer/purposes.ts";
import { refold, stripped } from "../customer/refold.ts";
import { isInStreams, joinStreams, remember } from "../customer/stream.ts";
import { rowOf } from "../customer/take.ts";
import { isOrderEvent, newOrder, tell } from "../order/order.ts";
import { claimOf } from "../order/settle.ts";
import type { EpochMs } from "../primitives/time.ts";
import { summed } from "../profile/delta.ts";
import { fold } from "../profile/fold.ts";
import type { LoggedEvent, Provenance } from "../profile/logged.ts";
import { recordOf, type MovedPerson } from "./person.ts";

/** A part of somebody's log on its way in, its events checked. */
export type Arriving = Omit<MovedPerson, "rows"> & {
  readonly rows: readonly (Provenance & { readonly seq: number; readonly events: readonly LoggedEvent[] })[];
};

/** What storage knows and the state does not. */
export type ArrivalMemory = {
  rows(): Iterable<LogRow>;
  /** Whether an event was taken in under this id before. */
  isSeen(id: string): boolean;
  orderKey(orderId: string): string;
};

export type Arrived = Rejoined & { readonly foreign: readonly (readonly [id: string, digest: number])[] };

/**
 * Takes a person of another deployment in: each row as it was taken in there, at its moment and for what it could be used for
 * then; what it adds to the site's numbers and teaches the model is worked out anew and owed like any other row's. Both
 * records of consent become one, grant by grant, with their own moments. Idempotent: rows up to what was taken before are
 * passed over, events known here too, and nothing that is denied here or older than an erasure comes in this way.
 * @param customer the person here, newly met or known already; is changed
 */
export function arrive(customer: Whole, person: Arriving, memory: ArrivalMemory, now: EpochMs): Arrived {
  const moved = customer.moved ?? [];
  const mine = moved.find(({ source }) => source === person.source);
  const before = customer.consent;
  customer.consent = joinConsent(before, recordOf(person));
  const withdrawn = withdrawnBetween(before, customer.consent, now);
  const may = mayOf(customer.consent, now);
  const allowed = undeniedMay(customer.consent);
  const since = Math.max(customer.notBefore ?? 0, person.notBefore ?? 0);
  if (person.notBefore !== undefined) customer.notBefore = since;
  const changedOrders = new Set<string>();
  const rows: LogRow[] = [];
  const foreign: [id: string, digest: number][] = [];
  for (const row of person.rows) {
    if (row.seq <= (mine?.last ?? 0)) continue;
    const events = row.events.filter(
      ({ id, at }) => at >= since && isInStreams(customer.streams, id) !== true && !memory.isSeen(id),
    );
    for (const { id, digest } of events) if (!remember(customer.streams, id)) foreign.push([id, digest]);
    const taken = takeRow(customer, stripped({ ...row, events }, allowed), memory, changedOrders);
    if (taken) rows.push(taken);
  }
  customer.isPaused ||= person.isPaused;
  for (const name of person.hidden) customer.hidden.add(name);
  const last = person.rows.at(-1)?.seq ?? 0;
  const isEnd = person.ids !== undefined && mine?.isWhole !== true;
  customer.moved = [
    ...moved.filter((one) => one !== mine),
    {
      source: person.source,
      last: Math.max(last, mine?.last ?? 0),
      ...(isEnd || mine?.isWhole ? { isWhole: true } : {}),
    },
  ];
  customer.profile = refold(
    [...memory.rows(), ...rows].map((row) => (withdrawn.length > 0 ? stripped(row, may) : row)),
  );
  const effects = noEffects();
  effects.deltas.push(...creditChanges(customer));
  if (isEnd && person.ids) {
    effects.deltas.push(...adoptable(person.ids.bygone.map(({ name, by }) => [name, by] as const)));
    joinStreams(customer.streams, new Map(person.ids.streams.map(({ stream, ranges }) => [stream, ranges])));
  }
  if (effects.deltas.length > 0) {
    const from = { source: "move", isTrusted: true, receivedAt: person.touchedAt };
    rows.push(rowOf(customer, from, [], { ...effects, deltas: summed(effects.deltas) }));
  }
  return { rows, changedOrders, withdrawn, may, foreign };
}

/** One row of a log, with what follows of it here; nothing where nothing of it is left. */
function takeRow(
  customer: Whole,
  { source, isTrusted, receivedAt, events }: Provenance & { readonly events: readonly LoggedEvent[] },
  memory: ArrivalMemory,
  changedOrders: Set<string>,
): LogRow | undefined {
  if (events.length === 0) return undefined;
  const from = { source, isTrusted, receivedAt };
  const effects = noEffects();
  for (const event of events) {
    fold(customer.profile, event, from); // Counts visits; the profile itself is folded again in order.
    if (!isOrderEvent(event)) continue;
    const order = customer.orders.get(event.orderId) ?? newOrder(memory.orderKey(event.orderId));
    const next = tell(order, event, isTrusted, (event.may & 1) !== 0);
    customer.orders.set(event.orderId, next);
    changedOrders.add(event.orderId);
    effects.claims.push(claimOf(next));
  }
  const origin = originOf(customer, { isTrusted });
  for (const event of events) {
    countEvent(event, customer.profile.session.number, origin, effects);
    countQuality(event, isTrusted, effects);
  }
  const row = rowOf(customer, from, events, effects);
  return { ...row, deltas: summed(effects.deltas) };
}
