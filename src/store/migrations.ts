import type { Storage } from "./sql.ts";

/** SQL that brings a table family from nothing to today. Append only: an applied entry is never edited. */
export type Migrations = readonly string[];

/**
 * Brings an object's tables up to date, in one transaction; does nothing when they are. Refuses a store that a newer
 * build has written. (`PRAGMA user_version` is forbidden in a Durable Object, so the number is kept in a table.)
 */
export function migrate(storage: Storage, migrations: Migrations): void {
  storage.transactionSync(() => {
    storage.sql.exec("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY) STRICT");
    const [row] = storage.sql
      .exec<{ version: number | null }>("SELECT MAX(version) AS version FROM migrations")
      .toArray();
    const applied = row?.version ?? 0;
    if (applied > migrations.length) {
      throw new Error(
        `The store is at version ${applied}; this build knows ${migrations.length}. Deploy the newer build.`,
      );
    }
    for (let version = applied + 1; version <= migrations.length; version++) {
      storage.sql.exec(migrations[version - 1]!);
      storage.sql.exec("INSERT INTO migrations (version) VALUES (?)", version);
    }
  });
}

/** Whether anything was ever stored here. */
export function hasTables(storage: Storage): boolean {
  return storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").toArray().length > 0;
}
