import { getUnmatched } from "../get-unmatched.ts";
import { putCatalog } from "../put-catalog.ts";
import { CATALOG, CATALOG_READERS, ok, type Endpoint } from "./endpoint.ts";

const FEED_TYPES = [
  "application/x-ndjson",
  "application/json",
  "text/csv",
  "text/tab-separated-values",
  "application/xml",
];

/** The shop's server: what it sells. */
export const CATALOG_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "PUT",
    path: "/v1/catalog",
    summary: "Upserts and deletes items; right rows are kept, wrong ones reported by line.",
    callers: CATALOG,
    accepts: FEED_TYPES,
    query: {
      mode: "`replace` retires what is absent.",
      confirm: "`true`: replace even though many items would go.",
    },
    answers: ok("How many rows were accepted, changed, removed and rejected, and what was wrong with them."),
    problems: ["catalog_format_unknown", "catalog_row_invalid", "catalog_shrinks"],
    handle: putCatalog,
  },
  {
    method: "GET",
    path: "/v1/catalog/unmatched",
    summary: "References that no item answered to, the most frequent first, with the pages they came from.",
    callers: CATALOG_READERS,
    answers: ok("References with their counts."),
    problems: [],
    handle: getUnmatched,
  },
];
