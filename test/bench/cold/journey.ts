import Papa from "papaparse";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { readShared } from "../../support/shared.ts";
import type { Invoice } from "../shop-data.ts";

type Product = Record<
  | "product_id"
  | "manufacturer_id"
  | "department"
  | "brand"
  | "product_category"
  | "product_type"
  | "package_size",
  string
>;
type Line = Record<
  "household_id" | "product_id" | "quantity" | "sales_value" | "transaction_timestamp",
  string
>;

const FOUR_WEEKS_MS = 28 * 86_400_000;

const rowsOf = <T>(text: string): T[] => Papa.parse<T>(text, { header: true, skipEmptyLines: true }).data;

/**
 * completejourney-sample with its category paths. It names no products, so the title is the product type's text and the
 * maker is the brand. Its baskets are thinned to 1.6 lines: what a household bought in four weeks is taken for one.
 */
export function journey(): { readonly items: CatalogItem[]; readonly baskets: Invoice[] } | undefined {
  const products = readShared("data/completejourney-sample/products.csv.gz");
  const lines = readShared("data/completejourney-sample/transactions_sample.csv.gz");
  if (products === undefined || lines === undefined) return undefined;
  const prices = new Map<string, number>();
  const baskets = new Map<string, Invoice & { readonly items: string[] }>();
  for (const line of rowsOf<Line>(lines)) {
    const value = Number(line.sales_value) / Number(line.quantity);
    if (Number.isFinite(value) && value > 0) prices.set(line.product_id, value);
    const at = Date.parse(`${line.transaction_timestamp.replace(" ", "T")}Z`);
    const month = Math.floor(at / FOUR_WEEKS_MS);
    const id = `${Number(line.household_id) * 1000 + (month % 1000)}`;
    const basket = baskets.get(id) ?? { id, who: line.household_id, at, items: [] };
    if (!basket.items.includes(line.product_id)) basket.items.push(line.product_id);
    baskets.set(id, basket);
  }
  const items = rowsOf<Product>(products)
    .filter((product) => prices.has(product.product_id))
    .map((product): CatalogItem => {
      const path = [product.department, product.product_category, product.product_type];
      const isKnown = (part: string) => part !== "" && part !== "NA";
      return {
        id: product.product_id,
        title: isKnown(product.product_type) ? product.product_type : product.product_id,
        availability: "in_stock",
        type: path.filter(isKnown).join(" > "),
        brand: product.manufacturer_id,
        price: { minor: Math.round(prices.get(product.product_id)! * 100), currency: "USD" },
        attributes: { label: product.brand, size: product.package_size },
      };
    });
  return { items, baskets: [...baskets.values()].sort((a, b) => a.at - b.at) };
}
