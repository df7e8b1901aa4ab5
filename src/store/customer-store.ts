import type { ResolvedEvent } from "../core/event/resolved.ts";
import { decodeProfile, encodeProfile, type Profile } from "../core/profile/profile.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Migrations } from "./migrations.ts";
import { OUTBOX_TABLE } from "./outbox.ts";
import { SCHEDULE_TABLE } from "./schedule.ts";
import type { Storage } from "./sql.ts";

export const CUSTOMER_MIGRATIONS: Migrations = [
  `
CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, model TEXT NOT NULL, ledger TEXT NOT NULL, profile TEXT NOT NULL) STRICT;
CREATE TABLE log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, events TEXT NOT NULL) STRICT;
CREATE TABLE seen (id TEXT NOT NULL PRIMARY KEY, digest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
${OUTBOX_TABLE}
${SCHEDULE_TABLE}
`,
];

/** What a customer's storage says of itself, beside the profile. */
export type Customer = {
  /** Random, minted when this storage was empty: with the object's id it names a source that never repeats. */
  readonly epoch: string;
  /** Ids of the objects that receive this customer's effects. */
  readonly model: string;
  readonly ledger: string;
  readonly profile: Profile;
};

/** The customer as stored, or `undefined` where nothing was ever stored. */
export function loadCustomer(storage: Storage): Customer | undefined {
  const [row] = storage.sql
    .exec<{ epoch: string; model: string; ledger: string; profile: string }>(
      "SELECT epoch, model, ledger, profile FROM state WHERE one = 1",
    )
    .toArray();
  return row && { ...row, profile: decodeProfile(row.profile) };
}

export function saveCustomer(storage: Storage, { epoch, model, ledger, profile }: Customer): void {
  storage.sql.exec(
    "INSERT INTO state (one, epoch, model, ledger, profile) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET profile = excluded.profile",
    epoch,
    model,
    ledger,
    encodeProfile(profile),
  );
}

/** Digests of those of these event ids that were stored before. */
export function knownDigests(storage: Storage, ids: readonly string[]): Map<string, number> {
  const rows = storage.sql.exec<{ id: string; digest: number }>(
    "SELECT id, digest FROM seen WHERE id IN (SELECT value FROM json_each(?))",
    JSON.stringify(ids),
  );
  return new Map(rows.toArray().map((row) => [row.id, row.digest]));
}

/** Appends a call's accepted events: one row for the batch, one narrow row per id. */
export function appendEvents(
  storage: Storage,
  seq: number,
  at: EpochMs,
  source: string,
  events: readonly ResolvedEvent[],
): void {
  storage.sql.exec(
    "INSERT INTO log (seq, at, source, events) VALUES (?, ?, ?, ?)",
    seq,
    at,
    source,
    JSON.stringify(events),
  );
  storage.sql.exec(
    "INSERT INTO seen (id, digest) SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)",
    JSON.stringify(events.map((event) => [event.id, event.digest])),
  );
}
