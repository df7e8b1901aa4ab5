import type { Storage } from "./sql.ts";

/** One message to one receiver. `seq` only ever grows within a source. */
export type Parcel = { readonly seq: number; readonly payload: string };

/** What a receiver is handed. `source` is the sending object's id and the epoch of its storage. */
export type Shipment = { readonly source: string; readonly parcels: readonly Parcel[] };

/** Everything one call owes the model and the ledger, in one row: a row costs the same however much is in it. */
export type Owed = { readonly seq: number; readonly facts: string | null; readonly deltas: string | null };

export const OUTBOX_TABLE = `
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, facts TEXT, deltas TEXT) STRICT;
`;

/** Writes what is owed. Only inside the transaction of the events that caused it: the outbox is the only way out. */
export function post(
  storage: Storage,
  seq: number,
  facts: readonly unknown[],
  deltas: readonly unknown[],
): void {
  const text = (list: readonly unknown[]) => (list.length > 0 ? JSON.stringify(list) : null);
  storage.sql.exec(
    "INSERT INTO outbox (seq, facts, deltas) VALUES (?, ?, ?)",
    seq,
    text(facts),
    text(deltas),
  );
}

/** The oldest rows after a sequence, in order. */
export function owedAfter(storage: Storage, seq: number, limit = 500): Owed[] {
  return storage.sql
    .exec<Owed & Record<string, SqlStorageValue>>(
      "SELECT seq, facts, deltas FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?",
      seq,
      limit,
    )
    .toArray();
}

/** The part of it that one receiver gets. */
export function parcelsOf(owed: readonly Owed[], part: "facts" | "deltas"): Parcel[] {
  return owed.flatMap((row) => (row[part] === null ? [] : [{ seq: row.seq, payload: row[part] }]));
}

/** Forgets what both receivers have confirmed. */
export function forgetUpTo(storage: Storage, seq: number): void {
  storage.sql.exec("DELETE FROM outbox WHERE seq <= ?", seq);
}

export function outboxSize(storage: Storage): number {
  return storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM outbox").one().n;
}
