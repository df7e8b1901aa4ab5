import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { objectsOf } from "./object-files.ts";

/** The erase ledger beside a backup: NDJSON, a line for each erasure. */
export const ERASURES = "erasures.ndjson";

/** That an object was erased. It names nobody: objects are keyed hashes. */
export type Erasure = {
  /** The ledger's own object. */
  readonly ledger: string;
  readonly object: string;
  readonly at: number;
  readonly receipt: string;
  /** Since when the person is back by a registration of theirs; null: they are not. */
  readonly returnedAt: number | null;
};

type Row = { object: string; at: number; receipt: string; returned_at: number | null };

const hasTable = (database: DatabaseSync, name: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined;

/** Every erasure that the ledgers of a folder remember, also while it is served. */
export function readErasures(objects: string): Erasure[] {
  return objectsOf(objects, "LedgerObject").flatMap((path) => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      if (!hasTable(database, "burials")) return [];
      const rows = database.prepare("SELECT object, at, receipt, returned_at FROM burials").all() as Row[];
      return rows.map(({ returned_at: returnedAt, ...row }) => ({
        ledger: basename(path, ".sqlite"),
        ...row,
        returnedAt,
      }));
    } finally {
      database.close();
    }
  });
}

/** Writes the erase ledger to a file, in one step. @returns how many erasures it holds */
export function exportErasures(objects: string, to: string): number {
  const erasures = readErasures(objects);
  const text = erasures.map((one) => `${JSON.stringify(one)}\n`).join("");
  writeFileSync(`${to}.part`, text, { mode: 0o600 });
  renameSync(`${to}.part`, to);
  return erasures.length;
}

export const parseErasures = (path: string): Erasure[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Erasure);

/**
 * Gives erasures back to the ledgers of a folder that is not served: the newest word on each object stands, as when they are
 * posted to `/v1/erasures`. What the copy still holds of the erased is then taken out by the server itself.
 * @returns how many were new
 */
export function giveErasuresBack(objects: string, erasures: readonly Erasure[]): number {
  const byLedger = Map.groupBy(erasures, ({ ledger }) => ledger);
  let added = 0;
  for (const path of objectsOf(objects, "LedgerObject")) {
    const database = new DatabaseSync(path);
    try {
      if (!hasTable(database, "burials")) continue;
      database.exec("BEGIN IMMEDIATE");
      const owe = database.prepare("INSERT INTO owed (target, body) VALUES (?, ?)");
      const bury = database.prepare(
        "INSERT INTO burials (object, at, receipt, returned_at) VALUES (?, ?, ?, ?) ON CONFLICT (object) DO UPDATE SET at = excluded.at, receipt = excluded.receipt, returned_at = excluded.returned_at WHERE excluded.at > burials.at",
      );
      for (const { object, at, receipt, returnedAt } of byLedger.get(basename(path, ".sqlite")) ?? []) {
        if (bury.run(object, at, receipt, returnedAt).changes === 0) continue;
        if (returnedAt === null) owe.run(object, JSON.stringify({ act: "erase", at, upTo: 0 }));
        added++;
      }
      database.exec("COMMIT");
    } finally {
      database.close();
    }
  }
  return added;
}
