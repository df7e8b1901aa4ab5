import type { CatalogItem } from "./item.ts";
import {
  asAvailability,
  asBoolean,
  asClippedText,
  asIs,
  asList,
  asMoney,
  asNumber,
  asStock,
  asText,
  type CellReader,
} from "./merchant-cell.ts";

type Row = { readonly [field: string]: unknown };

type Target = {
  /** Own field, or `attributes/<name>`. */
  readonly to: string;
  readonly read: CellReader;
  readonly expected: string;
};
const target = (
  to: keyof CatalogItem | `attributes/${string}`,
  read: CellReader,
  expected = "text",
): Target => ({
  to,
  read,
  expected,
});

const PRICE = "a price of zero or more with its currency, such as 12.99 EUR, and no separator of thousands";
const YES_NO = "yes or no";

/**
 * Column names, lower-cased with underscores, and what they are here: Google Merchant's, and our own.
 * Source: support.google.com/merchants/answer/7052112.
 */
const COLUMNS: ReadonlyMap<string, Target> = new Map([
  ["id", target("id", asText)],
  ["title", target("title", asText)],
  ["description", target("description", asClippedText)],
  ["link", target("url", asText)],
  ["url", target("url", asText)],
  ["image_link", target("image", asText)],
  ["image", target("image", asText)],
  ["price", target("price", asMoney, PRICE)],
  ["sale_price", target("salePrice", asMoney, PRICE)],
  ["saleprice", target("salePrice", asMoney, PRICE)],
  ["cost_of_goods_sold", target("cost", asMoney, PRICE)],
  ["cost", target("cost", asMoney, PRICE)],
  ["availability", target("availability", asAvailability, "in_stock, out_of_stock, preorder or backorder")],
  ...[
    "stock",
    "stock_quantity",
    "inventory",
    "inventory_quantity",
    "variant_inventory_qty",
    "quantity_to_sell_on_facebook",
  ].map((name) => [name, target("stock", asStock, "pieces in stock, a number")] as const),
  ["product_type", target("type", asText)],
  ["type", target("type", asText)],
  ["google_product_category", target("type", asText)],
  ["brand", target("brand", asText)],
  ["item_group_id", target("group", asText)],
  ["group", target("group", asText)],
  ["sku", target("sku", asText)],
  ["mpn", target("sku", asText)],
  ["gtin", target("gtin", asText)],
  ["adult", target("sensitive", asBoolean, YES_NO)],
  ["sensitive", target("sensitive", asBoolean, YES_NO)],
  ["replenishdays", target("replenishDays", asNumber, "whole days")],
  ["attributes", target("attributes", asIs)],
  ["markets", target("markets", asIs)],
  ["goeswith", target("goesWith", asList)],
  ...["color", "size", "material", "pattern", "gender", "age_group"].map(
    (name) => [name, target(`attributes/${name}`, asText)] as const,
  ),
  ...[0, 1, 2, 3, 4].map(
    (n) => [`custom_label_${n}`, target(`attributes/custom_label_${n}`, asText)] as const,
  ),
]);

/** Of two columns for one field, the one that stands first in the table counts. */
const RANKS: ReadonlyMap<string, number> = new Map([...COLUMNS.keys()].map((column, rank) => [column, rank]));

/** A column's name as the table knows it. @example columnOf("g:Image Link") // "image_link" */
const columnOf = (name: string): string =>
  name
    .trim()
    .replace(/^g:/, "")
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

export type MerchantRow =
  | {
      readonly fields: Row;
      /** Which column each own field came from, so that a refusal points at what the sender wrote. */
      readonly origins: ReadonlyMap<string, string>;
      readonly ignored: readonly string[];
    }
  | { readonly defect: { readonly column: string; readonly expected: string } };

/**
 * A row of a merchant feed, or of any table, in our field names. Empty cells are absent; of a repeated element the first
 * counts; of two columns for one field the first in our table. A sale price that holds for certain dates only is left
 * out, since nothing would end it. Columns without a meaning here are ignored and named.
 */
export function readMerchantRow(row: Row, currency: string | undefined): MerchantRow {
  const columns = new Map<string, readonly [written: string, value: unknown]>();
  const ignored: string[] = [];
  for (const [written, cell] of Object.entries(row)) {
    const value = Array.isArray(cell) && columnOf(written) !== "goeswith" ? cell[0] : cell;
    if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) continue;
    const column = columnOf(written);
    if (columns.has(column)) ignored.push(written);
    else columns.set(column, [written, value]);
  }
  const stated = columns.get("currency")?.[1];
  const isDated = columns.has("sale_price_effective_date");
  const fields = new Map<string, unknown>();
  const attributes = new Map<string, unknown>();
  const origins = new Map<string, string>();
  const used = new Set<string>(["currency", "deleted"]);
  const known = [...columns.keys()].filter((column) => COLUMNS.has(column));
  known.sort((a, b) => RANKS.get(a)! - RANKS.get(b)!);
  for (const column of known) {
    const { to, read, expected } = COLUMNS.get(column)!;
    const found = columns.get(column)!;
    if (origins.has(to) || (isDated && to === "salePrice")) continue;
    used.add(column);
    origins.set(to, found[0]);
    const value = read(found[1], typeof stated === "string" ? stated.trim() : currency);
    if (value === undefined) return { defect: { column: found[0], expected } };
    if (to.startsWith("attributes/")) attributes.set(to.slice("attributes/".length), value);
    else fields.set(to, value);
  }
  if (attributes.size > 0) {
    const own = fields.get("attributes");
    const more = typeof own === "object" && own !== null ? Object.entries(own) : [];
    fields.set("attributes", Object.fromEntries([...more, ...attributes]));
  }
  for (const [column, [written]] of columns) if (!used.has(column)) ignored.push(written);
  return { fields: Object.fromEntries(fields), origins, ignored };
}

/** Names that only a merchant feed has. */
const MERCHANT_ONLY = new Set(
  [...COLUMNS].filter(([column, { to }]) => column !== to.toLowerCase()).map(([column]) => column),
);

/** Whether a row is a feed's or a table's: it has a merchant's column, a price that is not money yet, or text only. */
export function isMerchantRow(row: Row): boolean {
  const names = Object.keys(row);
  return (
    names.some((name) => MERCHANT_ONLY.has(columnOf(name))) ||
    ["price", "salePrice", "cost"].some(
      (name) => typeof row[name] === "string" || typeof row[name] === "number",
    ) ||
    names.every((name) => typeof row[name] === "string")
  );
}
