import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { digestOf, type ResolvedEvent } from "../../src/core/event/resolved.ts";
import { decodeView, type View } from "../../src/core/profile/view.ts";
import type { EventAnswer } from "../../src/core/wire/decide.ts";
import { objectId } from "../../src/edge/names.ts";
import type { CustomerObject, Observation, Standing } from "../../src/objects/customer-object.ts";
import type { LedgerObject } from "../../src/objects/ledger-object.ts";

export const DAY = 86_400_000;
export const GRANTED = { personalization: true, analytics: true };
export const SHOP = { source: "server", isTrusted: true } as const;
export const euros = (minor: number) => ({ minor, currency: "EUR" });

let made = 0;

/** An event as it enters an object; the test says what it is about. */
export function happened<T extends ResolvedEvent["type"]>(
  type: T,
  fields: { readonly id?: string; readonly at?: number; readonly [field: string]: unknown } = {},
): ResolvedEvent {
  const event = { id: `e${made++}`, at: Date.now(), type, ...fields };
  return { digest: digestOf(JSON.stringify(fields)), ...event } as unknown as ResolvedEvent;
}

export const viewed = (item: string, fields: object = {}): ResolvedEvent =>
  happened("product_viewed", { item, ...fields });

export const bought = (orderId: string, minor = 1000, fields: object = {}): ResolvedEvent =>
  happened("order_completed", {
    orderId,
    revenue: euros(minor),
    lines: [{ item: `of-${orderId}`, quantity: 1 }],
    ...fields,
  });

/** One visitor or known customer: a real object, and how the site's border speaks to it. */
export type Party = {
  readonly name: string;
  readonly id: DurableObjectId;
  readonly stub: DurableObjectStub<CustomerObject>;
  readonly customerId?: string;
};

export type Numbers = Readonly<Record<string, number>>;

/** A row of the log, read from the file without the object's help. */
export type StoredRow = {
  readonly seq: number;
  readonly events: string;
  readonly owes: string | null;
  readonly via: string | null;
};

/** What lies in a file, read past whatever a test has put before the object's own storage. */
const rowsOf = ({ sql }: DurableObjectStorage, query: string): unknown[] =>
  (Reflect.get(Object.getPrototypeOf(sql) as object, "exec") as typeof sql.exec).call(sql, query).toArray();

/** Lets an alarm ring as the platform does: one that throws rings again. */
export async function ring(stub: DurableObjectStub): Promise<void> {
  await runDurableObjectAlarm(stub).catch(() =>
    runInDurableObject(stub, (_, { storage }) => storage.setAlarm(Date.now())),
  );
}

/** A site of its own, with its real ledger, model and courier. */
export class World {
  readonly site = `site-${crypto.randomUUID()}`;
  readonly parties = new Map<string, Party>();
  readonly receivers: Standing["receivers"];
  readonly ledger: DurableObjectStub<LedgerObject>;

  private constructor(receivers: Standing["receivers"]) {
    this.receivers = receivers;
    this.ledger = env.LEDGER.get(env.LEDGER.idFromString(receivers.ledger));
  }

  static async open(): Promise<World> {
    const [model, ledger, courier] = [env.MODEL, env.LEDGER, env.COURIER].map((one) =>
      one.newUniqueId().toString(),
    );
    return new World({ model: model!, ledger: ledger!, courier: courier! });
  }

  /** A visitor, or, named `c…`, a customer whom the shop knows. */
  async party(name: string): Promise<Party> {
    const known = this.parties.get(name);
    if (known) return known;
    const isCustomer = name.startsWith("c");
    const id = await objectId(env, isCustomer ? "customer" : "visitor", this.site, name);
    const party = { name, id, stub: env.CUSTOMER.get(id), ...(isCustomer ? { customerId: name } : {}) };
    this.parties.set(name, party);
    return party;
  }

  standing(party: Party, more: Partial<Standing> = {}): Standing {
    return { site: this.site, receivers: this.receivers, customerId: party.customerId, ...more };
  }

  async tell(
    name: string,
    events: readonly ResolvedEvent[],
    more: Partial<Observation> = {},
  ): Promise<readonly EventAnswer[]> {
    const party = await this.party(name);
    const call: Observation = {
      events,
      consent: GRANTED,
      source: "snippet",
      isTrusted: false,
      policyVersion: "1",
      grantDays: 30,
      retention: { behaviourDays: 400, orderDays: 3650, idleDays: 800 },
      wantsView: false,
      ...this.standing(party),
      ...more,
    };
    return (await party.stub.observe(call)).answers;
  }

  /** What became of each event: its status, or the code it was refused with. */
  async say(
    name: string,
    events: readonly ResolvedEvent[],
    more: Partial<Observation> = {},
  ): Promise<string[]> {
    const answers = await this.tell(name, events, more);
    return answers.map((one) => (one.status === "rejected" ? one.code : one.status));
  }

  async merge(visitor: string, into: string): Promise<string> {
    const [from, known] = [await this.party(visitor), await this.party(into)];
    return from.stub.mergeInto(known.id.toString(), this.standing(known));
  }

  async unmerge(visitor: string, from: string): Promise<string> {
    return (await this.party(from)).stub.unmerge((await this.party(visitor)).id.toString());
  }

  async erase(name: string, receipt = `er_${crypto.randomUUID()}`) {
    const party = await this.party(name);
    return party.stub.erase({ ...this.standing(party), receipt });
  }

  async view(name: string): Promise<View | string> {
    const text = await (await this.party(name)).stub.view({ personalization: true });
    return text.startsWith("{") ? decodeView(text) : text;
  }

  async alarm(name: string): Promise<void> {
    return ring((await this.party(name)).stub);
  }

  /** Every number of the ledger. @example { "daily/20000/EUR/orders": 1 } */
  async numbers(): Promise<Numbers> {
    const rows = await this.ledgerRows<{ family: string; name: string; body: string }>(
      "SELECT family, name, body FROM tallies",
    );
    const entries = rows.flatMap(({ family, name, body }) =>
      Object.entries(JSON.parse(body) as Record<string, Record<string, number>>).flatMap(([part, metrics]) =>
        Object.entries(metrics).map(
          ([metric, value]) => [`${family}/${name}/${part}/${metric}`, Number(value)] as const,
        ),
      ),
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The sum of a metric over all days and parts. */
  async told(family: string, metric: string): Promise<number> {
    let sum = 0;
    for (const [name, value] of Object.entries(await this.numbers()))
      if (name.startsWith(`${family}/`) && name.endsWith(`/${metric}`)) sum += value;
    return sum;
  }

  ledgerRows<T>(query: string): Promise<T[]> {
    return runInDurableObject(this.ledger, (_, { storage }) => rowsOf(storage, query) as T[]);
  }

  /** Lets every write to a table of an object fail until it is called again with `false`. */
  async breaks(stub: DurableObjectStub, table: string, isBroken = true): Promise<void> {
    await runInDurableObject(stub, (_, { storage }) => {
      for (const act of ["INSERT", "UPDATE", "DELETE"])
        storage.sql.exec(
          isBroken
            ? `CREATE TRIGGER broken_${act} BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, 'broken'); END`
            : `DROP TRIGGER broken_${act}`,
        );
    });
  }

  /** Everything that lies in a party's file, by table; `null` where there is no table at all. */
  async stored(name: string): Promise<Record<string, unknown[]> | null> {
    const { stub } = await this.party(name);
    return runInDurableObject(stub, (_, { storage }) => {
      const query =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'";
      const tables = rowsOf(storage, query) as { name: string }[];
      if (tables.length === 0) return null;
      return Object.fromEntries(
        tables.map((table) => [table.name, rowsOf(storage, `SELECT * FROM ${table.name}`)]),
      );
    });
  }

  /** The state as it is stored. */
  async state(name: string): Promise<Record<string, unknown> | undefined> {
    const body = ((await this.stored(name))?.["state"]?.[0] as { body: string } | undefined)?.body;
    return body === undefined ? undefined : (JSON.parse(body) as Record<string, unknown>);
  }

  /** Lets alarms ring until nobody owes anybody anything. */
  async settled(): Promise<void> {
    let reason = "";
    for (let round = 0, calm = 0; round < 60; round++) {
      await Promise.all([...this.parties.values()].map(({ stub }) => ring(stub)));
      await ring(this.ledger);
      reason = await this.#owing();
      calm = reason === "" ? calm + 1 : 0;
      if (calm === 2) return;
      if (calm === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`Still owed after sixty alarms: ${reason}`);
  }

  /** What is still owed, read from the files alone. */
  async #owing(): Promise<string> {
    const [{ n } = { n: 0 }] = await this.ledgerRows<{ n: number }>("SELECT COUNT(*) AS n FROM owed");
    if (n > 0) return `${n} errands of the ledger`;
    const receipts = new Map(
      (await this.ledgerRows<{ source: string; last: number }>("SELECT source, last FROM receipts")).map(
        (row) => [row.source, row.last],
      ),
    );
    for (const { name } of this.parties.values()) {
      const tables = await this.stored(name);
      const state =
        tables && (JSON.parse((tables["state"]![0] as { body: string }).body) as Record<string, unknown>);
      if (!state) continue;
      if (state["erasing"] !== undefined) return `${name}'s erasure`;
      const mark = state["mark"] as { handed: number } | undefined;
      if (mark && mark.handed < Number(state["nextSeq"]) - 1) return `${name}'s hand-over`;
      // A claim that has arrived is only half: its verdict may still be on its way back.
      const orders = (tables["orders"] ?? []) as { body: string }[];
      const isOpen = orders.some(({ body }) => {
        const { page, shop, verdict } = JSON.parse(body) as Record<string, unknown>;
        return (page ?? shop) !== undefined && verdict === undefined;
      });
      if (isOpen && !mark) return `a verdict to ${name}`;
      const last = receipts.get(String(state["source"])) ?? 0;
      for (const row of (tables["log"] ?? []) as StoredRow[]) {
        if (row.via !== null || row.owes === null || row.seq <= last) continue;
        const owes = JSON.parse(row.owes) as { deltas?: unknown; claims?: unknown };
        if (owes.deltas ?? owes.claims) return `row ${row.seq} of ${name}`;
      }
    }
    return "";
  }
}

/** A decision that was seen by a party, as it enters an object. */
export const exposed = (
  party: Party,
  experiment: string,
  variation: string,
  fields: { at?: number; windowMs?: number } = {},
): ResolvedEvent => {
  const { windowMs = 10 * DAY, ...rest } = fields;
  return happened("slot_seen", {
    claim: {
      site: "s",
      subject: party.id.toString().slice(0, 16),
      expiresAt: Date.now() + DAY,
      decisionId: `d${made++}`,
      slot: "slot",
      revision: 1,
      picks: [],
      assignments: [[experiment, variation, windowMs]],
    },
    ...rest,
  });
};
