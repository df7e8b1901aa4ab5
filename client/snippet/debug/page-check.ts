import { all, at, listOf } from "./element.ts";

/** What the snippet says that the page is about: of the last question, or of the last page view. */
export type PageRead = { readonly page: unknown; readonly product: unknown; readonly cart: unknown };

const NAME = /^[a-z\d][a-z\d_-]{0,63}$/;
const SLOTS_MAX = 12;
const ITEMS_MAX = 24;

const said = (element: Element, name: string): string | null =>
  element.getAttribute(`data-concierge-${name}`);
const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** What is wrong with the slots of the page. */
function slotsAmiss(): string[] {
  const amiss: string[] = [];
  const slots = all("[data-concierge-slot]");
  const ids = slots.map((slot) => said(slot, "slot")!);
  for (const id of new Set(ids)) {
    if (!NAME.test(id))
      amiss.push(`The slot ${quoted(id)} is not asked for: a name is made of a-z, 0-9, - and _, at most 64.`);
    else if (ids.indexOf(id) !== ids.lastIndexOf(id))
      amiss.push(`The slot ${quoted(id)} stands on the page more than once; only one of them is filled.`);
  }
  const over = [...new Set(ids.filter((id) => NAME.test(id)))].slice(SLOTS_MAX);
  if (over.length > 0)
    amiss.push(
      `A page is asked for ${SLOTS_MAX} slots; left out: ${over.slice(0, 5).join(", ")}${over.length > 5 ? ` and ${over.length - 5} more` : ""}.`,
    );
  for (const slot of slots) {
    if (!NAME.test(said(slot, "slot")!)) continue;
    const max = slot.getAttribute("data-max");
    const isCount = max === null || (Number.isInteger(+max) && +max >= 0 && +max <= ITEMS_MAX);
    if (!isCount)
      amiss.push(`data-max of ${quoted(said(slot, "slot")!)} is not a whole number up to ${ITEMS_MAX}.`);
  }
  return amiss;
}

/** Blocks of structured data that nobody can read. */
function dataAmiss(): string[] {
  return all('script[type="application/ld+json"]').flatMap((script, index) => {
    try {
      JSON.parse(script.textContent);
      return [];
    } catch (error) {
      return [`JSON-LD block ${index + 1} cannot be read: ${String(at(error, "message"))}`];
    }
  });
}

/** What is wrong with other markup of ours. */
function markupAmiss(): string[] {
  const amiss: string[] = [];
  for (const one of all("[data-concierge-track]"))
    if (said(one, "track")!.startsWith("product_") && !one.closest("[data-concierge-product]"))
      amiss.push(`What tracks ${quoted(said(one, "track")!)} names no product: add data-concierge-product.`);
  for (const card of all("template[data-concierge-card]") as HTMLTemplateElement[])
    if (!card.content.querySelector('a[data-concierge-field="url"]'))
      amiss.push('A card template has no link with data-concierge-field="url": its picks lead nowhere.');
  if (!document.documentElement.lang)
    amiss.push("The page does not say its language: <html lang> decides how prices are written.");
  return amiss;
}

/** Everything on this page that keeps the snippet from doing its work, each once, in words. */
export function amissOn({ page, product }: PageRead): string[] {
  const amiss = [...slotsAmiss(), ...dataAmiss()];
  const item = at(page, "item") ?? at(product, "item");
  if (!item && at(page, "type") === "product")
    amiss.push("This is a product page, but which product is not said: add JSON-LD, or data-concierge-item.");
  const isNamed = typeof item === "string" || ["id", "sku", "gtin"].some((name) => at(item, name));
  if (item && !isNamed) amiss.push("The product is known by its address only: add productID, sku or gtin.");
  return [...new Set([...amiss, ...markupAmiss()])];
}

/** Where an item is told by fields, those that say something. @example [["sku", "K-1"]] */
export const itemFields = (item: unknown): readonly (readonly [name: string, value: string])[] =>
  typeof item === "string"
    ? [["id", item]]
    : Object.entries(item ?? {}).flatMap(([name, value]) =>
        value ? [[name, listOf(value)[0] ? String(listOf(value)) : String(value)] as const] : [],
      );
