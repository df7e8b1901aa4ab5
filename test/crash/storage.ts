import type {
  CustomerFile,
  Delta,
  Fact,
  KeptOrder,
  LedgerFile,
  LoggedEvent,
  LogRow,
  ModelFile,
} from "./stored.ts";
import { alarmsOf, filesOf, text, withTables } from "./tables.ts";

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
        consent: Record<string, { granted: boolean; at: number } | undefined>;
        attention?: { card?: { body?: unknown } };
      };
      return {
        object,
        source: body.source,
        card: body.attention?.card?.body === undefined ? undefined : JSON.stringify(body.attention.card.body),
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
        denials: ["personalization", "marketing"].flatMap((purpose) => {
          const grant = body.consent[purpose];
          return grant && !grant.granted ? [grant.at] : [];
        }),
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
  const cards = new Map<string, string>();
  let owed = 0;
  // Sums may be spread over several objects, and a customer may have told two of them.
  const add = (key: string, by: bigint) => tallies.set(key, (tallies.get(key) ?? 0n) + by);
  const note = (source: string, last: number) =>
    receipts.set(source, Math.max(last, receipts.get(source) ?? 0));
  for (const { path } of filesOf(dataDir, "LedgerObject"))
    withTables(path, (all) => {
      for (const row of all("tallies", "family, name, body")) {
        const parts = JSON.parse(text(row["body"])) as Record<string, Record<string, number | string>>;
        for (const [part, numbers] of Object.entries(parts))
          for (const [metric, value] of Object.entries(numbers))
            add(JSON.stringify([row["family"], row["name"], part, metric]), BigInt(value));
      }
      for (const row of all("receipts", "source, last")) note(text(row["source"]), Number(row["last"]));
      for (const row of all("orders", "key, body")) {
        const order = JSON.parse(text(row["body"])) as { claims: Record<string, unknown> };
        claims.set(text(row["key"]), Object.keys(order.claims));
      }
      for (const row of all("burials", "object, returned_at"))
        if (row["returned_at"] === null) burials.add(text(row["object"]));
      for (const row of all("cards", "object, body"))
        if (row["body"] !== "null") cards.set(text(row["object"]), text(row["body"]));
      owed += all("owed", "id").length;
    });
  return { tallies, receipts, claims, burials, cards, owed };
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
