import type { RunReport } from "../core/import/report.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { hasTables, migrate, type Migrations } from "./migrations.ts";
import { firstRow, type Storage } from "./sql.ts";

/** Finished and staged runs that are listed; older reports go. */
export const RUNS_MAX = 500;

export const SHELF_MIGRATIONS: Migrations = [
  `
CREATE TABLE runs (run TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, report TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE secrets (platform TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, at INTEGER NOT NULL, sealed TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE hooks (platform TEXT NOT NULL, topic TEXT NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (platform, topic)) STRICT, WITHOUT ROWID;
`,
];

/** Secret of a platform's webhooks: sealed where it is theirs; where it is ours only the version it is derived from. */
export type HookSecret = { readonly version: number; readonly at: EpochMs; readonly sealed: string | null };
/** What came of the latest webhook of a topic. */
export type HookRow = {
  readonly platform: string;
  readonly topic: string;
  readonly count: number;
  readonly at: EpochMs;
  readonly outcome: string;
};

/** What a site keeps of its imports and shop systems: reports and secrets, nothing of a person. */
export class ShelfStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get #sql(): SqlStorage {
    migrate(this.#storage, SHELF_MIGRATIONS);
    return this.#storage.sql;
  }

  get isEmpty(): boolean {
    return !hasTables(this.#storage);
  }

  report(run: string): RunReport | undefined {
    if (this.isEmpty) return undefined;
    const row = firstRow<{ report: string }>(this.#sql, "SELECT report FROM runs WHERE run = ?", run);
    return row && (JSON.parse(row.report) as RunReport);
  }

  reports(limit: number): RunReport[] {
    if (this.isEmpty) return [];
    return this.#sql
      .exec<{ report: string }>("SELECT report FROM runs ORDER BY at DESC LIMIT ?", limit)
      .toArray()
      .map((row) => JSON.parse(row.report) as RunReport);
  }

  keep(report: RunReport): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO runs (run, at, report) VALUES (?, ?, ?)",
      report.run,
      report.createdAt,
      JSON.stringify(report),
    );
    this.#sql.exec(
      "DELETE FROM runs WHERE run NOT IN (SELECT run FROM runs ORDER BY at DESC LIMIT ?)",
      RUNS_MAX,
    );
  }

  drop(run: string): void {
    this.#sql.exec("DELETE FROM runs WHERE run = ?", run);
  }

  secret(platform: string): HookSecret | undefined {
    if (this.isEmpty) return undefined;
    return firstRow<{ version: number; at: number; sealed: string | null }>(
      this.#sql,
      "SELECT version, at, sealed FROM secrets WHERE platform = ?",
      platform,
    );
  }

  setSecret(platform: string, sealed: string | null, now: EpochMs): number {
    const version = (this.secret(platform)?.version ?? 1) + (sealed === null ? 1 : 0);
    this.#sql.exec(
      "INSERT OR REPLACE INTO secrets (platform, version, at, sealed) VALUES (?, ?, ?, ?)",
      platform,
      version,
      now,
      sealed,
    );
    return version;
  }

  note(platform: string, topic: string, outcome: string, now: EpochMs): void {
    this.#sql.exec(
      "INSERT INTO hooks (platform, topic, count, at, outcome) VALUES (?, ?, 1, ?, ?) ON CONFLICT (platform, topic) DO UPDATE SET count = count + 1, at = excluded.at, outcome = excluded.outcome",
      platform,
      topic,
      now,
      outcome,
    );
  }

  hooks(): HookRow[] {
    if (this.isEmpty) return [];
    return this.#sql
      .exec<HookRow & Record<string, SqlStorageValue>>(
        "SELECT platform, topic, count, at, outcome FROM hooks ORDER BY platform, topic",
      )
      .toArray();
  }
}
