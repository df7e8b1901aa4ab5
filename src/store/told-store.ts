import type { EpochMs } from "../core/primitives/time.ts";
import type { Storage } from "./sql.ts";

/** What was told last, in pieces; `terms` and `at` are the same in all. */
export const TOLD_TABLE = `
CREATE TABLE told (piece INTEGER PRIMARY KEY, terms TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
`;

/** A value in storage has a limit of 2 MB. */
const PIECE_BYTES = 1 << 20;

/** Puts these bytes in the place of those before. Writes a row for each megabyte. */
export function saveTold(storage: Storage, terms: string, at: EpochMs, bytes: Uint8Array): void {
  storage.transactionSync(() => {
    let piece = 0;
    for (let from = 0; from < bytes.length; from += PIECE_BYTES, piece++)
      storage.sql.exec(
        "INSERT OR REPLACE INTO told (piece, terms, at, bytes) VALUES (?, ?, ?, ?)",
        piece,
        terms,
        at,
        bytes.slice(from, from + PIECE_BYTES).buffer,
      );
    storage.sql.exec("DELETE FROM told WHERE piece >= ?", piece);
  });
}

/** What was told last by these terms, and when it was stored. */
export function readTold(
  storage: Storage,
  terms: string,
): { readonly at: EpochMs; readonly bytes: Uint8Array } | undefined {
  const pieces = storage.sql
    .exec<{ at: number; bytes: ArrayBuffer }>(
      "SELECT at, bytes FROM told WHERE terms = ? ORDER BY piece",
      terms,
    )
    .toArray();
  if (pieces.length === 0) return undefined;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.byteLength, 0));
  let from = 0;
  for (const piece of pieces) {
    bytes.set(new Uint8Array(piece.bytes), from);
    from += piece.bytes.byteLength;
  }
  return { at: pieces[0]!.at, bytes };
}

/** Forgets what was told: it holds on to people. */
export function dropTold(storage: Storage): void {
  storage.sql.exec("DELETE FROM told");
}
