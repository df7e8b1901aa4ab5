import { whenParsed } from "./parsed.ts";
import { say } from "./say.ts";
import { isProductTold } from "./told.ts";

const PROPERTIES = ["productID", "sku", "gtin13", "gtin"] as const;

/** What an element says of a property: its `content`, its address, or its text. */
const valueOf = (element: Element): string =>
  (element.getAttribute("content") ?? element.getAttribute("href") ?? element.textContent ?? "").trim();

/**
 * Tells the snippet which product a page is about by its microdata (`itemtype=".../Product"`), where it says so by
 * nothing else. Of several products none is the page's.
 */
export const connectMicrodata = (): void => whenParsed(read);

function read(): void {
  const found = document.querySelectorAll('[itemtype$="schema.org/Product"]');
  if (found.length !== 1 || isProductTold()) return;
  const item: { [name: string]: string } = {};
  for (const property of PROPERTIES) {
    const element = found[0]!.querySelector(`[itemprop="${property}"]`);
    const name = property === "productID" ? "id" : property.slice(0, 4);
    if (element && !item[name]) item[name] = valueOf(element).slice(0, 128);
  }
  if (Object.values(item).some(Boolean)) say("page", { type: "product", item });
}
