import type { Fact } from "../core/recommend/fact.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import type { Storage } from "./sql.ts";

export const MODEL_MIGRATIONS: Migrations = [
  `
CREATE TABLE behaviour (seq INTEGER PRIMARY KEY, facts TEXT NOT NULL) STRICT;
${RECEIPTS_TABLE}
`,
];

/** Appends what one parcel taught; rows of the model are always derived from these, in this order. */
export function appendFacts(storage: Storage, facts: readonly Fact[]): void {
  storage.sql.exec("INSERT INTO behaviour (facts) VALUES (?)", JSON.stringify(facts));
}

/** The retained log, in receiver order, a page at a time: the whole of it may not fit in memory at once. */
export function* replayFacts(storage: Storage): Generator<Fact> {
  for (let after = 0; ;) {
    const rows = storage.sql
      .exec<{ seq: number; facts: string }>(
        "SELECT seq, facts FROM behaviour WHERE seq > ? ORDER BY seq LIMIT 1000",
        after,
      )
      .toArray();
    for (const row of rows) yield* JSON.parse(row.facts) as Fact[];
    if (rows.length < 1000) return;
    after = rows.at(-1)!.seq;
  }
}

export function lastSeq(storage: Storage): number {
  return storage.sql.exec<{ last: number | null }>("SELECT MAX(seq) AS last FROM behaviour").one().last ?? 0;
}
