import type { Delta } from "../core/profile/delta.ts";
import type { Storage } from "./sql.ts";

export const TALLIES_TABLE = `
CREATE TABLE tallies (family TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (family, name)) STRICT, WITHOUT ROWID;
`;

/** Numbers by part and metric. A number beyond 2^53 is kept as text, so that no sum of squares ever rounds. */
type Body = Record<string, Record<string, number | string>>;

/** Adds differences to their tallies. All numbers of one name share a row: a day costs a row, not one per event type. */
export function addDeltas(storage: Storage, deltas: readonly Delta[]): void {
  const bodies = new Map<string, { family: string; name: string; body: Body }>();
  for (const { family, name, part, metric, by } of deltas) {
    const key = `${family}\n${name}`;
    let held = bodies.get(key);
    if (!held) {
      held = { family, name, body: bodyOf(storage, family, name) };
      bodies.set(key, held);
    }
    const numbers = (held.body[part] ??= {});
    const sum = added(numbers[metric] ?? 0, by);
    if (sum === 0) delete numbers[metric];
    else numbers[metric] = sum;
    if (Object.keys(numbers).length === 0) delete held.body[part];
  }
  for (const { family, name, body } of bodies.values()) {
    if (Object.keys(body).length === 0)
      storage.sql.exec("DELETE FROM tallies WHERE family = ? AND name = ?", family, name);
    else
      storage.sql.exec(
        "INSERT INTO tallies (family, name, body) VALUES (?, ?, ?) ON CONFLICT (family, name) DO UPDATE SET body = excluded.body",
        family,
        name,
        JSON.stringify(body),
      );
  }
}

/** @example added(9007199254740991, 2) // "9007199254740993" */
export function added(value: number | string, by: number): number | string {
  const sum = typeof value === "number" ? value + by : Number.NaN;
  if (Number.isSafeInteger(sum)) return sum;
  const exact = BigInt(value) + BigInt(by);
  return exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(exact)
    : exact.toString();
}

function bodyOf(storage: Storage, family: string, name: string): Body {
  const [row] = storage.sql
    .exec<{ body: string }>("SELECT body FROM tallies WHERE family = ? AND name = ?", family, name)
    .toArray();
  return Object.assign(Object.create(null) as Body, row ? (JSON.parse(row.body) as Body) : {});
}

export type TallyRow = {
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly value: number;
};

/** A family's numbers, ordered by name, part and metric. */
export function readTallies(storage: Storage, family: Delta["family"], name?: string): TallyRow[] {
  const rows = storage.sql
    .exec<{ name: string; body: string }>(
      "SELECT name, body FROM tallies WHERE family = ? AND (?2 IS NULL OR name = ?2) ORDER BY name",
      family,
      name ?? null,
    )
    .toArray();
  return rows.flatMap((row) =>
    Object.entries(JSON.parse(row.body) as Body)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([part, numbers]) =>
        Object.entries(numbers)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([metric, value]) => ({ name: row.name, part, metric, value: Number(value) })),
      ),
  );
}
