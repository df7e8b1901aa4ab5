import {
  permits,
  recordConsent,
  settleConsent,
  type ConsentStatement,
  type Purpose,
} from "../consent/consent.ts";
import type { World } from "../decide/world.ts";
import type { ResolvedEvent } from "../event/resolved.ts";
import { claimOf } from "../order/settle.ts";
import { isOrderEvent, newOrder, tell } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import { summed } from "../profile/delta.ts";
import { fold } from "../profile/fold.ts";
import {
  comesBefore,
  MAY_LEARN,
  MAY_LIFE,
  MAY_NOTE,
  MAY_REMEMBER,
  type LoggedEvent,
  type Provenance,
} from "../profile/logged.ts";
import type { EventAnswer } from "../wire/decide.ts";
import type { Place } from "./attention.ts";
import { attend } from "./attend.ts";
import { creditChanges } from "./experiment-credit.ts";
import type { Retention, Whole } from "./customer.ts";
import { countEvent, countQuality, originOf } from "./count.ts";
import { noEffects, type Effects, type LogRow } from "./log-row.ts";
import { refold, stripped } from "./refold.ts";
import { noticesOf } from "./notices.ts";
import { denialsOf, mayOf, purposesFor, withdrawnBetween, withheldOf } from "./purposes.ts";
import { retell } from "./retell.ts";
import { spend } from "./spend.ts";
import { isInStreams, remember } from "./stream.ts";

/** One call: some events, and what its sender says about consent. */
export type Call = {
  readonly events: readonly ResolvedEvent[];
  /** What the request itself says. It can deny at once; it can grant only what nobody has decided yet. */
  readonly consent: ConsentStatement;
  /** @example "snippet", "segment", "server", "import", "customer" */
  readonly source: string;
  readonly isTrusted: boolean;
  /** Label of the network it came from, for a page's call: see `Fact`. */
  readonly network?: number | undefined;
  /** Where a page's call came from. */
  readonly place?: Place | undefined;
  readonly policyVersion: string;
  readonly grantDays: number;
  /** The legal basis of what is granted here, where it is not the customer's own word. @example "contract" */
  readonly basis?: string | undefined;
  readonly retention: Retention;
};

/** What storage knows and the state does not. */
export type Memory = {
  /** Digest of an event with a foreign id that was taken in. */
  seenDigest(id: string): number | undefined;
  /** Digest of an event that is in the log. */
  loggedDigest(id: string): number | undefined;
  /** The log so far. */
  rows(): Iterable<LogRow>;
  /** HMAC of site and order id; every order of the call has one. */
  orderKey(orderId: string): string;
  /** What the site says, as far as it is at hand. */
  readonly site?: World | undefined;
  /** This object's id: its first 16 digits name whom decision tokens were made for. */
  readonly subject: string;
};

/** What a call came to. All of it is to be stored in one transaction, or none. */
export type Taken = {
  readonly answers: readonly EventAnswer[];
  /** Absent: nothing was accepted and nothing changed. */
  readonly row?: LogRow | undefined;
  /** Ids that need a row of their own, with their digests. */
  readonly foreign: readonly (readonly [id: string, digest: number])[];
  readonly changedOrders: ReadonlySet<string>;
  /** Purposes whose grant ended with this call: the log is to be stripped to what `may` still allows. */
  readonly withdrawn: readonly Purpose[];
  readonly may: number;
};

const reject = (id: string, code: string, detail: string): EventAnswer => ({
  id,
  status: "rejected",
  code,
  detail,
});

/** Takes a call in. Changes the customer it is given, and says what has to be written and what follows outside. */
export function take(customer: Whole, call: Call, memory: Memory, now: EpochMs): Taken {
  const effects = noEffects();
  const consentBefore = customer.consent;
  const stated = {
    at: now,
    source: call.source,
    policyVersion: call.policyVersion,
    days: call.grantDays,
    ...(call.basis === undefined ? {} : { basis: call.basis }),
  };
  // A mark is spoken to by whoever has the browser: nobody verified, so only their no counts.
  const statement = customer.mark ? denialsOf(call.consent) : call.consent;
  customer.consent = settleConsent(customer.consent, statement, stated);
  const from: Provenance = { source: call.source, isTrusted: call.isTrusted, receivedAt: now };
  const state: Taking = {
    customer,
    call,
    memory,
    now,
    from,
    effects,
    fresh: new Map(),
    events: [],
    changedOrders: new Set(),
  };

  const answers = call.events.map((event) => takeOne(state, event));
  const accepted = state.events.sort((a, b) => (comesBefore(a, b) ? -1 : 1));
  const withdrawn = withdrawnBetween(consentBefore, customer.consent, now);
  const may = mayOf(customer.consent, now);
  const nothing = { answers, foreign: [], changedOrders: state.changedOrders, withdrawn, may };
  if (accepted.length === 0 && customer.consent === consentBefore && effects.deltas.length === 0)
    return nothing;

  const isLate = accepted[0] !== undefined && comesBefore(accepted[0], lastOf(customer));
  if (!isLate) for (const event of accepted) fold(customer.profile, event, from);
  effects.notices.push(...noticesOf(customer, memory.subject, consentBefore, state.changedOrders, now));
  let row: LogRow = { ...rowOf(customer, from, accepted, effects) };
  if (withdrawn.length > 0) row = stripped(row, may);
  if (isLate || withdrawn.length > 0) {
    const before = customer.nextSeq > 2 ? [...memory.rows()] : [];
    const rows = [...(withdrawn.length > 0 ? before.map((one) => stripped(one, may)) : before), row];
    customer.profile = refold(rows);
    if (withdrawn.length > 0 && !customer.mark)
      for (const orderId of retell(customer, rows, effects)) state.changedOrders.add(orderId);
  }
  const origin = originOf(customer, call);
  for (const event of row.events) {
    countEvent(event, customer.profile.session.number, origin, effects);
    countQuality(event, call.isTrusted, effects);
  }
  if (!customer.mark) effects.deltas.push(...creditChanges(customer));
  else effects.claims.length = 0; // The customer they were joined to claims their orders.
  const turn = {
    now,
    seq: row.seq,
    subject: memory.subject,
    accepted: row.events,
    isRefolded: isLate || withdrawn.length > 0,
    isHistorical: call.source.startsWith("import"),
    source: call.source,
    isTrusted: call.isTrusted,
    shelf: [],
    place: call.place,
    rows: () => [...memory.rows(), row],
  };
  attend(customer, memory.site, turn, effects);
  const foreign = [...state.fresh].filter(([id]) => !remember(customer.streams, id));
  return { ...nothing, row: { ...row, ...effects, deltas: summed(effects.deltas) }, foreign };
}

const lastOf = ({ profile }: Whole) => ({ at: profile.lastAt, id: profile.lastId });

/** The log row of what was just done; takes the next sequence. */
export function rowOf(
  customer: Whole,
  from: Provenance,
  events: readonly LoggedEvent[],
  effects: Effects,
): LogRow {
  if (customer.nextSeq === 1)
    effects.deltas.push({ family: "customers", name: "known", part: "", metric: "count", by: 1 });
  customer.touchedAt = Math.max(customer.touchedAt, from.receivedAt);
  return { seq: customer.nextSeq++, ...from, events, ...effects };
}

type Taking = {
  readonly customer: Whole;
  readonly call: Call;
  readonly memory: Memory;
  readonly now: EpochMs;
  readonly from: Provenance;
  readonly effects: Effects;
  /** Ids of this call. */
  readonly fresh: Map<string, number>;
  readonly events: LoggedEvent[];
  readonly changedOrders: Set<string>;
};

function takeOne(state: Taking, event: ResolvedEvent): EventAnswer {
  const { customer, call, memory, now } = state;
  const { id } = event;
  const known = state.fresh.get(id) ?? digestBefore(customer, memory, event);
  if (known !== undefined) {
    if (known === event.digest) return { id, status: "duplicate" };
    customer.conflicts++;
    state.effects.deltas.push({ family: "quality", name: "events", part: "", metric: "conflicts", by: 1 });
    return reject(id, "event_conflict", "Another event with this id came first; the first one stays.");
  }
  if (customer.notBefore !== undefined && event.at < customer.notBefore)
    return reject(id, "erased", "This is older than an erasure.");
  if (customer.mark && event.at > customer.mark.at && event.type !== "consent_updated")
    return reject(id, "visitor_joined", "This visitor has become a known customer.");
  const needed = purposesFor(event, call.isTrusted);
  if (event.type === "note_added" && !call.isTrusted)
    return reject(id, "key_not_allowed", "Only the shop's own systems add notes.");
  if (needed.length > 0 && customer.isPaused) return reject(id, "paused", "The customer has paused.");
  if (needed.length > 0 && !needed.some((purpose) => permits(customer.consent, purpose, now)))
    return reject(id, "consent_missing", `One of these purposes must be granted: ${needed.join(", ")}.`);
  if (event.type === "slot_seen" || event.type === "slot_clicked") {
    const spent = spend(customer, event, memory.subject.slice(0, 16), now);
    if (spent === "foreign") return reject(id, "token_invalid", "The decision was made for somebody else.");
    if (spent === "repeated") return { id, status: "duplicate" };
  }
  if (event.type === "consent_updated") {
    if (customer.mark && Object.values(event.consent).includes(true))
      return reject(
        id,
        "visitor_joined",
        "This visitor has become a known customer; only a denial is taken.",
      );
    customer.consent = recordConsent(customer.consent, event.consent, {
      at: event.at,
      source: call.source,
      policyVersion: event.policyVersion ?? call.policyVersion,
      days: call.grantDays,
      ...(call.basis === undefined ? {} : { basis: call.basis }),
    });
  }
  const granted = mayOf(customer.consent, now);
  const may = granted & scopeOf(event);
  const logged: LoggedEvent = { ...(may === 0 ? leastOf(event) : event), may };
  if (isOrderEvent(event)) {
    const order = customer.orders.get(event.orderId) ?? newOrder(memory.orderKey(event.orderId));
    const next = tell(order, event, call.isTrusted, (may & 1) !== 0);
    customer.orders.set(event.orderId, next);
    state.changedOrders.add(event.orderId);
    state.effects.claims.push(claimOf(next));
  }
  state.fresh.set(id, event.digest);
  state.events.push(logged);
  const withheld = isOrderEvent(event) ? withheldOf(may) : [];
  return { id, status: "accepted", ...(withheld.length > 0 ? { withheld } : {}) };
}

/** Which grants are about such an event at all. */
const scopeOf = ({ type }: ResolvedEvent): number =>
  type === "life_event_told" ? MAY_LIFE : MAY_LEARN | MAY_REMEMBER | (type === "note_added" ? MAY_NOTE : 0);

/** Digest of what was taken in under an id. Where the event itself is gone by now, a repeat is believed to be one. */
function digestBefore(customer: Whole, memory: Memory, { id, digest }: ResolvedEvent): number | undefined {
  if (customer.nextSeq === 1) return undefined;
  return isInStreams(customer.streams, id) ? (memory.loggedDigest(id) ?? digest) : memory.seenDigest(id);
}

/** What a transaction alone justifies keeping of an event: totals and ownership. */
function leastOf(event: ResolvedEvent): ResolvedEvent {
  if (event.type !== "order_completed") return event;
  const lines = event.lines.map(({ item, quantity }) => ({ item, quantity }));
  return { ...event, page: undefined, coupon: undefined, lines };
}
