import { readLines } from "./read-lines.ts";

/** What is counted of a site, by name: from its exports, which say nothing that is not covered by consent. */
export type SiteCount = ReadonlyMap<string, number>;

type Row = Readonly<Record<string, unknown>>;
const PURPOSES = ["Transaction", "Analytics", "Personalization", "Marketing", "Clienteling", "LifeEvents"];

/**
 * Counts people, grants, events, orders, revenue and seen decisions of a site, once more from its exports.
 * @param isKnownOnly leaves out visitors who are nobody's customer
 */
export async function recountSite(api: string, key: string, isKnownOnly: boolean): Promise<SiteCount> {
  const counts = new Map<string, number>();
  const add = (name: string, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by);
  const eachRow = (table: string, take: (row: Row) => void) =>
    readTable(api, key, table, (row) => {
      if (!isKnownOnly || row["isKnown"] === true) take(row);
    });
  await eachRow("customers", (row) => {
    add(row["isKnown"] === true ? "customers" : "visitors");
    for (const purpose of PURPOSES) if (row[`permits${purpose}`] === true) add(`grants ${purpose}`);
  });
  await eachRow("events", (row) => add(`events ${String(row["type"])}`));
  await eachRow("outcomes", (row) => {
    if (row["kind"] === "click") return add("clicks");
    const currency = String(row["currency"]);
    // Before the ledger has said whose an order is, it is nobody's.
    if (row["isOwned"] !== true) return;
    add(`orders ${currency}`);
    add(`revenue ${currency}`, Number(row["revenueMinor"] ?? 0));
    add(`refunded ${currency}`, Number(row["refundedMinor"] ?? 0));
  });
  await eachRow("decisions", () => add("decisions seen"));
  return counts;
}

/** Every row of an export, some customers at a time. */
async function readTable(api: string, key: string, table: string, take: (row: Row) => void): Promise<void> {
  for (let after: string | null = ""; after !== null;) {
    const reply: Response = await fetch(`${api}/v1/export/${table}?after=${after}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    if (!reply.ok) throw new Error(`/v1/export/${table} answered ${reply.status}.`);
    await readLines(reply, (line) => take(JSON.parse(line) as Row));
    after = reply.headers.get("concierge-next");
  }
}

export type Compared = { readonly name: string; readonly from: number; readonly to: number };

/** Both counts beside each other, in the order of their names. */
export const compareCounts = (from: SiteCount, to: SiteCount): Compared[] =>
  [...new Set([...from.keys(), ...to.keys()])]
    .sort()
    .map((name) => ({ name, from: from.get(name) ?? 0, to: to.get(name) ?? 0 }));

/** The same as a table for people. */
export function tableOf(rows: readonly Compared[]): string {
  const count = (n: number) => n.toLocaleString("en-US").padStart(15);
  return [
    `${"".padEnd(30)}${"from".padStart(15)}${"to".padStart(15)}`,
    ...rows.map(
      ({ name, from, to }) =>
        `${name.padEnd(30)}${count(from)}${count(to)}${from === to ? "" : `   ${to > from ? "+" : ""}${(to - from).toLocaleString("en-US")}`}`,
    ),
  ].join("\n");
}
