import { idDefect, type ItemId } from "../primitives/ids.ts";
import type { Money } from "../primitives/money.ts";
import { fail, succeed, type Result } from "../primitives/result.ts";
import { parseWith } from "../problem/parse.ts";
import { pointerInto, pointerToken, shapeOf, type Problem } from "../problem/problem.ts";
import { CatalogItem } from "./item.ts";
import { isMerchantRow, readMerchantRow } from "./merchant-row.ts";

/** What a row asks for: this item as it is now, or that it be forgotten. */
export type CatalogRow =
  | {
      readonly kind: "upsert";
      readonly item: CatalogItem;
      /** Columns of a merchant row that mean nothing here. */
      readonly ignored?: readonly string[];
    }
  | { readonly kind: "delete"; readonly id: ItemId };

type Row = { readonly [field: string]: unknown };

const CODE = "catalog_row_invalid";
/** ignored columns named at most, and characters of each. */
const IGNORED_MAX = 64;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function refuse(pointer: string, expected: string, value: unknown): Problem {
  const shape = shapeOf(value);
  const place = pointer === "" ? "A row" : pointer;
  return { code: CODE, pointer, shape, detail: `${place} must be ${expected}, not ${shape}.` };
}

/** The place of a name through which an object reaches shared machinery; the schema would skip it in silence. */
function reservedKeyIn(value: object, depth: number): string | undefined {
  for (const key of Object.keys(value)) {
    if (RESERVED.has(key)) return `/${key}`;
    const child: unknown = (value as Row)[key];
    if (depth === 1 || typeof child !== "object" || child === null) continue;
    const found = reservedKeyIn(child, depth - 1);
    if (found !== undefined) return pointerInto("", key) + found;
  }
  return undefined;
}

/** Why the prices of an item, or of one of its markets, cannot be. */
function priceDefect(prices: {
  readonly price?: Money | undefined;
  readonly salePrice?: Money | undefined;
  readonly cost?: Money | undefined;
}): readonly [field: string, expected: string] | undefined {
  for (const field of ["price", "salePrice", "cost"] as const) {
    if ((prices[field]?.minor ?? 0) < 0) return [field, "a price of zero or more"];
  }
  const { price, salePrice } = prices;
  if (!price || !salePrice) return undefined;
  if (price.currency !== salePrice.currency) return ["salePrice", "in the currency of the price"];
  return salePrice.minor > price.minor ? ["salePrice", "at most the price"] : undefined;
}

function itemDefect(item: CatalogItem): readonly [pointer: string, expected: string] | undefined {
  const own = priceDefect(item);
  if (own) return [`/${own[0]}`, own[1]];
  for (const [market, local] of Object.entries(item.markets ?? {})) {
    // A market that only lowers the sale price is measured against the item's own price.
    const defect = priceDefect({ price: local.price ?? item.price, salePrice: local.salePrice });
    if (defect) return [`/markets/${market}/${defect[0]}`, defect[1]];
  }
  return undefined;
}

/** A problem at one of our fields, told at the column that the sender wrote. */
function atOrigin(problem: Problem, origins: ReadonlyMap<string, string>): Problem {
  const { pointer } = problem;
  if (pointer === undefined) return problem;
  for (const [field, column] of origins) {
    const own = `/${field}`;
    if (pointer !== own && !pointer.startsWith(`${own}/`)) continue;
    const written = `/${pointerToken(column)}${pointer.slice(own.length)}`;
    const detail = problem.detail.startsWith(pointer)
      ? written + problem.detail.slice(pointer.length)
      : problem.detail;
    return { ...problem, pointer: written, detail };
  }
  return problem;
}

/** Whether the row asks to be forgotten. A table writes it as text. */
function deletionOf(row: Row): boolean | undefined {
  const stated = Object.hasOwn(row, "deleted") ? row["deleted"] : false;
  const text = String(stated ?? "").toLowerCase();
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" || text === "" ? false : undefined;
}

/**
 * Reads one catalog row: our own shape, or a Google Merchant row (also any table with such columns). Our own shape is
 * strict; of a merchant row unknown columns are ignored and named. `{ id, deleted: true }` forgets an item.
 * A sale price above the price is refused rather than dropped: one of the two is wrong, and the shop knows which.
 * A `stock` of 0 without an `availability` means sold out. `currency` is for prices that name none. Refusals carry `catalog_row_invalid` and point at what was written.
 * @example
 * parseCatalogRow({ id: "A", title: "Kettle", link: "https://shop.example/a", price: "12.99 EUR" })
 * // { ok: true, value: { kind: "upsert", item: { id: "A", …, price: { minor: 1299, currency: "EUR" } } } }
 */
export function parseCatalogRow(row: unknown, currency?: string): Result<CatalogRow> {
  if (!isRow(row)) return fail(refuse("", "an object", row));
  const reserved = reservedKeyIn(row, 4);
  if (reserved !== undefined) {
    return fail({ code: CODE, pointer: reserved, detail: `${reserved} is a name that no field may have.` });
  }
  const deleted = deletionOf(row);
  if (deleted === undefined) return fail(refuse("/deleted", "true or false", row["deleted"]));
  const { deleted: _stated, ...rest } = row;

  const read = isMerchantRow(rest) ? readMerchantRow(rest, currency) : undefined;
  if (deleted) {
    const stated = read && "fields" in read ? read.fields["id"] : rest["id"];
    const id = Number.isSafeInteger(stated) ? String(stated) : stated;
    return typeof id === "string" && idDefect(id) === undefined
      ? succeed({ kind: "delete", id })
      : fail(refuse("/id", "an id of 1 to 128 visible bytes", rest["id"]));
  }
  if (read && "defect" in read) {
    const { column, expected } = read.defect;
    return fail(refuse(`/${pointerToken(column)}`, expected, rest[column]));
  }
  const origins = read?.origins ?? new Map<string, string>();
  const fields = read?.fields ?? rest;
  const parsed = parseWith(CatalogItem, fields, CODE);
  if (!parsed.ok) return fail(atOrigin(parsed.problem, origins));
  // A row that counts no pieces and says no more is sold out; where it states its availability, that stands.
  const isSoldOut = parsed.value.stock === 0 && fields["availability"] === undefined;
  const item: CatalogItem = isSoldOut ? { ...parsed.value, availability: "out_of_stock" } : parsed.value;
  const defect = itemDefect(item);
  if (defect) {
    const [pointer, expected] = defect;
    return fail(atOrigin({ code: CODE, pointer, detail: `${pointer} must be ${expected}.` }, origins));
  }
  const ignored = (read?.ignored ?? []).slice(0, IGNORED_MAX).map((name) => name.slice(0, IGNORED_MAX));
  return succeed({ kind: "upsert", item, ...(ignored.length === 0 ? {} : { ignored }) });
}
