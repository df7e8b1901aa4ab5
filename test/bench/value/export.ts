/**
 * What it costs to export a shop: rows a second, bytes a row, and what is in memory at most, for NDJSON and for Parquet.
 * `node --expose-gc test/bench/value/export.ts [--rows 200000] [--format ndjson|parquet]`; the last line is JSON. Memory is
 * what is alive after a collection, sampled while a row group is full and after each piece; `rss` holds garbage too.
 */
import { parseArgs } from "node:util";
import { newCustomer } from "../../../src/core/customer/customer.ts";
import type { LogRow } from "../../../src/core/customer/log-row.ts";
import type { Row } from "../../../src/core/export/column.ts";
import { EXPORT_TABLES } from "../../../src/core/export/rows.ts";
import type { LoggedEvent } from "../../../src/core/profile/logged.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { GROUP_ROWS_MAX, parquetOf } from "../../../src/export/parquet.ts";
import { ndjsonOf } from "../../../src/export/ndjson.ts";

const NOW = 1_790_000_000_000;
const EVENTS_EACH = 100;
const MEGABYTE = 1 << 20;

const { values } = parseArgs({
  options: { rows: { type: "string", default: "200000" }, format: { type: "string", default: "parquet" } },
});
if (values.format !== "ndjson" && values.format !== "parquet") {
  console.error(`--format ${values.format}: there are "ndjson" and "parquet".`);
  process.exit(2);
}
const wanted = Number(values.rows);
const rng = seededRng("an export");
const { columns, rowsOf } = EXPORT_TABLES.events;

/** One person's log: views, carts, decisions seen, as a shop has them. */
function person(number: number): readonly Row[] {
  const customer = newCustomer(
    { source: `s${number}`, site: "s", receivers: { model: "", ledger: "", courier: "" } },
    NOW,
  );
  customer.consent = {
    analytics: { granted: true, at: NOW, source: "b", expiresAt: NOW * 2, policyVersion: "1" },
  };
  const events = Array.from({ length: EVENTS_EACH }, (_, i) => event(number, i));
  const row: LogRow = {
    seq: 1,
    source: "snippet",
    isTrusted: false,
    receivedAt: NOW,
    events,
    facts: [],
    deltas: [],
    claims: [],
    notices: [],
  };
  return rowsOf({ customer, rows: [row], pseudonym: `v_${number}` }, { from: 0, until: NOW * 2 }, NOW);
}

function event(number: number, i: number): LoggedEvent {
  const item = `item-${Math.floor(rng() * 20_000)}`;
  const page = {
    type: "product" as const,
    url: `https://shop.example/p/${item}`,
    referrer: "https://www.google.com/",
  };
  const shared = {
    id: `${number}.${i}.${Math.floor(rng() * 1e9).toString(36)}`,
    at: NOW - Math.floor(rng() * 1e10),
    digest: 1,
    may: 3,
    page,
  };
  const kind = rng();
  if (kind < 0.6)
    return { ...shared, type: "product_viewed", item, price: { minor: 1_999, currency: "EUR" } };
  const lines = [{ item, quantity: 1, price: { minor: 1_999, currency: "EUR" } }];
  if (kind < 0.8) return { ...shared, type: "cart_updated", lines };
  return {
    ...shared,
    type: "product_list_viewed",
    category: "new",
    list: "new",
    items: [item, item, item, item],
  };
}

const live = { first: 0, max: 0, last: 0, rss: 0 };
function sample(): void {
  live.rss = Math.max(live.rss, process.memoryUsage().rss);
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const used = heapUsed + arrayBuffers;
  if (live.first === 0) live.first = used;
  live.max = Math.max(live.max, used);
  live.last = used;
}

let made = 0;
let samplingMs = 0;
const sampled = () => {
  const from = performance.now();
  sample();
  samplingMs += performance.now() - from;
};
async function* batches(): AsyncGenerator<readonly Row[]> {
  for (let number = 0; made < wanted; number++) {
    const rows = person(number);
    made += rows.length;
    // Just before a group is full it holds the most.
    if (made % (8 * GROUP_ROWS_MAX) === GROUP_ROWS_MAX - EVENTS_EACH) sampled();
    yield rows;
  }
}

person(0);
sample();
const began = performance.now();
const stream = values.format === "parquet" ? parquetOf(columns, batches()) : ndjsonOf(columns, batches());
const reader = stream.getReader();
let bytes = 0;
let pieces = 0;
let largest = 0;
for (let next = await reader.read(); !next.done; next = await reader.read()) {
  bytes += next.value.length;
  largest = Math.max(largest, next.value.length);
  if (pieces++ % 8 === 0) sampled();
}
const seconds = (performance.now() - began - samplingMs) / 1000;
sample();
const megabytes = (count: number) => Number((count / MEGABYTE).toFixed(2));
console.log(
  JSON.stringify({
    format: values.format,
    rows: made,
    rowsPerSecond: Math.round(made / seconds),
    bytesPerRow: Number((bytes / made).toFixed(1)),
    pieces,
    largestPieceMb: megabytes(largest),
    liveAboveStartMb: megabytes(live.max - live.first),
    leftAtTheEndMb: megabytes(live.last - live.first),
    rssMb: megabytes(live.rss),
    collected: globalThis.gc !== undefined,
  }),
);
