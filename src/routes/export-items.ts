import type { CatalogItem } from "../core/catalog/item.ts";
import type { JsonValue } from "../core/webhook/notice.ts";
import { jsonLines, NDJSON_TYPE } from "../export/ndjson.ts";

/** Items handed on at a time. */
const PAGE = 500;

/** Every item of a catalog as `PUT /v1/catalog` takes it, costs included, a line each. No storage is read. */
export function exportItems(items: readonly CatalogItem[]): Response {
  const pages = function* () {
    for (let at = 0; at < items.length; at += PAGE)
      // Items are JSON that was parsed; their type does not say so.
      yield items.slice(at, at + PAGE) as unknown as readonly JsonValue[];
  };
  return new Response(jsonLines(pages()), {
    headers: {
      "content-type": NDJSON_TYPE,
      "cache-control": "private, no-store",
      "content-disposition": 'attachment; filename="items.ndjson"',
    },
  });
}
