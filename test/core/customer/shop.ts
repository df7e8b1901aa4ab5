import { withdrawal } from "../../../src/core/customer/contributions.ts";
import { applyVerdict } from "../../../src/core/customer/credit.ts";
import { creditChanges } from "../../../src/core/customer/experiment-credit.ts";
import { newCustomer, RETENTION_DEFAULT, type Whole } from "../../../src/core/customer/customer.ts";
import { join, part, resume } from "../../../src/core/customer/join.ts";
import { noEffects, type LogRow } from "../../../src/core/customer/log-row.ts";
import { rowOf, take, type Call } from "../../../src/core/customer/take.ts";
import type { ResolvedEvent } from "../../../src/core/event/resolved.ts";
import { digestOf } from "../../../src/core/event/resolved.ts";
import { settle, verdictFor, type Claim, type Claims } from "../../../src/core/order/settle.ts";
import { numberName, type Delta } from "../../../src/core/profile/delta.ts";

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;
export const GRANTED = { personalization: true, analytics: true };

let next = 0;

/** An event as it enters an object; the test says what it is about. */
export function happened<T extends ResolvedEvent["type"]>(
  type: T,
  fields: { readonly id?: string; readonly at?: number; readonly [field: string]: unknown } = {},
): ResolvedEvent {
  const event = { id: `e${next++}`, at: NOW, type, ...fields };
  return { digest: digestOf(JSON.stringify(fields)), ...event } as unknown as ResolvedEvent;
}

/** One customer with a log, as an object holds them, in memory. */
export class Person {
  customer: Whole | undefined;
  log: LogRow[] = [];
  seen = new Map<string, number>();
  readonly name: string;
  readonly shop: Shop;

  constructor(shop: Shop, name: string) {
    this.shop = shop;
    this.name = name;
  }

  tell(events: readonly ResolvedEvent[], more: Partial<Call> = {}) {
    const customer = this.customer ?? this.fresh();
    const call: Call = {
      events,
      consent: GRANTED,
      source: "snippet",
      isTrusted: false,
      policyVersion: "1",
      grantDays: 700,
      retention: RETENTION_DEFAULT,
      ...more,
    };
    const taken = take(
      customer,
      call,
      {
        seenDigest: (id) => this.seen.get(id),
        loggedDigest: (id) => this.log.flatMap((row) => row.events).find((event) => event.id === id)?.digest,
        rows: () => this.log,
        orderKey: (orderId) => `key-${orderId}`,
        subject: this.name,
      },
      this.shop.now,
    );
    if (taken.row) {
      this.customer = customer;
      for (const [id, digest] of taken.foreign) this.seen.set(id, digest);
      this.add(taken.row);
    }
    return taken.answers;
  }

  fresh(): Whole {
    return newCustomer(
      { source: `source-${this.name}`, site: "s", receivers: { model: "", ledger: "", courier: "" } },
      this.shop.now,
    );
  }

  add(row: LogRow): void {
    this.log.push(row);
    if (row.via === undefined) this.shop.deliver(this, row);
  }

  mergeInto(known: Person): void {
    const visitor = this.customer;
    if (!visitor) return;
    visitor.mark ??= { into: known.name, at: this.shop.now, handed: 0 };
    known.customer ??= known.fresh();
    const { rows } = join(
      known.customer,
      {
        source: visitor.source,
        from: this.name,
        at: visitor.mark.at,
        rows: structuredClone(this.log.filter((row) => row.seq > visitor.mark!.handed)),
        consent: visitor.consent,
        streams: visitor.streams,
        foreign: [...this.seen],
        spent: visitor.spent,
        orders: visitor.orders,
        bygone: visitor.bygone,
      },
      () => known.log,
      this.shop.now,
    );
    for (const [id, digest] of this.seen) known.seen.set(id, digest);
    for (const row of rows) known.add(row);
    visitor.mark.handed = visitor.nextSeq - 1;
  }

  part(visitor: Person): void {
    const { source } = visitor.customer!;
    const parted = part(this.customer!, source, this.log, this.shop.now);
    if (!parted) return;
    this.log = this.log.filter((row) => row.via !== source);
    for (const row of parted.rows) this.add(row);
    visitor.add(resume(visitor.customer!, visitor.log, this.shop.now));
  }

  erase(): void {
    if (!this.customer) return;
    this.shop.count(withdrawal(this.customer, this.log));
    for (const order of this.customer.orders.values())
      this.shop.claim({ ...claimless, key: order.key }, this);
    this.customer = undefined;
    this.log = [];
  }
}

const claimless: Claim = {
  key: "",
  isTrusted: false,
  at: 0,
  minor: 0,
  currency: "",
  refundedMinor: 0,
  basket: 0,
  isKnown: false,
};

/** A ledger and its customers, with deliveries that happen at once. */
export class Shop {
  now = NOW;
  readonly people = new Map<string, Person>();
  readonly numbers = new Map<string, number>();
  readonly orders = new Map<string, { claims: Claims; version: number; learner?: string | undefined }>();
  baskets: string[] = [];

  person(name: string): Person {
    let person = this.people.get(name);
    if (!person) {
      person = new Person(this, name);
      this.people.set(name, person);
    }
    return person;
  }

  count(deltas: readonly Delta[]): void {
    for (const delta of deltas) {
      const name = numberName(delta);
      const sum = (this.numbers.get(name) ?? 0) + delta.by;
      if (sum === 0) this.numbers.delete(name);
      else this.numbers.set(name, sum);
    }
  }

  deliver(person: Person, row: LogRow): void {
    this.count(row.deltas);
    for (const { kind, items, trust } of row.facts)
      if (kind === "buy")
        this.baskets.push([...(trust ? [`${trust}:`] : []), [...items].sort().join()].join(" "));
    for (const claim of row.claims) this.claim(claim, person);
  }

  claim(claim: Claim, person: Person): void {
    const known = this.orders.get(claim.key) ?? { claims: {}, version: 0 };
    const claims: Record<string, Claim> = { ...known.claims };
    const { replaces, ...rest } = claim;
    if (replaces !== undefined) delete claims[replaces.party];
    if (rest.isKnown) claims[person.name] = rest;
    else delete claims[person.name];
    const settlement = settle(claims);
    const version = known.version + 1;
    const learner =
      (replaces !== undefined && known.learner === replaces.party ? person.name : known.learner) ??
      settlement.home;
    this.orders.set(claim.key, { claims, version, learner });
    for (const party of new Set([...Object.keys(claims), person.name])) {
      const other = this.person(party);
      const { customer } = other;
      if (!customer || customer.mark) continue;
      const effects = noEffects();
      const verdict = verdictFor(party, settlement, learner, version);
      for (const [orderId, order] of customer.orders)
        if (order.key === claim.key) applyVerdict(customer, orderId, verdict, effects);
      effects.deltas.push(...creditChanges(customer));
      if (effects.deltas.length + effects.facts.length > 0)
        other.add(rowOf(customer, { source: "ledger", isTrusted: true, receivedAt: this.now }, [], effects));
    }
  }

  /** Numbers of a family by their last part. @example told("daily", "orders") */
  told(family: string, metric: string): number {
    let sum = 0;
    for (const [name, value] of this.numbers) {
      const [of, , , what] = JSON.parse(name) as string[];
      if (of === family && what === metric) sum += value;
    }
    return sum;
  }
}
