import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export type Row = Record<string, string | number | bigint | null | Uint8Array>;

/** A file's tables, read and closed again: thousands of files must not be open at once. */
export function withTables<T>(path: string, read: (all: (table: string, columns: string) => Row[]) => T): T {
  const database = new DatabaseSync(path);
  try {
    const tables = new Set(
      (database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as Row[]).map(
        (row) => row["name"],
      ),
    );
    return read((table, columns) =>
      tables.has(table) ? (database.prepare(`SELECT ${columns} FROM ${table}`).all() as Row[]) : [],
    );
  } finally {
    database.close();
  }
}

/** Paths of the objects of a class, by object id. */
export function filesOf(
  dataDir: string,
  className: string,
): { readonly object: string; readonly path: string }[] {
  const dir = join(dataDir, `concierge-${className}`);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
    .map((name) => ({ object: name.slice(0, -".sqlite".length), path: join(dir, name) }));
}

/** A column as text. */
export const text = (value: Row[string] | undefined): string => String(value);
/** Ids of the objects of a class that have an alarm set. */
export function alarmsOf(dataDir: string, className: string): Set<string> {
  const path = join(dataDir, `concierge-${className}`, "metadata.sqlite");
  if (!existsSync(path)) return new Set();
  return withTables(path, (all) => new Set(all("_cf_ALARM", "actor_id").map((row) => text(row["actor_id"]))));
}
