import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import Papa from "papaparse";

/** What a person can mend: the bench says it and ends with code 2. */
export class BadInput extends Error {}

/** One line of a receipt. Prices in major units, discounts of the shop added back. */
export type Purchase = {
  readonly household: string;
  readonly basket: string;
  readonly product: string;
  readonly unitPrice: number;
  readonly at: number;
};

/** What the shop says of a product; what it does not know is absent. */
export type Product = {
  readonly type: string;
  readonly maker?: string;
  readonly label?: string;
  readonly packageSize?: string;
};

/** Text of a file; `.gz` comes out unpacked. */
export function textOf(path: string): string {
  try {
    const bytes = readFileSync(path);
    return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new BadInput(
      `${path} cannot be read (${(error as Error).message}). Name a readable CSV or .csv.gz file.`,
    );
  }
}

const NEEDED = [
  "household_id",
  "basket_id",
  "product_id",
  "quantity",
  "sales_value",
  "transaction_timestamp",
];

/**
 * Receipts in order of time; lines without a positive quantity and price are returns or nothing bought. A unit's price is
 * the shelf's: paid + loyalty discount + the shop's match of coupons, over the quantity.
 */
export function purchasesOf(text: string): Purchase[] {
  const bought = rowsOf("transactions", text, NEEDED).flatMap((row): Purchase[] => {
    const number = (column: string) => Number(row[column] || 0);
    const total = number("sales_value") + number("retail_disc") + number("coupon_match_disc");
    const unitPrice = total / number("quantity");
    const at = momentOf(row["transaction_timestamp"]!);
    if (!(unitPrice > 0 && unitPrice < Infinity) || !Number.isFinite(at)) return [];
    const [household, basket, product] = [row["household_id"]!, row["basket_id"]!, row["product_id"]!];
    return [{ household, basket, product, unitPrice, at }];
  });
  if (bought.length === 0)
    throw new BadInput(
      "The transactions hold no purchase with quantity, price and time. Give receipts with prices.",
    );
  return bought.sort((a, b) => a.at - b.at);
}

/** Products that have a type, by their id. */
export function productsOf(text: string): Map<string, Product> {
  const products = new Map<string, Product>();
  for (const row of rowsOf("products", text, ["product_id", "product_type"])) {
    const known = (column: string) => (row[column] && row[column] !== "NA" ? row[column] : undefined);
    const type = known("product_type");
    if (type === undefined) continue;
    const maker = known("manufacturer_id");
    const label = known("brand");
    const packageSize = known("package_size");
    products.set(row["product_id"]!, {
      type,
      ...(maker === undefined ? {} : { maker }),
      ...(label === undefined ? {} : { label }),
      ...(packageSize === undefined ? {} : { packageSize }),
    });
  }
  return products;
}

function rowsOf(name: string, text: string, needed: readonly string[]): Record<string, string | undefined>[] {
  const { data, meta } = Papa.parse<Record<string, string | undefined>>(text, {
    header: true,
    skipEmptyLines: true,
  });
  const missing = needed.filter((column) => meta.fields?.includes(column) !== true);
  if (missing.length > 0)
    throw new BadInput(
      `The ${name} file lacks ${missing.join(", ")}. Give a CSV with a header and these columns.`,
    );
  return data.filter((row) => needed.every((column) => row[column] !== undefined));
}

/** Moments without a zone are read as UTC, so that every machine cuts at the same one. */
function momentOf(text: string): number {
  const iso = text.trim().replace(" ", "T");
  return Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
}
