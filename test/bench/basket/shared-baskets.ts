import { sharedPath } from "../../support/shared.ts";
import { readLines } from "../session/read-text.ts";
import { basketsOfRetail } from "../shop-data.ts";
import Papa from "papaparse";
import type { Baskets } from "./baskets.ts";
import { readBaskets } from "./columns.ts";

export const SHARED_NAMES = ["uci-online-retail", "completejourney-sample"] as const;
export type SharedName = (typeof SHARED_NAMES)[number];

/** A shared data set by its name, or `undefined` where it is absent, which is then said. */
export function sharedBaskets(name: SharedName): Baskets | undefined {
  return name === "uci-online-retail" ? retail(name) : journey(name);
}

function retail(name: string): Baskets | undefined {
  const all = basketsOfRetail();
  return all && { name, all, typeOf: new Map(), skipped: 0 };
}

type Product = {
  readonly product_id: string;
  readonly product_category: string;
  readonly product_type: string;
};

/** A grocer's lines, a random sample of them: baskets of 1.6 lines, hardly a pair met twice. Types are known. */
function journey(name: string): Baskets | undefined {
  const sales = sharedPath(`data/${name}/transactions_sample.csv.gz`);
  const products = sharedPath(`data/${name}/products.csv.gz`);
  if (sales === undefined || products === undefined) return undefined;
  const { data } = Papa.parse<Product>(readLines(products).join("\n"), { header: true });
  const isKnown = (text: string) => text !== "NA" && text !== "";
  const typeOf = new Map(
    data
      .filter(({ product_category, product_type }) => isKnown(product_category) && isKnown(product_type))
      .map((one) => [one.product_id, `${one.product_category} > ${one.product_type}`]),
  );
  const none = undefined;
  const columns = {
    basket: "basket_id",
    customer: "household_id",
    item: "product_id",
    time: "transaction_timestamp",
    type: none,
    quantity: "quantity",
    price: "sales_value",
  };
  return { ...readBaskets(sales, columns), name, typeOf };
}
