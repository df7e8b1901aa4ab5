import type { RunReport } from "../core/import/report.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { hasTables, migrate, type Migrations } from "./migrations.ts";
import { firstRow, type Storage } from "./sql.ts";

export const IMPORT_MIGRATIONS: Migrations = [
  `
CREATE TABLE run (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
CREATE TABLE chunks (no INTEGER PRIMARY KEY, sealed TEXT NOT NULL) STRICT;
`,
];

/** What a customer's object has to be told with every call of a run. */
export type Envelope = {
  readonly site: string;
  readonly receivers: { readonly model: string; readonly ledger: string; readonly courier: string };
  readonly tallies?: readonly string[];
  readonly policyVersion: string;
  readonly grantDays: number;
  readonly retention: {
    readonly behaviourDays: number;
    readonly orderDays: number;
    readonly idleCustomerDays: number;
    readonly idleVisitorDays: number;
  };
};

/** A run on its way: the report as it stands, and how far the commit has come. */
export type RunState = {
  readonly site: string;
  readonly report: RunReport;
  readonly expiresAt: EpochMs;
  /** Object id of the site's shelf of reports. */
  readonly shelf: string;
  readonly chunks: number;
  readonly envelope?: Envelope;
  /** The chunk that was begun last, so that one begun twice is known as such. */
  readonly begun: number;
  readonly done: number;
};

/** A run's tables. An object nobody staged anything in gets none. */
export class ImportStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  run(): RunState | undefined {
    if (!hasTables(this.#storage)) return undefined;
    const row = firstRow<{ body: string }>(this.#storage.sql, "SELECT body FROM run WHERE one = 1");
    return row && (JSON.parse(row.body) as RunState);
  }

  save(run: RunState): void {
    migrate(this.#storage, IMPORT_MIGRATIONS);
    this.#storage.sql.exec("INSERT OR REPLACE INTO run (one, body) VALUES (1, ?)", JSON.stringify(run));
  }

  chunk(no: number): string | undefined {
    return firstRow<{ sealed: string }>(this.#storage.sql, "SELECT sealed FROM chunks WHERE no = ?", no)
      ?.sealed;
  }

  putChunk(no: number, sealed: string): void {
    this.#storage.sql.exec("INSERT OR REPLACE INTO chunks (no, sealed) VALUES (?, ?)", no, sealed);
  }
}
