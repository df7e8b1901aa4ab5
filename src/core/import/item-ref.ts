import type { ItemRef } from "../event/event.ts";
import type { RowFields } from "./row-fields.ts";

/** An item by whatever the row knows: its id, SKU, GTIN, group or address. */
export function itemRefOf(row: RowFields): ItemRef | undefined {
  const id = row.id("item");
  const sku = row.id("sku");
  const gtin = row.id("gtin");
  const group = row.id("group");
  const url = row.text("url", 2048);
  if (sku === undefined && gtin === undefined && group === undefined && url === undefined) return id;
  return {
    ...(id === undefined ? {} : { id }),
    ...(sku === undefined ? {} : { sku }),
    ...(gtin === undefined ? {} : { gtin }),
    ...(group === undefined ? {} : { group }),
    ...(url === undefined ? {} : { url }),
  };
}
