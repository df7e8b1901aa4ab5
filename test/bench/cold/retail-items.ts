import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { readShared } from "../../support/shared.ts";

// Invoice, code, description, quantity, date, price, …: only the description can be quoted.
const LINE = /^[^,]*,([^,]*),("(?:[^"]|"")*"|[^,]*),[^,]*,[^,]*,([^,]*),/;

/** Titles and prices of uci-online-retail, the latest of each code: no types, no brands, no attributes. */
export function itemsOfRetail(): CatalogItem[] | undefined {
  const text = readShared("data/uci-online-retail/online_retail.csv.gz");
  if (text === undefined) return undefined;
  const items = new Map<string, CatalogItem>();
  for (const line of text.split("\n").slice(1)) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [code, quoted, price] = match.slice(1) as [string, string, string];
    const title = quoted.replace(/^"|"$/g, "").replaceAll('""', '"').trim();
    if (!/^\d{5}/.test(code) || title === "" || !(Number(price) > 0)) continue;
    const minor = Math.round(Number(price) * 100);
    items.set(code, { id: code, title, availability: "in_stock", price: { minor, currency: "GBP" } });
  }
  return [...items.values()];
}
