import { recordConsent, type ConsentRecord, type Purpose } from "../consent/consent.ts";
import { isOrderEvent, newOrder, tell, type Order } from "../order/order.ts";
import { claimOf } from "../order/settle.ts";
import type { EpochMs } from "../primitives/time.ts";
import { creditChanges, report } from "./credit.ts";
import type { Credit, Whole } from "./customer.ts";
import { noEffects, type LogRow } from "./log-row.ts";
import { refold } from "./refold.ts";
import { rowOf } from "./take.ts";
import { joinStreams, type Streams } from "./stream.ts";

/** Visitors that one customer may be found to be. More is a shared device at best, and somebody playing at worst. */
export const JOINED_MAX = 50;
/** How long a merge can be undone. */
export const UNDO_MS = 30 * 86_400_000;

/** What a visitor hands to the customer they turned out to be. */
export type HandOver = {
  readonly source: string;
  readonly from: string;
  readonly at: EpochMs;
  /** Rows after what was handed before, oldest first. */
  readonly rows: readonly LogRow[];
  readonly consent: ConsentRecord;
  readonly streams: Streams;
  readonly foreign: readonly (readonly [id: string, digest: number])[];
  readonly spent: ReadonlyMap<string, EpochMs>;
  /** What the visitor reported so far, for the customer to go on from. */
  readonly credits: ReadonlyMap<string, Credit>;
  readonly orders: ReadonlyMap<string, Order>;
};

export type JoinedRows = {
  readonly rows: readonly LogRow[];
  readonly changedOrders: ReadonlySet<string>;
};

/**
 * Takes a visitor's history over: their rows become rows here, under their own source, and the profile is folded from
 * both. Numbers they reported stay as they are, and are this customer's to go on with. Idempotent: rows up to what was
 * taken before are passed over.
 */
export function join(customer: Whole, hand: HandOver, log: () => Iterable<LogRow>, now: EpochMs): JoinedRows {
  const known = customer.joined.find((one) => one.source === hand.source);
  const last = known?.last ?? 0;
  const fresh = hand.rows.filter((row) => row.seq > last);
  const changedOrders = new Set<string>();
  if (known && fresh.length === 0) return { rows: [], changedOrders };
  const effects = noEffects();
  const from = { source: "merge", isTrusted: true, receivedAt: now };
  if (known) known.last = fresh.at(-1)!.seq;
  else {
    const joined = { source: hand.source, from: hand.from, last: fresh.at(-1)?.seq ?? 0, at: hand.at };
    customer.joined.push(joined);
    effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: -1 });
  }
  // Made before any row is numbered, so that a brand-new customer counts as one.
  const isNew = customer.nextSeq === 1;
  const taken = fresh.map(
    (row): LogRow => ({ ...row, seq: customer.nextSeq++, via: row.via ?? hand.source, facts: [], claims: [], notices: [] }),
  );
  if (isNew && taken.length > 0)
    effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: 1 });
  for (const row of taken) {
    for (const event of row.events) {
      if (!isOrderEvent(event)) continue;
      const theirs = hand.orders.get(event.orderId);
      const order = customer.orders.get(event.orderId) ?? newOrder(theirs?.key ?? "");
      customer.orders.set(event.orderId, tell(order, event, row.isTrusted, (event.may & 1) !== 0));
      changedOrders.add(event.orderId);
    }
  }
  if (!known) adoptOrders(customer, hand.orders, changedOrders, effects);
  customer.consent = joinConsent(customer.consent, hand.consent);
  joinStreams(customer.streams, hand.streams);
  for (const [key, until] of hand.spent) customer.spent.set(key, until);
  customer.profile = refold([...log(), ...taken]);
  if (!known) adoptCredits(customer, hand.credits, effects);
  for (const orderId of changedOrders)
    effects.claims.push({ ...claimOf(customer.orders.get(orderId)!), replaces: hand.from });
  effects.deltas.push(...creditChanges(customer));
  return { rows: [...taken, rowOf(customer, from, [], effects)], changedOrders };
}

/** What the visitor counted, this customer has counted; what both counted is taken back once. */
function adoptOrders(
  customer: Whole,
  theirs: ReadonlyMap<string, Order>,
  changed: Set<string>,
  effects: ReturnType<typeof noEffects>,
): void {
  for (const [orderId, order] of theirs) {
    const ours = customer.orders.get(orderId);
    if (!ours) continue; // Told in a row that is still to come.
    changed.add(orderId);
    const isLearned = ours.isLearned || order.isLearned;
    if (ours.counted && order.counted) report(order.counted, -1, effects);
    customer.orders.set(orderId, { ...ours, isLearned, counted: ours.counted ?? order.counted, ...verdictOf(ours, order) });
  }
}

/** The newer verdict, so that an order the visitor had settled stays settled until the ledger says otherwise. */
function verdictOf(ours: Order, theirs: Order): Partial<Order> {
  const verdict = ours.verdict && ours.counted ? ours.verdict : (theirs.verdict ?? ours.verdict);
  // Version 0: the ledger's answer to this customer's claim is newer, whatever its number.
  return verdict ? { verdict: { ...verdict, version: 0 } } : {};
}

/** One person is one unit: of two exposures to an experiment the earlier stays, the other is taken out of the numbers. */
function adoptCredits(
  customer: Whole,
  theirs: ReadonlyMap<string, Credit>,
  effects: ReturnType<typeof noEffects>,
): void {
  for (const [experiment, credit] of theirs) {
    const own = customer.credits.get(experiment);
    if (!own) {
      customer.credits.set(experiment, credit);
      continue;
    }
    const single: Whole = { ...customer, credits: new Map([[experiment, credit]]), profile: { ...customer.profile, exposures: new Map() } };
    effects.deltas.push(...creditChanges(single));
  }
}

/** Both records as one: the later word wins, and of two at the same moment the denial. */
export function joinConsent(a: ConsentRecord, b: ConsentRecord): ConsentRecord {
  let joined = a;
  for (const [purpose, grant] of Object.entries(b) as [Purpose, NonNullable<ConsentRecord[Purpose]>][]) {
    const next = recordConsent(joined, { [purpose]: grant.granted }, grant);
    joined = next[purpose] === joined[purpose] ? joined : { ...joined, [purpose]: grant };
  }
  return joined;
}

/** What it takes to let a visitor go again: rows that stay, and what has to be reported. */
export type Parted = { readonly rows: readonly LogRow[]; readonly goneOrders: ReadonlySet<string>; readonly changedOrders: ReadonlySet<string> };

/**
 * Undoes a merge: the visitor's rows go, profile and orders are made again from what stays, and what this customer
 * counted for the visitor is taken back; the visitor counts it anew. `undefined`: nobody of that source was joined.
 */
export function part(customer: Whole, source: string, log: Iterable<LogRow>, now: EpochMs): Parted | undefined {
  const joined = customer.joined.find((one) => one.source === source);
  if (!joined) return undefined;
  customer.joined = customer.joined.filter((one) => one !== joined);
  const kept = [...log].filter((row) => row.via !== source);
  const before = new Map(customer.orders);
  const effects = noEffects();
  const changedOrders = new Set<string>();
  const goneOrders = new Set<string>();
  const fresh = new Map<string, Order>();
  for (const row of kept) {
    for (const event of row.events) {
      if (!isOrderEvent(event)) continue;
      const order = fresh.get(event.orderId) ?? newOrder(before.get(event.orderId)?.key ?? "");
      fresh.set(event.orderId, tell(order, event, row.isTrusted, (event.may & 1) !== 0));
    }
  }
  for (const [orderId, order] of before) {
    const rest = fresh.get(orderId);
    if (rest) {
      customer.orders.set(orderId, { ...rest, verdict: order.verdict, counted: order.counted, isLearned: order.isLearned });
      changedOrders.add(orderId);
    } else {
      if (order.counted) report(order.counted, -1, effects);
      customer.orders.delete(orderId);
      goneOrders.add(orderId);
    }
    effects.claims.push(claimOf(customer.orders.get(orderId) ?? newOrder(order.key)));
  }
  customer.profile = refold(kept);
  effects.deltas.push(...creditChanges(customer));
  effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: 1 });
  const row = rowOf(customer, { source: "unmerge", isTrusted: true, receivedAt: now }, [], effects);
  return { rows: [row], goneOrders, changedOrders };
}

/** A visitor who is nobody's any more counts again what they counted before, from nothing. */
export function resume(customer: Whole, now: EpochMs): LogRow {
  const effects = noEffects();
  customer.mark = undefined;
  customer.credits = new Map();
  for (const [orderId, order] of customer.orders) {
    const { verdict: _verdict, counted: _counted, ...rest } = order;
    customer.orders.set(orderId, rest);
    effects.claims.push(claimOf(rest));
  }
  effects.deltas.push(...creditChanges(customer));
  return rowOf(customer, { source: "unmerge", isTrusted: true, receivedAt: now }, [], effects);
}
