import { decodeCustomer, encodeCustomer, type Whole } from "../core/customer/customer.ts";
import type { LogRow } from "../core/customer/log-row.ts";
import type { Order } from "../core/order/order.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Storage } from "./sql.ts";

/** Tables of a customer, each made in the transaction that first needs it: most visitors never order anything. */
const TABLES = {
  state:
    "CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT",
  log: "CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, trusted INTEGER NOT NULL, events TEXT NOT NULL, owes TEXT, via TEXT) STRICT",
  seen: "CREATE TABLE IF NOT EXISTS seen (id TEXT NOT NULL PRIMARY KEY, digest INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  orders:
    "CREATE TABLE IF NOT EXISTS orders (order_id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
} as const;
export type CustomerTable = keyof typeof TABLES;
export const CUSTOMER_TABLES = Object.keys(TABLES) as readonly CustomerTable[];

/** One customer's rows. Every method is synchronous: callers compose them in one transaction. */
export class CustomerStore {
  readonly #storage: Storage;
  #made: Set<string>;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#made = this.#tables();
    if (this.#made.has("migrations"))
      throw new Error(
        "This store was written by a build before the first release. Start with an empty data directory.",
      );
  }

  #tables(): Set<string> {
    const rows = this.#storage.sql.exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    return new Set(rows.toArray().map((row) => row.name));
  }

  #need(table: CustomerTable): void {
    if (this.#made.has(table)) return;
    this.#storage.sql.exec(TABLES[table]);
    this.#made.add(table);
  }

  /** Forgets what memory believes of the tables, after a transaction that failed or a `deleteAll()`. */
  reset(): void {
    this.#made = this.#tables();
  }

  /** The customer as stored, or `undefined` where nothing is. */
  load(): Whole | undefined {
    if (!this.#made.has("state")) return undefined;
    const [row] = this.#storage.sql.exec<{ body: string }>("SELECT body FROM state WHERE one = 1").toArray();
    return row && decodeCustomer(row.body, this.#loadOrders());
  }

  #loadOrders(): Map<string, Order> {
    if (!this.#made.has("orders")) return new Map();
    const rows = this.#storage.sql.exec<{ order_id: string; body: string }>(
      "SELECT order_id, body FROM orders",
    );
    return new Map(rows.toArray().map((row) => [row.order_id, JSON.parse(row.body) as Order]));
  }

  save(customer: Whole): void {
    this.#need("state");
    this.#storage.sql.exec(
      "INSERT INTO state (one, body) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET body = excluded.body",
      encodeCustomer(customer),
    );
  }

  saveOrders(orders: ReadonlyMap<string, Order>, changed: Iterable<string>): void {
    for (const orderId of changed) {
      this.#need("orders");
      const order = orders.get(orderId);
      if (!order) this.#storage.sql.exec("DELETE FROM orders WHERE order_id = ?", orderId);
      else
        this.#storage.sql.exec(
          "INSERT INTO orders (order_id, body) VALUES (?, ?) ON CONFLICT (order_id) DO UPDATE SET body = excluded.body",
          orderId,
          JSON.stringify(order),
        );
    }
  }

  /** Every order as it is now, and none that is not. */
  saveAllOrders(orders: ReadonlyMap<string, Order>): void {
    const gone = [...this.#loadOrders().keys()].filter((orderId) => !orders.has(orderId));
    this.saveOrders(orders, [...gone, ...orders.keys()]);
  }

  /** Appends one accepted call. */
  append(row: LogRow): void {
    this.#need("log");
    this.#storage.sql.exec(
      "INSERT INTO log (seq, at, source, trusted, events, owes, via) VALUES (?, ?, ?, ?, ?, ?, ?)",
      row.seq,
      row.receivedAt,
      row.source,
      row.isTrusted ? 1 : 0,
      JSON.stringify(row.events),
      owesOf(row),
      row.via ?? null,
    );
  }

  /** Writes a row anew, with fewer events; without any left, and nothing contributed, it goes. */
  rewrite(row: LogRow): void {
    const owes = owesOf(row);
    if (row.events.length === 0 && owes === null)
      this.#storage.sql.exec("DELETE FROM log WHERE seq = ?", row.seq);
    else
      this.#storage.sql.exec(
        "UPDATE log SET events = ?, owes = ? WHERE seq = ?",
        JSON.stringify(row.events),
        owes,
        row.seq,
      );
  }

  /** The log after a sequence, in order. */
  rows(after = 0, limit = -1): LogRow[] {
    if (!this.#made.has("log")) return [];
    return this.#storage.sql
      .exec<StoredRow>(
        "SELECT seq, at, source, trusted, events, owes, via FROM log WHERE seq > ? ORDER BY seq LIMIT ?",
        after,
        limit,
      )
      .toArray()
      .map(rowOf);
  }

  /** When the oldest row was received; `undefined`: there is none. */
  oldestAt(): EpochMs | undefined {
    if (!this.#made.has("log")) return undefined;
    return this.#storage.sql.exec<{ at: number }>("SELECT at FROM log ORDER BY seq LIMIT 1").toArray()[0]?.at;
  }

  drop(seq: number): void {
    this.#storage.sql.exec("DELETE FROM log WHERE seq = ?", seq);
  }

  /** Every row of every table. The list of tables is the one they are made from, so none can be forgotten. */
  everything(customer: Whole): Record<CustomerTable, unknown> {
    return {
      state: JSON.parse(encodeCustomer(customer)),
      log: this.rows(),
      seen: this.allSeen(),
      orders: [...customer.orders].map(([orderId, order]) => ({ orderId, ...order })),
    };
  }

  /** Remembers ids that no stream remembers. */
  see(foreign: readonly (readonly [id: string, digest: number])[]): void {
    if (foreign.length === 0) return;
    this.#need("seen");
    this.#storage.sql.exec(
      "INSERT OR IGNORE INTO seen (id, digest) SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)",
      JSON.stringify(foreign),
    );
  }

  /** Digests of those of these ids that have a row. */
  seen(ids: readonly string[]): Map<string, number> {
    if (ids.length === 0 || !this.#made.has("seen")) return new Map();
    const rows = this.#storage.sql.exec<{ id: string; digest: number }>(
      "SELECT id, digest FROM seen WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids),
    );
    return new Map(rows.toArray().map((row) => [row.id, row.digest]));
  }

  allSeen(): [id: string, digest: number][] {
    if (!this.#made.has("seen")) return [];
    const rows = this.#storage.sql.exec<{ id: string; digest: number }>("SELECT id, digest FROM seen");
    return rows.toArray().map((row) => [row.id, row.digest]);
  }

  unsee(ids: readonly string[]): void {
    if (ids.length === 0 || !this.#made.has("seen")) return;
    this.#storage.sql.exec(
      "DELETE FROM seen WHERE id IN (SELECT value FROM json_each(?))",
      JSON.stringify(ids),
    );
  }

  /** Digest of an event in the log. Repeats are nearly always of what came last, so the newest rows are read first. */
  loggedDigest(id: string): number | undefined {
    const [row] = this.#storage.sql
      .exec<{ events: string }>(
        "SELECT events FROM log WHERE instr(events, ?) > 0 ORDER BY seq DESC LIMIT 1",
        `"id":${JSON.stringify(id)}`,
      )
      .toArray();
    const events = row ? (JSON.parse(row.events) as { id: string; digest: number }[]) : [];
    return events.find((event) => event.id === id)?.digest;
  }
}

type StoredRow = {
  seq: number;
  at: number;
  source: string;
  trusted: number;
  events: string;
  owes: string | null;
  via: string | null;
};

/** What a row causes outside, as one text; nothing is nothing. */
function owesOf({ facts, deltas, claims, notices }: LogRow): string | null {
  const owes = {
    ...(facts.length > 0 ? { facts } : {}),
    ...(deltas.length > 0 ? { deltas } : {}),
    ...(claims.length > 0 ? { claims } : {}),
    ...(notices.length > 0 ? { notices } : {}),
  };
  return Object.keys(owes).length > 0 ? JSON.stringify(owes) : null;
}

function rowOf({ seq, at, source, trusted, events, owes, via }: StoredRow): LogRow {
  return {
    seq,
    source,
    isTrusted: trusted === 1,
    receivedAt: at,
    events: JSON.parse(events),
    facts: [],
    deltas: [],
    claims: [],
    notices: [],
    ...(owes === null ? {} : JSON.parse(owes)),
    ...(via === null ? {} : { via }),
  };
}
