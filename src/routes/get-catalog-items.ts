import {
  findItems,
  ITEM_FILTERS,
  type ItemCursor,
  type ItemFilter,
} from "../core/insight/catalog/find-items.ts";
import { fromBase64url, toBase64url } from "../edge/hmac.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";

const LIMIT_MAX = 100;
const LIMIT = 50;
const QUERY_MAX = 200;

/**
 * `GET /v1/catalog/items`: the items with what is known of each, by words and by what is amiss, page by page. Works on what
 * this isolate holds in memory: no storage is read.
 */
export async function getCatalogItems(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const query = c.req.query("query") ?? "";
  const filter = c.req.query("filter") ?? "all";
  const limit = Number(c.req.query("limit") ?? LIMIT);
  const cursor = c.req.query("after");
  const after = cursor === undefined ? undefined : cursorOf(cursor);
  if (!isFilter(filter)) return wrong("/filter", `filter must be one of ${ITEM_FILTERS.join(", ")}.`);
  if (query.length > QUERY_MAX) return wrong("/query", `query may have ${QUERY_MAX} characters.`);
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX)
    return wrong("/limit", `limit must be a whole number from 1 to ${LIMIT_MAX}.`);
  if (cursor !== undefined && !after) return wrong("/after", "after must be `next` of the page before.");
  const page = findItems(access.site.world, { query, filter, after, limit });
  return answer({ ...page, next: page.next ? nameOf(page.next) : null });
}

const isFilter = (text: string): text is ItemFilter => (ITEM_FILTERS as readonly string[]).includes(text);
const wrong = (pointer: string, detail: string): Response =>
  problemResponse({ code: "query_invalid", pointer, detail });

const nameOf = ({ by, id }: ItemCursor): string =>
  toBase64url(new TextEncoder().encode(JSON.stringify([by, id])));

function cursorOf(text: string): ItemCursor | undefined {
  const bytes = text.length > 2000 ? undefined : fromBase64url(text);
  try {
    const [by, id] = JSON.parse(new TextDecoder().decode(bytes)) as unknown[];
    return typeof by === "number" && typeof id === "string" ? { by, id } : undefined;
  } catch {
    return undefined;
  }
}
