import type { ItemRef } from "../../src/core/event/event.ts";
import type { Money } from "../../src/core/primitives/money.ts";
import { absolute, place } from "./dom.ts";
import { money } from "./money.ts";
import { parse } from "./storage.ts";

type Node = { readonly [field: string]: unknown };

/** Every schema.org Product in a document: at the top, in a list, in an `@graph`, or as a page's `mainEntity`. */
function products(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(products);
  const it = node as Node | undefined;
  if (!it) return [];
  return /Product/.test(it["@type"] as string) ? [it] : products(it["@graph"] ?? it["mainEntity"]);
}

/**
 * The product this page says it is about, in JSON-LD. Of several, the one with this page's address: the others are
 * a list's.
 */
export function productOnPage(): { readonly item: ItemRef; readonly price: Money | undefined } | undefined {
  const found = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) =>
    products(parse(script.textContent)),
  );
  const address = ({ url }: Node): string => (url ? absolute(url as string).href : "");
  const it = found[1] ? found.find((node) => [absolute().href, place()].includes(address(node))) : found[0];
  if (!it) return;
  const text = (name: string): string | undefined =>
    String(it[name] ?? "")
      .trim()
      .slice(0, 128) || undefined;
  const offer = ([it["offers"]].flat()[0] ?? {}) as Node;
  return {
    item: {
      id: text("productID"),
      sku: text("sku"),
      gtin: text(Object.keys(it).find((name) => name.startsWith("gtin")) ?? ""),
      group: text("productGroupID"),
      url: (address(it) || place()).slice(0, 2048),
    } as ItemRef,
    price: money(offer["price"] ?? offer["lowPrice"], offer["priceCurrency"]),
  };
}
