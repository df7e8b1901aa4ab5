import type { Endpoint } from "../core/webhook/endpoint.ts";
import type { NoticeType } from "../core/webhook/notice.ts";
import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import { SCHEDULE_TABLE } from "./schedule.ts";
import { firstRow, type Storage } from "./sql.ts";

export const COURIER_MIGRATIONS: Migrations = [
  `
CREATE TABLE deliveries (id TEXT NOT NULL PRIMARY KEY, endpoint TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
${SCHEDULE_TABLE}
`,
  // Ordered by what is looked for, endpoint by endpoint the next that is due, so that no index has to be kept beside.
  `
DROP TABLE deliveries;
DROP TABLE schedule;
CREATE TABLE deliveries (endpoint TEXT NOT NULL, state TEXT NOT NULL, next_at INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, purpose TEXT NOT NULL, tag TEXT NOT NULL, queued_at INTEGER NOT NULL, tries INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (endpoint, state, next_at, id)) STRICT, WITHOUT ROWID;
CREATE TABLE endpoints (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outcomes (slot INTEGER PRIMARY KEY, n INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE hushed (tag TEXT NOT NULL, purpose TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (tag, purpose)) STRICT, WITHOUT ROWID;
${RECEIPTS_TABLE}
`,
];

export type DeliveryState = "waiting" | "parked";

/** One notice on its way to one endpoint. */
export type Delivery = {
  readonly endpoint: string;
  /** The notice's id: what the receiver tells repeats by. */
  readonly id: string;
  readonly state: DeliveryState;
  /** When it is tried next; for a parked one, since when it is. */
  readonly nextAt: EpochMs;
  readonly type: NoticeType;
  readonly queuedAt: EpochMs;
  /** Tries made. */
  readonly tries: number;
};

export type NewDelivery = Pick<Delivery, "endpoint" | "id" | "type"> & {
  /** What it may be used for; empty: anything. */
  readonly purpose: string;
  /** Keyed digest of whom it is about; empty: nobody. */
  readonly tag: string;
  /** Sealed. */
  readonly body: string;
};

type Row = {
  endpoint: string;
  id: string;
  state: DeliveryState;
  next_at: number;
  type: NoticeType;
  queued_at: number;
  tries: number;
};
const COLUMNS = "endpoint, id, state, next_at, type, queued_at, tries";
const deliveryOf = ({ next_at, queued_at, ...row }: Row): Delivery => ({
  ...row,
  nextAt: next_at,
  queuedAt: queued_at,
});

/** @param dueAt not later than now; the earlier are tried first */
export function insertDelivery(storage: Storage, one: NewDelivery, now: EpochMs, dueAt: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO deliveries (endpoint, state, next_at, id, type, purpose, tag, queued_at, tries, body) VALUES (?, 'waiting', ?, ?, ?, ?, ?, ?, 0, ?)",
    one.endpoint,
    dueAt,
    one.id,
    one.type,
    one.purpose,
    one.tag,
    now,
    one.body,
  );
}

/** An endpoint's waiting deliveries in the order in which they are due. */
export function waitingOf(storage: Storage, endpoint: string, until: EpochMs, limit: number): Delivery[] {
  return storage.sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM deliveries WHERE endpoint = ? AND state = 'waiting' AND next_at <= ? ORDER BY next_at, id LIMIT ?`,
      endpoint,
      until,
      limit,
    )
    .toArray()
    .map(deliveryOf);
}

/** The sealed body of a delivery as it stood; `undefined` when it was delivered, dropped or moved since. */
export function bodyOf(storage: Storage, one: Delivery): string | undefined {
  return firstRow<{ body: string }>(storage.sql, `SELECT body FROM deliveries WHERE ${SAME}`, ...key(one))
    ?.body;
}

const SAME = "endpoint = ? AND state = ? AND next_at = ? AND id = ?";
const key = ({ endpoint, state, nextAt, id }: Delivery): [string, string, number, string] => [
  endpoint,
  state,
  nextAt,
  id,
];

export function deleteDelivery(storage: Storage, one: Delivery): void {
  storage.sql.exec(`DELETE FROM deliveries WHERE ${SAME}`, ...key(one));
}

/** Plans or parks a delivery. Changes nothing when it is no longer as it stood. */
export function moveDelivery(
  storage: Storage,
  one: Delivery,
  next: Pick<Delivery, "state" | "nextAt" | "tries">,
): void {
  storage.sql.exec(
    `UPDATE deliveries SET state = ?, next_at = ?, tries = ? WHERE ${SAME}`,
    next.state,
    next.nextAt,
    next.tries,
    ...key(one),
  );
}

export function parkAll(storage: Storage, endpoint: string, now: EpochMs): void {
  storage.sql.exec(
    "UPDATE deliveries SET state = 'parked', next_at = ? WHERE endpoint = ? AND state = 'waiting'",
    now,
    endpoint,
  );
}

/** Has parked deliveries of an endpoint tried again, as if for the first time. @returns how many */
export function replayParked(
  storage: Storage,
  endpoint: string,
  id: string | undefined,
  now: EpochMs,
): number {
  storage.sql.exec(
    "UPDATE deliveries SET state = 'waiting', next_at = ?1, tries = 0 WHERE endpoint = ?2 AND state = 'parked' AND (?3 IS NULL OR id = ?3)",
    now,
    endpoint,
    id ?? null,
  );
  return storage.sql.exec<{ n: number }>("SELECT changes() AS n").one().n;
}

export function listDeliveries(storage: Storage, state: DeliveryState, limit: number): Delivery[] {
  return storage.sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM deliveries WHERE state = ? ORDER BY next_at, endpoint, id LIMIT ?`,
      state,
      limit,
    )
    .toArray()
    .map(deliveryOf);
}

export type Count = { readonly endpoint: string; readonly state: DeliveryState; readonly n: number };

export function countDeliveries(storage: Storage, endpoint?: string): Count[] {
  return storage.sql
    .exec<Count>(
      "SELECT endpoint, state, COUNT(*) AS n FROM deliveries WHERE endpoint = ?1 OR ?1 IS NULL GROUP BY endpoint, state",
      endpoint ?? null,
    )
    .toArray();
}

/** Drops what an endpoint no longer asks for, in whatever state. */
export function dropUnwanted(storage: Storage, { id, types, purpose }: Endpoint): void {
  const marks = types.map(() => "?").join(", ");
  storage.sql.exec(
    `DELETE FROM deliveries WHERE endpoint = ? AND (type NOT IN (${marks}) OR purpose NOT IN ('', ?))`,
    id,
    ...types,
    purpose,
  );
}

export function dropEndpoint(storage: Storage, id: string): void {
  storage.sql.exec("DELETE FROM deliveries WHERE endpoint = ?", id);
  storage.sql.exec("DELETE FROM endpoints WHERE id = ?", id);
}

/** Drops what is queued about a person, for some purposes or (without any) altogether, but for the lasting types. */
export function dropAbout(
  storage: Storage,
  tag: string,
  lasting: readonly NoticeType[],
  purposes?: readonly string[],
): void {
  const marks = (list: readonly string[]) => list.map(() => "?").join(", ");
  const narrowed = purposes ? ` AND purpose IN (${marks(purposes)})` : "";
  storage.sql.exec(
    `DELETE FROM deliveries WHERE tag = ? AND type NOT IN (${marks(lasting)})${narrowed}`,
    tag,
    ...lasting,
    ...(purposes ?? []),
  );
}

/** Remembers that nothing of a purpose (empty: of any) that was noticed about a person until now is to be queued. */
export function hush(storage: Storage, tag: string, purpose: string, at: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO hushed (tag, purpose, at) VALUES (?, ?, ?) ON CONFLICT (tag, purpose) DO UPDATE SET at = MAX(at, excluded.at)",
    tag,
    purpose,
    at,
  );
}

export function isHushed(storage: Storage, tag: string, purpose: string, at: EpochMs): boolean {
  return (
    firstRow(
      storage.sql,
      "SELECT 1 AS yes FROM hushed WHERE tag = ? AND purpose IN ('', ?) AND at >= ?",
      tag,
      purpose,
      at,
    ) !== undefined
  );
}

/** How long a parked delivery can still be replayed: it holds personal data, so not for ever. Days. */
export const PARKED_DAYS = 30;
/** How long a shipment may be under way when the person it tells of is erased or withdraws. Days. */
const HUSHED_DAYS = 2;

/** Forgets what has been kept long enough. */
export function sweep(storage: Storage, endpoints: readonly string[], now: EpochMs): void {
  for (const id of endpoints)
    storage.sql.exec(
      "DELETE FROM deliveries WHERE endpoint = ? AND state = 'parked' AND next_at < ?",
      id,
      now - PARKED_DAYS * DAY_MS,
    );
  storage.sql.exec("DELETE FROM hushed WHERE at < ?", now - HUSHED_DAYS * DAY_MS);
}

/** Whether anything is kept that has to be forgotten one day: asked endpoint by endpoint, so that no table is read through. */
export function ages(storage: Storage, endpoints: readonly string[]): boolean {
  const parked = "SELECT 1 AS yes FROM deliveries WHERE endpoint = ? AND state = 'parked' LIMIT 1";
  return (
    firstRow(storage.sql, "SELECT 1 AS yes FROM hushed LIMIT 1") !== undefined ||
    endpoints.some((id) => firstRow(storage.sql, parked, id) !== undefined)
  );
}

export function readEndpoints(storage: Storage): Endpoint[] {
  return storage.sql
    .exec<{ body: string }>("SELECT body FROM endpoints ORDER BY id")
    .toArray()
    .map(({ body }) => JSON.parse(body) as Endpoint);
}

export function saveEndpoint(storage: Storage, endpoint: Endpoint): void {
  storage.sql.exec(
    "INSERT INTO endpoints (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
    endpoint.id,
    JSON.stringify(endpoint),
  );
}

/** What came of one try. Says nothing about whom the notice was about. */
export type Outcome = {
  readonly at: EpochMs;
  readonly endpoint: string;
  readonly id: string;
  readonly type: NoticeType;
  /** Which try it was, from 1. */
  readonly tries: number;
  readonly outcome: "delivered" | "failed" | "parked" | "withheld";
  /** What was answered, in a phrase. @example "answered 204" */
  readonly reason: string;
  readonly ms: number;
};

/** Outcomes kept for the marketer to look at; the oldest give way. */
const OUTCOMES_KEPT = 200;

/** Keeps an outcome in a ring: one row written each, however many there were. */
export function addOutcome(storage: Storage, outcome: Outcome): void {
  const last = firstRow<{ n: number | null }>(storage.sql, "SELECT MAX(n) AS n FROM outcomes")?.n ?? 0;
  storage.sql.exec(
    "INSERT INTO outcomes (slot, n, body) VALUES (?, ?, ?) ON CONFLICT (slot) DO UPDATE SET n = excluded.n, body = excluded.body",
    (last + 1) % OUTCOMES_KEPT,
    last + 1,
    JSON.stringify(outcome),
  );
}

/** The latest first. */
export function listOutcomes(storage: Storage): Outcome[] {
  return storage.sql
    .exec<{ body: string }>("SELECT body FROM outcomes ORDER BY n DESC")
    .toArray()
    .map(({ body }) => JSON.parse(body) as Outcome);
}
