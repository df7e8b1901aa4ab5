import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { productLine, type ProductLine } from "./product-line.ts";
import { clip, countOf, fieldsOf, type Fields } from "./read-field.ts";
import { refusal } from "./unparsed-event.ts";

/** GA4 itself takes at most 200 items in one event. */
const ITEMS_MAX = 200;

/** One entry of GA4's `items[]`: the line, its 1-based place in a list, and the list. */
export type Ga4Item = {
  readonly line: ProductLine;
  readonly position?: unknown;
  readonly list?: string;
};

/**
 * Reads `items[]`; `undefined` when the event has none. GA4's `index` starts at 0, our positions at 1.
 * @example ga4Items([{ item_id: "A", index: 0 }], "EUR") // { ok: true, value: [{ line: { item: "A" }, position: 1 }] }
 */
export function ga4Items(items: unknown, currency: unknown): Result<readonly Ga4Item[] | undefined> {
  if (items === undefined || items === null) return succeed(undefined);
  if (!Array.isArray(items) || items.length > ITEMS_MAX) {
    return fail(refusal("/params/items", `a list of at most ${ITEMS_MAX} items`, items));
  }
  const read: Ga4Item[] = [];
  for (const [place, entry] of items.entries()) {
    const fields = fieldsOf(entry);
    const line = productLine({
      names: { product: fields["item_id"] },
      quantity: fields["quantity"],
      price: fields["price"],
      currency: fields["currency"] ?? currency,
      pointer: `/params/items/${place}`,
      idName: "item_id",
    });
    if (!line.ok) return line;
    const index = countOf(fields["index"]) ?? undefined;
    const list = clip(fields["item_list_id"] ?? fields["item_list_name"], 128);
    read.push({
      line: line.value,
      ...(index === undefined ? {} : { position: typeof index === "number" ? index + 1 : index }),
      ...(list === undefined ? {} : { list }),
    });
  }
  return succeed(read);
}

/** The promotions an event names, each once: on the event itself, or on its items. */
export function ga4Promotions(params: Fields): readonly string[] {
  const items = Array.isArray(params["items"]) ? params["items"].slice(0, ITEMS_MAX) : [];
  const named = [params, ...items].map((place) => {
    const fields = fieldsOf(place);
    return clip(fields["promotion_id"] ?? fields["promotion_name"], 128);
  });
  return [...new Set(named.filter((promotion) => promotion !== undefined))];
}
