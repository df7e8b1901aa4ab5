import type { Migrations } from "./migrations.ts";
import type { Storage } from "./sql.ts";

export const BEHAVIOUR_MIGRATIONS: Migrations = [
  `
CREATE TABLE batches (batch INTEGER PRIMARY KEY, size INTEGER NOT NULL, entries TEXT NOT NULL) STRICT;
CREATE TABLE writer (one INTEGER PRIMARY KEY CHECK (one = 1), writer INTEGER NOT NULL) STRICT;
`,
];

/** One commit of the log: JSON text of `[source, seq, facts][]`, in the order in which they came. */
export type Batch = { readonly batch: number; readonly entries: string };

/** `isEnd`: nothing came after it when it was read. */
export type Page = { readonly batches: readonly Batch[]; readonly isEnd: boolean };

/** Characters of a page, at most, and one batch at least: bounds what one reading holds in memory. */
const PAGE_SIZE_MAX = 1_000_000;

export function lastBatchHere(storage: Storage): number {
  return storage.sql.exec<{ last: number | null }>("SELECT MAX(batch) AS last FROM batches").one().last ?? 0;
}

export function writerHere(storage: Storage): number {
  return (
    storage.sql.exec<{ writer: number }>("SELECT writer FROM writer WHERE one = 1").toArray()[0]?.writer ?? 0
  );
}

export function setWriter(storage: Storage, writer: number): void {
  storage.sql.exec(
    "INSERT INTO writer (one, writer) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET writer = excluded.writer",
    writer,
  );
}

export function insertBatch(storage: Storage, { batch, entries }: Batch): void {
  storage.sql.exec(
    "INSERT INTO batches (batch, size, entries) VALUES (?, ?, ?)",
    batch,
    entries.length,
    entries,
  );
}

/** The batches after one, in order, a page at a time. */
export function readPage(storage: Storage, after: number, limit: number): Page {
  const ahead = storage.sql
    .exec<{ batch: number; size: number }>(
      "SELECT batch, size FROM batches WHERE batch > ? ORDER BY batch LIMIT ?",
      after,
      limit + 1,
    )
    .toArray();
  let taken = 0;
  for (let size = 0; taken < Math.min(ahead.length, limit); taken++) {
    size += ahead[taken]!.size;
    if (taken > 0 && size > PAGE_SIZE_MAX) break;
  }
  const batches = storage.sql
    .exec<Batch & Record<string, SqlStorageValue>>(
      "SELECT batch, entries FROM batches WHERE batch > ? ORDER BY batch LIMIT ?",
      after,
      taken,
    )
    .toArray();
  return { batches, isEnd: taken === ahead.length };
}

/** Whether any of these sources occurs in these batches. A likeness in an item's id may say yes for nothing. */
export function holdsAny(
  storage: Storage,
  sources: readonly { readonly source: string; readonly first: number; readonly last: number }[],
): boolean {
  return sources.some(({ source, first, last }) => {
    const found = storage.sql.exec(
      "SELECT 1 FROM batches WHERE batch BETWEEN ? AND ? AND instr(entries, ?) > 0 LIMIT 1",
      first,
      last,
      JSON.stringify(source),
    );
    return found.toArray().length > 0;
  });
}
