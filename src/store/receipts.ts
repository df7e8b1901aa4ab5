import type { Parcel, Shipment } from "./outbox.ts";
import type { Storage } from "./sql.ts";

export const RECEIPTS_TABLE = `
CREATE TABLE receipts (source TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Applies the parcels of a shipment that were not applied before, and remembers the last. Call inside a transaction:
 * senders may repeat themselves after a crash, effects never do.
 * @returns the last sequence that is now applied, for the sender to forget up to.
 */
export function receiveOnce(storage: Storage, shipment: Shipment, apply: (parcel: Parcel) => void): number {
  const [row] = storage.sql
    .exec<{ last: number }>("SELECT last FROM receipts WHERE source = ?", shipment.source)
    .toArray();
  const known = row?.last ?? 0;
  let last = known;
  for (const parcel of shipment.parcels) {
    if (parcel.seq <= last) continue;
    apply(parcel);
    last = parcel.seq;
  }
  if (last > known) {
    storage.sql.exec(
      "INSERT INTO receipts (source, last) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET last = excluded.last",
      shipment.source,
      last,
    );
  }
  return last;
}
