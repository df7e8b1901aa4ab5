import type { EpochMs } from "../core/primitives/time.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import { SCHEDULE_TABLE } from "./schedule.ts";
import { SLICES_TABLES } from "./slice-store.ts";
import type { Storage } from "./sql.ts";
import { TOLD_TABLE } from "./told-store.ts";

export const MODEL_MIGRATIONS: Migrations = [
  `
CREATE TABLE behaviour (seq INTEGER PRIMARY KEY, facts TEXT NOT NULL) STRICT;
${RECEIPTS_TABLE}
`,
  `
DROP TABLE behaviour;
ALTER TABLE receipts ADD COLUMN first_batch INTEGER;
ALTER TABLE receipts ADD COLUMN last_batch INTEGER;
CREATE TABLE forgotten (source TEXT NOT NULL PRIMARY KEY, receipt TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, cleared_at INTEGER) STRICT, WITHOUT ROWID;
${SLICES_TABLES}
${SCHEDULE_TABLE}
`,
  TOLD_TABLE,
];

/** Higher than any sequence: whoever is forgotten has nothing more to say. */
const NEVER_AGAIN = Number.MAX_SAFE_INTEGER;

/** The last sequence received from each of these sources; absent where nothing was. */
export function lastSequences(storage: Storage, sources: readonly string[]): Map<string, number> {
  const rows = storage.sql.exec<{ source: string; last: number }>(
    "SELECT source, last FROM receipts WHERE source IN (SELECT value FROM json_each(?))",
    JSON.stringify(sources),
  );
  return new Map(rows.toArray().map((row) => [row.source, row.last]));
}

/**
 * Remembers what a batch brought: the last sequence of each source, and in which batches a source occurs. Never goes
 * back: a source that was forgotten while its batch was on the way stays forgotten.
 */
export function saveReceipts(storage: Storage, batch: number, lasts: ReadonlyMap<string, number>): void {
  storage.sql.exec(
    `INSERT INTO receipts (source, last, first_batch, last_batch)
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ?1, ?1 FROM json_each(?2) WHERE true
     ON CONFLICT (source) DO UPDATE SET last = MAX(last, excluded.last), first_batch = COALESCE(first_batch, ?1), last_batch = ?1`,
    batch,
    JSON.stringify([...lasts]),
  );
}

/** Marks sources as forgotten, each once. @returns whether the log held anything of those that are new. */
export function markForgotten(
  storage: Storage,
  sources: readonly string[],
  mark: { readonly receiptId: string; readonly at: EpochMs; readonly until: EpochMs },
): boolean {
  let held = false;
  for (const source of sources) {
    const isNew = storage.sql.exec(
      "INSERT INTO forgotten (source, receipt, at, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      source,
      mark.receiptId,
      mark.at,
      mark.until,
    ).rowsWritten;
    if (isNew === 0) continue;
    const { first } = storage.sql
      .exec<{ first: number | null }>(
        "INSERT INTO receipts (source, last) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET last = ?2 RETURNING first_batch AS first",
        source,
        NEVER_AGAIN,
      )
      .one();
    held ||= first !== null;
  }
  return held;
}

/** A forgotten source whose rows are not yet known to be gone, and the batches between which they lie. */
export type Pending = {
  readonly source: string;
  readonly until: EpochMs;
  readonly first: number | null;
  readonly last: number | null;
};

/** Everybody who was forgotten and whose rows may still lie in a slice. */
export function pendingForgotten(storage: Storage): Pending[] {
  return storage.sql
    .exec<Pending & Record<string, SqlStorageValue>>(
      "SELECT f.source, f.until, r.first_batch AS first, r.last_batch AS last FROM forgotten f JOIN receipts r USING (source) WHERE f.cleared_at IS NULL",
    )
    .toArray();
}

/** By when the last of these sources is cleared, as promised when each was forgotten. */
export function promisedBy(storage: Storage, sources: readonly string[]): EpochMs | undefined {
  const { until } = storage.sql
    .exec<{ until: number | null }>(
      "SELECT MAX(until) AS until FROM forgotten WHERE source IN (SELECT value FROM json_each(?))",
      JSON.stringify(sources),
    )
    .one();
  return until ?? undefined;
}

export function markCleared(storage: Storage, sources: readonly string[], now: EpochMs): void {
  storage.sql.exec(
    "UPDATE forgotten SET cleared_at = ? WHERE source IN (SELECT value FROM json_each(?))",
    now,
    JSON.stringify(sources),
  );
}
