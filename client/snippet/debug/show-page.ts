import type { Money } from "../../../src/core/primitives/money.ts";
import { scale } from "../money.ts";
import { at, listOf, make, textOf } from "./element.ts";
import { itemFields, type PageRead } from "./page-check.ts";

/** An amount as a program would write it. @example inMajor({ minor: 1299, currency: "EUR" }) // "12.99 EUR" */
const inMajor = ({ minor, currency }: Money): string => `${minor / scale(currency)} ${currency}`;

/** What was read of the page, and what is wrong with it. */
export function showPage(read: PageRead, amiss: readonly string[]): Node[] {
  const { page, product, cart } = read;
  const item = itemFields(at(product, "item") ?? at(page, "item"));
  const price = at(product, "price");
  const rows: (readonly [name: string, value: string])[] = [
    ["type", textOf(at(page, "type"))],
    ["product", item.map(([name, value]) => `${name} ${value}`).join(", ")],
    ["price", at(price, "currency") ? inMajor(price as Money) : ""],
    ["query", textOf(at(page, "query"))],
    ["category", textOf(at(page, "category"))],
    ["cart", cart ? `${listOf(cart).length} lines` : "not said"],
    ["language", document.documentElement.lang],
    ["address", textOf(at(page, "url") ?? location.href)],
  ];
  const list = make("dl", {});
  for (const [name, value] of rows)
    list.append(
      make("dt", {}, name),
      value ? make("dd", { class: "mono" }, value) : make("dd", { class: "soft" }, "–"),
    );
  return [
    make("h2", { class: "title" }, "What is wrong"),
    amiss[0]
      ? make("ul", { class: "wrong" }, ...amiss.map((text) => make("li", {}, text)))
      : make("p", { class: "fine" }, "Nothing found."),
    make("h2", { class: "part" }, "What was read"),
    list,
  ];
}
