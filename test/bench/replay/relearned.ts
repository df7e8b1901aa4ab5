import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ActFact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn } from "../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";

type Batch = { readonly batch: number; readonly entries: string };
type Entry = readonly [source: string, seq: number, facts: readonly ActFact[]];

/**
 * The model that follows from the behaviour log on disk, in the order in which it came: what a served list must equal.
 * Only the log is the server's here; learning, publishing and ranking run in this process, as in the other benches.
 */
export function relearned(dataDir: string, minCustomers: number): ModelSnapshot {
  const batches = filesUnder(dataDir)
    .flatMap(batchesIn)
    .sort((a, b) => a.batch - b.batch);
  if (batches.length === 0) throw new Error(`No behaviour log under ${dataDir}.`);
  const model = emptyModel({ supportersCap: Math.max(5, minCustomers) });
  for (const { entries } of batches) {
    for (const [who, , facts] of JSON.parse(entries) as Entry[]) {
      for (const fact of facts) learn(model, { ...fact, who });
    }
  }
  return publish(model, { minCustomers, version: batches.at(-1)!.batch, now: Date.now() });
}

const filesUnder = (dataDir: string): string[] =>
  readdirSync(dataDir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sqlite"))
    .map((name) => join(dataDir, name));

function batchesIn(path: string): Batch[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE name = 'batches'").all();
    if (tables.length === 0) return [];
    return database.prepare("SELECT batch, entries FROM batches").all() as unknown as Batch[];
  } finally {
    database.close();
  }
}
