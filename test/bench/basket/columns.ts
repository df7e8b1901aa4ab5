import Papa from "papaparse";
import { readLines } from "../session/read-text.ts";
import { UsageError } from "../session/usage-error.ts";
import { basketsOf, type Baskets, type Line } from "./baskets.ts";

/** Which column says what; `undefined`: guessed by the usual names. */
export type Columns = Readonly<Record<Column, string | undefined>>;
export const COLUMNS = ["basket", "customer", "item", "time", "type", "quantity", "price"] as const;
type Column = (typeof COLUMNS)[number];

const USUAL: Readonly<Record<Column, readonly string[]>> = {
  basket: ["basket", "basket_id", "order", "order_id", "invoice", "invoiceno"],
  customer: ["customer", "customer_id", "customerid", "household_id", "user", "user_id", "visitorid"],
  item: ["item", "items", "item_id", "itemid", "product", "product_id", "stockcode", "sku"],
  time: ["time", "timestamp", "transaction_timestamp", "invoicedate", "date", "at"],
  type: ["type", "product_type", "category"],
  quantity: ["quantity"],
  price: ["price", "unitprice", "sales_value"],
};
const NEEDED: readonly Column[] = ["basket", "item", "time"];

type Row = Readonly<Record<string, unknown>>;

/**
 * Baskets of a file with a line per item sold: CSV with a header, or NDJSON, whose `item` may be a list. Lines with a
 * quantity or a price that is not above 0, where there are such columns, are no sales.
 */
export function readBaskets(path: string, columns: Columns): Baskets {
  const lines = readLines(path);
  const rows = lines[0]!.trimStart().startsWith("{") ? ndjson(lines, path) : csv(lines, path);
  const names = namesOf(rows[0]!, columns, path);
  const typeOf = new Map<string, string>();
  const read = (row: Row, column: Column) => {
    const name = names[column];
    return name === undefined ? undefined : row[name];
  };
  const text = (value: unknown) => (value === undefined || value === null ? "" : String(value).trim());
  const isPositive = (value: unknown) => value === undefined || Number(value) > 0;
  const sold = rows.map((row): Line => {
    const item = read(row, "item");
    const items = (Array.isArray(item) ? item : [item]).map(text).filter(Boolean);
    const type = text(read(row, "type"));
    if (type !== "") for (const one of items) typeOf.set(one, type);
    return {
      basket: text(read(row, "basket")),
      customer: text(read(row, "customer")),
      items,
      at: momentOf(text(read(row, "time"))),
      isSale: isPositive(read(row, "quantity")) && isPositive(read(row, "price")),
    };
  });
  return basketsOf(path, sold, typeOf);
}

const SECONDS_MAX = 1e11;

/** Milliseconds of a moment in seconds, in milliseconds, or as a date with or without a time, which is then of UTC. */
export function momentOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const value = Number(text);
    return value < SECONDS_MAX ? value * 1000 : value;
  }
  const iso = text.replace(" ", "T");
  return Date.parse(/T[\d:.]+$/.test(iso) ? `${iso}Z` : iso);
}

function csv(lines: readonly string[], path: string): Row[] {
  const { data } = Papa.parse<Row>(lines.join("\n"), { header: true, skipEmptyLines: true });
  if (data.length === 0) throw new UsageError(`${path} has a header and no line. Give a file with sales.`);
  return data;
}

function ndjson(lines: readonly string[], path: string): Row[] {
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as Row;
    } catch {
      throw new UsageError(`${path}, line ${i + 1} is not JSON. Give one object a line.`);
    }
  });
}

function namesOf(row: Row, columns: Columns, path: string): Record<Column, string | undefined> {
  const there = Object.keys(row);
  const find = (column: Column): string | undefined => {
    const asked = columns[column];
    if (asked === undefined) return there.find((name) => USUAL[column].includes(name.trim().toLowerCase()));
    if (there.includes(asked)) return asked;
    throw new UsageError(
      `${path} has no column "${asked}". Name one of ${there.join(", ")} with --${column}.`,
    );
  };
  const names = Object.fromEntries(COLUMNS.map((column) => [column, find(column)])) as Record<
    Column,
    string | undefined
  >;
  const missing = NEEDED.find((column) => names[column] === undefined);
  if (missing === undefined) return names;
  throw new UsageError(
    `${path}: which column is the ${missing}? Name one of ${there.join(", ")} with --${missing}.`,
  );
}
