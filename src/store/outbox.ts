import type { Storage } from "./sql.ts";

/** Where a customer's effects go. */
export type Destination = "model" | "ledger";

/** One message: everything one call owes one destination. `seq` only ever grows within a source. */
export type Parcel = { readonly seq: number; readonly payload: string };

/** What a receiver is handed. `source` is the sending object's id and the epoch of its storage. */
export type Shipment = { readonly source: string; readonly parcels: readonly Parcel[] };

export const OUTBOX_TABLE = `
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, destination TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
`;

/** Writes a parcel. Only inside the transaction of the event that caused it: the outbox is the only way out. */
export function post(storage: Storage, seq: number, destination: Destination, payload: unknown): void {
  storage.sql.exec(
    "INSERT INTO outbox (seq, destination, payload) VALUES (?, ?, ?)",
    seq,
    destination,
    JSON.stringify(payload),
  );
}

/** The oldest parcels for a destination, in order. */
export function pending(storage: Storage, destination: Destination, limit = 500): Parcel[] {
  return storage.sql
    .exec<Parcel & Record<string, SqlStorageValue>>(
      "SELECT seq, payload FROM outbox WHERE destination = ? ORDER BY seq LIMIT ?",
      destination,
      limit,
    )
    .toArray();
}

/** Forgets what a receiver has confirmed. */
export function confirm(storage: Storage, destination: Destination, lastSeq: number): void {
  storage.sql.exec("DELETE FROM outbox WHERE destination = ? AND seq <= ?", destination, lastSeq);
}

export function outboxSize(storage: Storage): number {
  return storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM outbox").one().n;
}
