import { summed, type Delta } from "../core/profile/delta.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import type { Storage } from "./sql.ts";

export const LEDGER_MIGRATIONS: Migrations = [
  `
CREATE TABLE tallies (family TEXT NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL, metric TEXT NOT NULL, value REAL NOT NULL, PRIMARY KEY (family, name, part, metric)) STRICT, WITHOUT ROWID;
${RECEIPTS_TABLE}
`,
];

/** Adds differences to their tallies; each tally costs one row however many differences it gets. */
export function addDeltas(storage: Storage, deltas: readonly Delta[]): void {
  const rows = summed(deltas).map(({ family, name, part, metric, by }) => [family, name, part, metric, by]);
  storage.sql.exec(
    `INSERT INTO tallies (family, name, part, metric, value)
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]')
     FROM json_each(?) WHERE true
     ON CONFLICT (family, name, part, metric) DO UPDATE SET value = value + excluded.value`,
    JSON.stringify(rows),
  );
}

export type TallyRow = {
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly value: number;
};

export function readTallies(storage: Storage, family: Delta["family"], name?: string): TallyRow[] {
  return storage.sql
    .exec<TallyRow & Record<string, SqlStorageValue>>(
      "SELECT name, part, metric, value FROM tallies WHERE family = ? AND (?2 IS NULL OR name = ?2) ORDER BY name, part, metric",
      family,
      name ?? null,
    )
    .toArray();
}
