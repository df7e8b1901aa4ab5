import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Reads a stopped server's files, as plain workerd leaves them: a folder per namespace, a SQLite file per object. Knows the
 * tables from looking at them; nothing here comes from the product.
 */

export type LoggedEvent = {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly digest: number;
  /** Bit 1: may be counted and learned from. Bit 2: may be remembered. */
  readonly may: number;
  readonly [field: string]: unknown;
};
export type Delta = {
  readonly family: string;
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly by: number;
};
export type Fact = {
  readonly at: number;
  readonly kind: string;
  readonly items: readonly string[];
  readonly session: number;
};

export type LogRow = {
  readonly seq: number;
  readonly isTrusted: boolean;
  readonly events: readonly LoggedEvent[];
  readonly facts: readonly Fact[];
  readonly deltas: readonly Delta[];
  readonly claims: readonly unknown[];
  readonly notices: readonly unknown[];
  /** Whose row it was before it came here; absent: this object's own. */
  readonly via: string | undefined;
};

/** An order as the object keeps it beside its log: the only memory of one whose events were stripped. */
export type KeptOrder = {
  readonly page?: Telling | undefined;
  readonly shop?: Telling | undefined;
  readonly undone: readonly Undoing[];
  readonly mayLearn: boolean;
};
export type Telling = {
  readonly at: number;
  readonly digest: number;
  readonly minor: number;
  readonly currency: string;
  /** Item and quantity. */
  readonly lines: readonly (readonly [item: string, quantity: number])[];
};
export type Undoing = {
  readonly id: string;
  readonly at: number;
  readonly minor?: number | undefined;
  readonly isTrusted: boolean;
};

export type CustomerFile = {
  readonly object: string;
  readonly source: string;
  readonly nextSeq: number;
  readonly isErasing: boolean;
  /** Left behind by a merge: rows up to `handed` live on in `into`. */
  readonly mark: { readonly into: string; readonly handed: number } | undefined;
  readonly joined: readonly { readonly source: string; readonly from: string }[];
  /** Counters taken in, by series: `[from, to, from, to, …]`. */
  readonly streams: ReadonlyMap<string, readonly number[]>;
  readonly seen: ReadonlySet<string>;
  readonly bygone: readonly Delta[];
  readonly rows: readonly LogRow[];
  readonly orders: ReadonlyMap<string, KeptOrder>;
};

export type LedgerFile = {
  /** By JSON of family, name, part and metric. */
  readonly tallies: ReadonlyMap<string, bigint>;
  readonly receipts: ReadonlyMap<string, number>;
  /** Object ids that claim an order, by the order's key. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  /** Who was erased and has not come back, as object ids. */
  readonly burials: ReadonlySet<string>;
  /** What others have still to be told. */
  readonly owed: number;
};

export type ModelFile = {
  readonly receipts: ReadonlyMap<string, number>;
  readonly entries: readonly {
    readonly source: string;
    readonly seq: number;
    readonly facts: readonly Fact[];
  }[];
  /** Sources of people who were forgotten: whether their rows are known to be gone. */
  readonly forgotten: ReadonlyMap<string, boolean>;
  /** Whether what is still to be cleared has its day: an errand, and the alarm that runs it. */
  readonly plansToClear: boolean;
};

type Row = Record<string, string | number | bigint | null | Uint8Array>;

/** A file's tables, read and closed again: thousands of files must not be open at once. */
function withTables<T>(path: string, read: (all: (table: string, columns: string) => Row[]) => T): T {
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
function filesOf(dataDir: string, className: string): { readonly object: string; readonly path: string }[] {
  const dir = join(dataDir, `concierge-${className}`);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite")
    .map((name) => ({ object: name.slice(0, -".sqlite".length), path: join(dir, name) }));
}

const text = (value: Row[string] | undefined): string => String(value);
/** How a number is named. */
export const keyOf = (delta: Delta): string =>
  JSON.stringify([delta.family, delta.name, delta.part, delta.metric]);

/** Everybody of whom anything is stored. */
export function* readCustomers(dataDir: string): Generator<CustomerFile> {
  for (const { object, path } of filesOf(dataDir, "CustomerObject")) {
    const file = withTables(path, (all) => {
      const [state] = all("state", "body");
      if (!state) return undefined;
      const body = JSON.parse(text(state["body"])) as {
        source: string;
        nextSeq: number;
        erasing?: unknown;
        mark?: { into: string; handed: number };
        joined: { source: string; from: string; bygone?: [string, number][] }[];
        streams: [string, number[]][];
        bygone: [string, number][];
      };
      return {
        object,
        source: body.source,
        nextSeq: body.nextSeq,
        isErasing: body.erasing !== undefined,
        mark: body.mark,
        joined: body.joined,
        streams: new Map(body.streams),
        seen: new Set(all("seen", "id").map((row) => text(row["id"]))),
        bygone: [body, ...body.joined]
          .flatMap((one) => one.bygone ?? [])
          .map(([name, by]): Delta => {
            const [family, of, part, metric] = JSON.parse(name) as [string, string, string, string];
            return { family, name: of, part, metric, by };
          }),
        rows: all("log", "seq, trusted, events, owes, via").map((row) => {
          const owes = row["owes"] === null ? {} : (JSON.parse(text(row["owes"])) as Partial<LogRow>);
          return {
            seq: Number(row["seq"]),
            isTrusted: row["trusted"] === 1,
            events: JSON.parse(text(row["events"])) as LoggedEvent[],
            facts: owes.facts ?? [],
            deltas: owes.deltas ?? [],
            claims: owes.claims ?? [],
            notices: owes.notices ?? [],
            via: row["via"] === null ? undefined : text(row["via"]),
          };
        }),
        orders: new Map(
          all("orders", "order_id, body").map((row) => [
            text(row["order_id"]),
            JSON.parse(text(row["body"])) as KeptOrder,
          ]),
        ),
      };
    });
    if (file) yield file;
  }
}

/** All ledgers of the deployment as one. */
export function readLedger(dataDir: string): LedgerFile {
  const tallies = new Map<string, bigint>();
  const receipts = new Map<string, number>();
  const claims = new Map<string, readonly string[]>();
  const burials = new Set<string>();
  let owed = 0;
  for (const { path } of filesOf(dataDir, "LedgerObject"))
    withTables(path, (all) => {
      for (const row of all("tallies", "family, name, body")) {
        const parts = JSON.parse(text(row["body"])) as Record<string, Record<string, number | string>>;
        for (const [part, numbers] of Object.entries(parts))
          for (const [metric, value] of Object.entries(numbers))
            tallies.set(JSON.stringify([row["family"], row["name"], part, metric]), BigInt(value));
      }
      for (const row of all("receipts", "source, last"))
        receipts.set(text(row["source"]), Number(row["last"]));
      for (const row of all("orders", "key, body")) {
        const order = JSON.parse(text(row["body"])) as { claims: Record<string, unknown> };
        claims.set(text(row["key"]), Object.keys(order.claims));
      }
      for (const row of all("burials", "object, returned_at"))
        if (row["returned_at"] === null) burials.add(text(row["object"]));
      owed += all("owed", "id").length;
    });
  return { tallies, receipts, claims, burials, owed };
}

/** The retained log of behaviour, over all slices that hold anything. */
export function readModel(dataDir: string): ModelFile {
  const receipts = new Map<string, number>();
  const forgotten = new Map<string, boolean>();
  const entries: ModelFile["entries"][number][] = [];
  const alarms = alarmsOf(dataDir, "ModelObject");
  let plansToClear = false;
  for (const { object, path } of filesOf(dataDir, "ModelObject"))
    withTables(path, (all) => {
      for (const row of all("receipts", "source, last"))
        receipts.set(text(row["source"]), Number(row["last"]));
      for (const row of all("forgotten", "source, cleared_at"))
        forgotten.set(text(row["source"]), row["cleared_at"] !== null);
      const errands = all("schedule", "errand").map((row) => row["errand"]);
      plansToClear ||= errands.includes("forget") && alarms.has(object);
    });
  for (const { path } of filesOf(dataDir, "BehaviourObject"))
    withTables(path, (all) => {
      for (const row of all("batches", "entries"))
        for (const [source, seq, facts] of JSON.parse(text(row["entries"])) as [string, number, Fact[]][])
          entries.push({ source, seq, facts });
    });
  return { receipts, entries, forgotten, plansToClear };
}

/** Ids of the objects of a class that have an alarm set. */
function alarmsOf(dataDir: string, className: string): Set<string> {
  const path = join(dataDir, `concierge-${className}`, "metadata.sqlite");
  if (!existsSync(path)) return new Set();
  return withTables(path, (all) => new Set(all("_cf_ALARM", "actor_id").map((row) => text(row["actor_id"]))));
}
