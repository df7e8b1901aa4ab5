import type { Env } from "../env.ts";
import type { TallyRow } from "../store/tally-store.ts";
import type { LedgerObject } from "./ledger-object.ts";

/**
 * The objects that a site's sums are spread over beside the ledger. Sums only ever add up, so a shard that came later needs
 * nothing of what came before: every number is the sum of what all of them say.
 */
export class LedgerShards {
  readonly #storage: DurableObjectStorage;
  readonly #env: Env;

  constructor(storage: DurableObjectStorage, env: Env) {
    this.#storage = storage;
    this.#env = env;
  }

  /** Adds those that are not known yet. */
  widen(shards: readonly string[]): void {
    const known = this.#all();
    const next = [...new Set([...known, ...shards])];
    if (next.length > known.length) this.#storage.kv.put("shards", next);
  }

  /** What each of them answers. A number that lacks a part would be a wrong one: if one fails, so does the question. */
  ask<T>(question: (shard: DurableObjectStub<LedgerObject>) => Promise<T>): Promise<T[]> {
    const { LEDGER } = this.#env;
    return Promise.all(this.#all().map((shard) => question(LEDGER.get(LEDGER.idFromString(shard)))));
  }

  #all(): readonly string[] {
    return this.#storage.kv.get<readonly string[]>("shards") ?? [];
  }
}

/** The numbers of several objects as those of one, by name, part and metric; what adds up to nothing is left out. */
export function sumTallies([first = [], ...others]: readonly (readonly TallyRow[])[]): TallyRow[] {
  if (others.every((rows) => rows.length === 0)) return [...first];
  const sums = new Map<string, TallyRow>();
  for (const row of [first, ...others].flat()) {
    const key = `${row.name}\n${row.part}\n${row.metric}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, value: known.value + row.value } : row);
  }
  return [...sums]
    .filter(([, { value }]) => value !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}
