import { ITEM_FILTERS } from "../../core/insight/catalog/find-items.ts";
import type { Role } from "../../core/access/role.ts";
import { getCatalogItem } from "../get-catalog-item.ts";
import { getCatalogItems } from "../get-catalog-items.ts";
import { getModel } from "../get-model.ts";
import { getUnmatched } from "../get-unmatched.ts";
import { postCatalogWhy, WhyRequest } from "../post-catalog-why.ts";
import { putCatalog } from "../put-catalog.ts";
import { CATALOG, CATALOG_READERS, ok, type Endpoint } from "./endpoint.ts";

const FEED_TYPES = [
  "application/x-ndjson",
  "application/json",
  "text/csv",
  "text/tab-separated-values",
  "application/xml",
];

/** Who may look at what the shop sells and at what was learned of it: nothing in it is about a person. */
const ITEM_READERS: readonly Role[] = [...CATALOG_READERS, "analyst"];

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
  {
    method: "GET",
    path: "/v1/catalog/items",
    summary: "Items with what is known of each, the most visited first; by words, and by what is amiss.",
    callers: ITEM_READERS,
    query: {
      query: "Words that have to be in the title, id, brand, type, SKU or GTIN.",
      filter: `${ITEM_FILTERS.join(", ")}; all of them unless said.`,
      after: "`next` of the page before.",
      limit: "Items of a page, 50 unless said, 100 at most.",
    },
    answers: ok("A page of items, how many fit, and how many there are by filter."),
    problems: ["query_invalid"],
    handle: getCatalogItems,
  },
  {
    method: "GET",
    path: "/v1/catalog/items/:id",
    summary:
      "An item: what goes with it and why, what may be shown beside it now, and what ties those together.",
    callers: ITEM_READERS,
    params: { id: "The item's own id in the catalog." },
    answers: ok("The item, its lists, and the ties among them; counts of fewer than five are withheld."),
    problems: ["item_unknown"],
    handle: getCatalogItem,
  },
  {
    method: "POST",
    path: "/v1/catalog/why",
    summary: "Why an item is shown in a slot, or is not: the word of each step of the decision.",
    callers: ITEM_READERS,
    request: WhyRequest,
    answers: ok("The outcome, the rules and recipes behind it, and what the slot shows."),
    problems: ["item_unknown"],
    handle: postCatalogWhy,
  },
  {
    method: "GET",
    path: "/v1/model",
    summary: "How far each recipe has learned, what it covers, how old the model is, and how large.",
    callers: ITEM_READERS,
    answers: ok("The learning state."),
    problems: [],
    handle: getModel,
  },
];
