import type { EpochMs } from "../core/primitives/time.ts";
import type { Storage } from "./sql.ts";

/**
 * `log.batch`: the last batch of slices that are no more. `writer`: grows at every start, so that a slice can tell who
 * writes to it now. `edits`: how often the log lost rows, by an erasure or by age; what was learned before is outdated.
 * `discarded`: objects that hold nothing anybody may read, until they confirm that they are empty.
 */
export const SLICES_TABLES = `
CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), batch INTEGER NOT NULL, writer INTEGER NOT NULL, edits INTEGER NOT NULL) STRICT;
INSERT INTO log (one, batch, writer, edits) VALUES (1, 0, 0, 0);
CREATE TABLE slices (n INTEGER PRIMARY KEY, object TEXT NOT NULL, opened_at INTEGER NOT NULL, is_open INTEGER NOT NULL, last INTEGER NOT NULL, rows INTEGER NOT NULL, size INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;
CREATE TABLE discarded (object TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** A stretch of the log: the batches after the slice before it, up to `last`. */
export type Slice = {
  readonly n: number;
  /** Id of the object that holds it now. */
  readonly object: string;
  readonly openedAt: EpochMs;
  readonly isOpen: boolean;
  readonly last: number;
  readonly rows: number;
  /** Characters of its rows. */
  readonly size: number;
  /** Moment of its newest fact. */
  readonly newest: EpochMs;
};

type SliceRow = Omit<Slice, "isOpen"> & { readonly isOpen: number } & Record<string, SqlStorageValue>;
const SLICE = `SELECT n, object, opened_at AS "openedAt", is_open AS "isOpen", last, rows, size, newest FROM slices`;
const sliceOf = (row: SliceRow): Slice => ({ ...row, isOpen: row.isOpen === 1 });

export function allSlices(storage: Storage): Slice[] {
  return storage.sql.exec<SliceRow>(`${SLICE} ORDER BY n`).toArray().map(sliceOf);
}

/** The slice that takes new batches, if there is one. */
export function openSlice(storage: Storage): Slice | undefined {
  return storage.sql.exec<SliceRow>(`${SLICE} WHERE is_open = 1`).toArray().map(sliceOf)[0];
}

/** Where the log goes on after a batch. */
export function sliceAfter(storage: Storage, batch: number): Slice | undefined {
  const rows = storage.sql.exec<SliceRow>(`${SLICE} WHERE last > ? ORDER BY n LIMIT 1`, batch).toArray();
  return rows.map(sliceOf)[0];
}

/** The last batch that is in the log for good. */
export function lastBatch(storage: Storage): number {
  return storage.sql
    .exec<{ last: number }>(
      "SELECT MAX(batch, COALESCE((SELECT MAX(last) FROM slices), 0)) AS last FROM log WHERE one = 1",
    )
    .one().last;
}

export function edits(storage: Storage): number {
  return storage.sql.exec<{ edits: number }>("SELECT edits FROM log WHERE one = 1").one().edits;
}

/** Notes that the log lost rows. */
export function countEdit(storage: Storage): void {
  storage.sql.exec("UPDATE log SET edits = edits + 1 WHERE one = 1");
}

/** A number for who writes from now on; higher than all before. */
export function nextWriter(storage: Storage): number {
  return storage.sql
    .exec<{ writer: number }>("UPDATE log SET writer = writer + 1 WHERE one = 1 RETURNING writer")
    .one().writer;
}

export function insertSlice(storage: Storage, object: string, now: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO slices (object, opened_at, is_open, last, rows, size, newest) VALUES (?, ?, 1, ?, 0, 0, 0)",
    object,
    now,
    lastBatch(storage),
  );
}

export function sealSlice(storage: Storage): void {
  storage.sql.exec("UPDATE slices SET is_open = 0 WHERE is_open = 1");
}

/** Notes a batch that the open slice holds. */
export function countBatch(
  storage: Storage,
  batch: { readonly batch: number; readonly size: number; readonly newest: EpochMs },
): void {
  storage.sql.exec(
    "UPDATE slices SET last = ?, rows = rows + 1, size = size + ?, newest = MAX(newest, ?) WHERE is_open = 1",
    batch.batch,
    batch.size,
    batch.newest,
  );
}

/** Puts a copy in a slice's place. The object that held it is discarded in the same breath. Call in a transaction. */
export function replaceSlice(
  storage: Storage,
  slice: Slice,
  copy: { readonly object: string; readonly rows: number; readonly size: number },
): void {
  storage.sql.exec(
    "UPDATE slices SET object = ?, rows = ?, size = ? WHERE n = ?",
    copy.object,
    copy.rows,
    copy.size,
    slice.n,
  );
  confirmEmpty(storage, copy.object);
  discard(storage, slice.object);
}

/** Takes a slice out of the log, and remembers how far the log had come. Call in a transaction. */
export function dropSlice(storage: Storage, slice: Slice): void {
  storage.sql.exec("UPDATE log SET batch = ? WHERE one = 1", lastBatch(storage));
  storage.sql.exec("DELETE FROM slices WHERE n = ?", slice.n);
  discard(storage, slice.object);
}

export function discard(storage: Storage, object: string): void {
  storage.sql.exec("INSERT INTO discarded (object) VALUES (?) ON CONFLICT DO NOTHING", object);
}

export function discarded(storage: Storage): string[] {
  return storage.sql
    .exec<{ object: string }>("SELECT object FROM discarded")
    .toArray()
    .map((row) => row.object);
}

export function confirmEmpty(storage: Storage, object: string): void {
  storage.sql.exec("DELETE FROM discarded WHERE object = ?", object);
}
