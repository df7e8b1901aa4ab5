import type { Delta } from "../core/profile/delta.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import type { Storage } from "./sql.ts";

export const LEDGER_MIGRATIONS: Migrations = [
  `
CREATE TABLE tallies (family TEXT NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL, metric TEXT NOT NULL, value REAL NOT NULL, PRIMARY KEY (family, name, part, metric)) STRICT, WITHOUT ROWID;
${RECEIPTS_TABLE}
`,
];

/** Adds differences to their tallies; those of one key are summed first, so each key costs one row. */
export function addDeltas(storage: Storage, deltas: readonly Delta[]): void {
  const sums = new Map<string, [string, string, string, string, number]>();
  for (const { family, name, part, metric, by } of deltas) {
    const key = JSON.stringify([family, name, part, metric]);
    const sum = sums.get(key);
    if (sum) sum[4] += by;
    else sums.set(key, [family, name, part, metric, by]);
  }
  storage.sql.exec(
    `INSERT INTO tallies (family, name, part, metric, value)
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]')
     FROM json_each(?) WHERE true
     ON CONFLICT (family, name, part, metric) DO UPDATE SET value = value + excluded.value`,
    JSON.stringify([...sums.values()]),
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
