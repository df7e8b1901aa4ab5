import { PURPOSES, recordConsent, type ConsentRecord, type Grant, type Purpose } from "../consent/consent.ts";
import { isOrderEvent, newOrder, tell, type Order } from "../order/order.ts";
import { claimOf } from "../order/settle.ts";
import type { EpochMs } from "../primitives/time.ts";
import { reconcile } from "./contributions.ts";
import { joinTriggerState } from "../trigger/join-state.ts";
import type { TriggerState } from "../trigger/trigger-state.ts";
import type { Joined, Whole } from "./customer.ts";
import { noEffects, type LogRow } from "./log-row.ts";
import { MAY_ALL } from "../profile/logged.ts";
import { mayOf, undeniedMay, withdrawnBetween } from "./purposes.ts";
import { refold, stripped } from "./refold.ts";
import { retell } from "./retell.ts";
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
  readonly orders: ReadonlyMap<string, Order>;
  /** What rows that retention has taken contributed. */
  readonly bygone: ReadonlyMap<string, number>;
  /** What triggers wait for and did. Absent: the visitor's object is of an earlier build. */
  readonly triggers?: TriggerState | undefined;
};

/** What a merge or its undoing came to. All of it is to be stored in one transaction, or none. */
export type Rejoined = {
  readonly rows: readonly LogRow[];
  readonly changedOrders: ReadonlySet<string>;
  /** Purposes whose grant ended with it: the log is to be stripped to what `may` still allows. */
  readonly withdrawn: readonly Purpose[];
  readonly may: number;
};

/**
 * Takes a visitor's history over: their rows become rows here, under their own source, and the profile is folded from
 * both. Numbers they reported stay as they are, and are this customer's to go on with. Idempotent: rows up to what was
 * taken before are passed over. Nothing that this customer denied, and nothing from before an erasure, comes in this way.
 */
export function join(customer: Whole, hand: HandOver, log: () => Iterable<LogRow>, now: EpochMs): Rejoined {
  const known = customer.joined.find((one) => one.source === hand.source);
  const last = known?.last ?? 0;
  const fresh = hand.rows.filter((row) => row.seq > last);
  const changedOrders = new Set<string>();
  if (known && fresh.length === 0)
    return { rows: [], changedOrders, withdrawn: [], may: mayOf(customer.consent, now) };
  const effects = noEffects();
  const from = { source: "merge", isTrusted: true, receivedAt: now };
  const joined: Joined = known ?? {
    source: hand.source,
    from: hand.from,
    last: 0,
    at: hand.at,
    bygone: [...hand.bygone],
    grants: [],
    consent: {},
  };
  joined.last = fresh.at(-1)?.seq ?? last;
  joined.consent = hand.consent;
  // What has fired for either fires no more.
  if (hand.triggers)
    customer.attention.triggers = joinTriggerState(customer.attention.triggers, hand.triggers);
  if (!known) {
    customer.joined.push(joined);
    effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: -1 });
  }
  const before = customer.consent;
  customer.consent = joinConsent(before, hand.consent);
  adoptGrants(joined, before, customer.consent);
  const withdrawn = withdrawnBetween(before, customer.consent, now);
  const may = mayOf(customer.consent, now);
  const allowed = undeniedMay(customer.consent) & (withdrawn.length > 0 ? may : MAY_ALL);
  // Made before any row is numbered, so that a brand-new customer counts as one.
  const isNew = customer.nextSeq === 1;
  const since = customer.notBefore ?? 0;
  const taken = fresh.map((row): LogRow => {
    const events = row.events.filter((event) => event.at >= since);
    const via = row.via ?? hand.source;
    return stripped(
      { ...row, events, seq: customer.nextSeq++, via, facts: [], claims: [], notices: [] },
      allowed,
    );
  });
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
  if (!known) adoptOrders(customer, hand.orders, changedOrders);
  joinStreams(customer.streams, hand.streams);
  for (const [key, until] of hand.spent) customer.spent.set(key, until);
  const rows = [...log(), ...taken].map((row) => (withdrawn.length > 0 ? stripped(row, may) : row));
  customer.profile = refold(rows);
  if (withdrawn.length > 0) {
    const retold = noEffects();
    for (const orderId of retell(customer, rows, retold)) changedOrders.add(orderId);
    effects.claims.push(...retold.claims);
  }
  const replaces = { party: hand.from, upTo: joined.last };
  for (const orderId of new Set([...changedOrders, ...(known ? [] : hand.orders.keys())])) {
    const key = (customer.orders.get(orderId) ?? hand.orders.get(orderId))?.key;
    if (key !== undefined)
      effects.claims.push({ ...claimOf(customer.orders.get(orderId) ?? newOrder(key)), replaces });
  }
  effects.deltas.push(...reconcile(customer, rows));
  return { rows: [...taken, rowOf(customer, from, [], effects)], changedOrders, withdrawn, may };
}

/** Remembers which grants came with a visitor, so that they can go with them. */
function adoptGrants(joined: Joined, before: ConsentRecord, after: ConsentRecord): void {
  for (const purpose of PURPOSES) {
    const grant = after[purpose];
    if (!grant || grant === before[purpose]) continue;
    const earlier = joined.grants.find((one) => one.purpose === purpose);
    const isOurs = earlier && isSameGrant(earlier.grant, before[purpose]);
    joined.grants = joined.grants.filter((one) => one !== earlier);
    joined.grants.push({ purpose, grant, before: isOurs ? earlier.before : (before[purpose] ?? null) });
  }
}

/** The record without what came with a visitor: what was there before, and what others say who are still joined. */
function withoutGrants(customer: Whole, parted: Joined): ConsentRecord {
  const next: { -readonly [purpose in Purpose]?: Grant } = { ...customer.consent };
  for (const { purpose, grant, before } of parted.grants) {
    for (const other of customer.joined)
      other.grants = other.grants.map((one) =>
        one.purpose === purpose && isSameGrant(grant, one.before) ? { ...one, before } : one,
      );
    if (!isSameGrant(grant, next[purpose])) continue;
    if (before) next[purpose] = before;
    else delete next[purpose];
  }
  return customer.joined.reduce<ConsentRecord>((record, { consent }) => joinConsent(record, consent), next);
}

const isSameGrant = (a: Grant, b: Grant | null | undefined): boolean =>
  b !== null && b !== undefined && a.granted === b.granted && a.at === b.at && a.source === b.source;

/** What the visitor counted, this customer has counted. */
function adoptOrders(customer: Whole, theirs: ReadonlyMap<string, Order>, changed: Set<string>): void {
  for (const [orderId, order] of theirs) {
    const ours = customer.orders.get(orderId);
    if (!ours) continue; // Nothing of it was taken over.
    changed.add(orderId);
    const isLearned = ours.isLearned || order.isLearned;
    customer.orders.set(orderId, {
      ...ours,
      isLearned,
      ...(ours.isConfirmed || order.isConfirmed ? { isConfirmed: true } : {}),
      counted: ours.counted ?? order.counted,
      ...verdictOf(ours, order),
    });
  }
}

/** The newer verdict, so that an order the visitor had settled stays settled until the ledger says otherwise. */
function verdictOf(ours: Order, theirs: Order): Partial<Order> {
  const verdict = ours.verdict && ours.counted ? ours.verdict : (theirs.verdict ?? ours.verdict);
  // Version 0: the ledger's answer to this customer's claim is newer, whatever its number.
  return verdict ? { verdict: { ...verdict, version: 0 } } : {};
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

/**
 * Undoes a merge: the visitor's rows and grants go, profile and orders are made again from what stays, and what this
 * customer reported is brought to what they count alone; the visitor counts it anew. `undefined`: nobody of that source
 * was joined.
 */
export function part(
  customer: Whole,
  source: string,
  log: Iterable<LogRow>,
  now: EpochMs,
): Rejoined | undefined {
  const parted = customer.joined.find((one) => one.source === source);
  if (!parted) return undefined;
  customer.joined = customer.joined.filter((one) => one !== parted);
  const before = customer.consent;
  customer.consent = withoutGrants(customer, parted);
  const withdrawn = withdrawnBetween(before, customer.consent, now);
  const may = mayOf(customer.consent, now);
  const kept = [...log]
    .filter((row) => row.via !== source)
    .map((row) => (withdrawn.length > 0 ? stripped(row, may) : row));
  const retold = noEffects();
  const changedOrders = retell(customer, kept, retold);
  customer.profile = refold(kept);
  const effects = noEffects();
  effects.claims.push(...retold.claims);
  effects.deltas.push(...reconcile(customer, kept));
  effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: 1 });
  const row = rowOf(customer, { source: "unmerge", isTrusted: true, receivedAt: now }, [], effects);
  return { rows: [row], changedOrders, withdrawn, may };
}

/** A visitor who is nobody's any more goes on from what they reported before, and claims their orders again. */
export function resume(customer: Whole, log: Iterable<LogRow>, now: EpochMs): LogRow {
  const rows = [...log];
  customer.mark = undefined;
  retell(customer, rows, noEffects());
  customer.profile = refold(rows);
  const effects = noEffects();
  for (const [orderId, order] of customer.orders) {
    const { verdict } = order;
    // Version 0: what the ledger says next is newer, whatever its number.
    customer.orders.set(orderId, { ...order, ...(verdict ? { verdict: { ...verdict, version: 0 } } : {}) });
    effects.claims.push(claimOf(order));
  }
  effects.deltas.push(...reconcile(customer, rows));
  return rowOf(customer, { source: "unmerge", isTrusted: true, receivedAt: now }, [], effects);
}
