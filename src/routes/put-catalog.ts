import { forget } from "../edge/site-source.ts";
import { LIMITS } from "../http/limits.ts";
import { problemResponse } from "../http/problem.ts";
import { readText } from "../http/read-body.ts";
import { readCatalog } from "../import/catalog.ts";
import { feedFormatOf } from "../import/feed.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** Wrong rows told one by one; beyond this many only their number. */
const DEFECTS_SHOWN_MAX = 200;

/**
 * `PUT /v1/catalog`: upserts and deletes items, from NDJSON, JSON, CSV, TSV or Google Merchant XML. Right rows are kept,
 * wrong ones reported by line. `?mode=replace` retires what is absent.
 */
export async function putCatalog(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const text = await readText(c.req.raw, LIMITS.catalogBytesMax);
  if (!text.ok) return problemResponse(text.problem);
  const format = feedFormatOf(c.req.header("content-type"), text.value);
  if (!format)
    return problemResponse({
      code: "catalog_format_unknown",
      detail: "The catalog must be NDJSON, JSON, CSV, TSV or Google Merchant XML.",
      cure: "Say which with the content type, such as application/x-ndjson.",
    });
  const read = readCatalog(text.value, format);
  const replace = c.req.query("mode") === "replace";
  const site = await siteStub(c.env, access.siteId);
  if (replace && read.defects.length > 0 && c.req.query("confirm") !== "true") {
    return problemResponse({
      code: "catalog_row_invalid",
      detail: `Line ${read.defects[0]!.line} and ${read.defects.length - 1} more are wrong; replacing would retire their items.`,
      cure: "Mend the rows, or add confirm=true.",
    });
  }
  const outcome = await site.putCatalog(read.items, read.deleted, {
    replace,
    confirmed: c.req.query("confirm") === "true",
    actor: access.actor,
  });
  if ("code" in outcome) return problemResponse(outcome);
  forget(access.siteId);
  return answer({
    format,
    accepted: read.items.length + read.deleted.length,
    changed: outcome.changed,
    removed: outcome.removed,
    rejected: read.defects.length,
    defects: read.defects.slice(0, DEFECTS_SHOWN_MAX),
    ...(read.ignored.size > 0 ? { ignoredColumns: [...read.ignored] } : {}),
  });
}
