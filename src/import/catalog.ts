import type { CatalogItem } from "../core/catalog/item.ts";
import { parseCatalogRow } from "../core/catalog/parse-row.ts";
import type { ItemId } from "../core/primitives/ids.ts";
import { readFeed, type FeedFormat } from "./feed.ts";

/** A catalog document read: what it offers, what it deletes, and every row that is wrong. */
export type CatalogReading = {
  readonly items: CatalogItem[];
  readonly deleted: ItemId[];
  readonly defects: { line: number; detail: string; pointer?: string }[];
  readonly ignored: Set<string>;
};

/** Rows as items; of two rows with one id the later one counts. */
export function readCatalog(text: string, format: FeedFormat): CatalogReading {
  const feed = readFeed(text, format);
  const defects: CatalogReading["defects"] = feed.defects.map((defect) => ({ ...defect }));
  const items = new Map<ItemId, CatalogItem>();
  const deleted = new Set<ItemId>();
  const ignored = new Set<string>();
  for (const { line, row } of feed.rows) {
    const parsed = parseCatalogRow(row);
    if (!parsed.ok) {
      defects.push({
        line,
        detail: parsed.problem.detail,
        ...(parsed.problem.pointer === undefined ? {} : { pointer: parsed.problem.pointer }),
      });
    } else if (parsed.value.kind === "delete") {
      items.delete(parsed.value.id);
      deleted.add(parsed.value.id);
    } else {
      deleted.delete(parsed.value.item.id);
      items.set(parsed.value.item.id, parsed.value.item);
      for (const column of parsed.value.ignored ?? []) ignored.add(column);
    }
  }
  return {
    items: [...items.values()],
    deleted: [...deleted],
    defects: defects.sort((a, b) => a.line - b.line),
    ignored,
  };
}
