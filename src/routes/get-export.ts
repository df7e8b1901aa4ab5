import type { Row } from "../core/export/column.ts";
import { EXPORT_KINDS, EXPORT_TABLES, type ExportKind } from "../core/export/rows.ts";
import type { Span } from "../core/export/subject.ts";
import { parseMoment } from "../core/primitives/time.ts";
import type { Problem } from "../core/problem/problem.ts";
import { exportItems } from "./export-items.ts";
import { NDJSON_TYPE, ndjsonOf } from "../export/ndjson.ts";
import { PARQUET_TYPE, parquetOf } from "../export/parquet.ts";
import { problemResponse } from "../http/problem.ts";
import { ledgerOf } from "./get-experiment.ts";
import { admit, type RouteContext } from "./route.ts";

/** Customers in one file, unless asked for fewer: the platform lets one request make so many calls. */
const CUSTOMERS_MAX = 900;
/** Customers asked at a time. */
const PAGE = 30;

const FORMATS = { ndjson: NDJSON_TYPE, parquet: PARQUET_TYPE } as const;
type Format = keyof typeof FORMATS;

const wrong = (name: string, expected: string): Problem => ({
  code: "query_invalid",
  pointer: `/${name}`,
  detail: `${name} must be ${expected}.`,
});

const ITEMS_DENIED: Problem = {
  code: "key_not_allowed",
  detail: "Items are told with what they cost the shop, and that to its owner alone.",
  cure: "Use an owner's key.",
};

/**
 * `GET /v1/export/:kind`: a table of everybody whom consent lets out, as NDJSON or Parquet, some customers at a time: the
 * header `concierge-next` names where the next file begins, and is absent on the last.
 */
export async function getExport(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const kind = c.req.param("kind") as ExportKind;
  const format = (c.req.query("format") ?? "ndjson") as Format;
  if (c.req.param("kind") === "items") {
    if (access.role !== "owner") return problemResponse(ITEMS_DENIED);
    if (format !== "ndjson") return problemResponse(wrong("format", "ndjson for items"));
    return exportItems(access.site.world.catalog.items);
  }
  if (!EXPORT_KINDS.includes(kind))
    return problemResponse(wrong("kind", `${EXPORT_KINDS.join(", ")}, items`));
  if (!Object.hasOwn(FORMATS, format)) return problemResponse(wrong("format", "ndjson or parquet"));
  const span = spanOf(c);
  if ("code" in span) return problemResponse(span);
  const limit = Number(c.req.query("customers") ?? CUSTOMERS_MAX);
  if (!Number.isInteger(limit) || limit < 1 || limit > CUSTOMERS_MAX)
    return problemResponse(wrong("customers", `a number from 1 to ${CUSTOMERS_MAX}`));
  const after = c.req.query("after") ?? "";
  if (!/^[0-9a-f]{0,64}$/.test(after))
    return problemResponse(wrong("after", "the header of the file before"));
  const { objects, next } = await ledgerOf(c, access).subjects({ after, limit });
  const { columns } = EXPORT_TABLES[kind];
  const batches = rowsOf(c, objects, kind, span);
  return new Response(format === "parquet" ? parquetOf(columns, batches) : ndjsonOf(columns, batches), {
    headers: {
      "content-type": FORMATS[format],
      "cache-control": "private, no-store",
      "content-disposition": `attachment; filename="${kind}.${format}"`,
      ...(next === null ? {} : { "concierge-next": next }),
    },
  });
}

function spanOf(c: RouteContext): Span | Problem {
  const at = (name: string, otherwise: number): number | Problem => {
    const text = c.req.query(name);
    if (text === undefined) return otherwise;
    const moment = parseMoment(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
    return moment ?? wrong(name, "a day such as 2026-11-01, or RFC 3339 with an offset");
  };
  const from = at("from", 0);
  const until = at("until", Number.MAX_SAFE_INTEGER);
  if (typeof from !== "number") return from;
  if (typeof until !== "number") return until;
  return from < until ? { from, until } : wrong("until", "after from");
}

async function* rowsOf(
  c: RouteContext,
  objects: readonly string[],
  kind: ExportKind,
  span: Span,
): AsyncGenerator<readonly Row[]> {
  const { CUSTOMER } = c.env;
  // The stub's types cannot say that JSON values travel as they are.
  type Exporting = { exported(kind: ExportKind, span: Span): Promise<readonly Row[]> };
  const exported = (id: string) =>
    (CUSTOMER.get(CUSTOMER.idFromString(id)) as unknown as Exporting).exported(kind, span);
  for (let at = 0; at < objects.length; at += PAGE) {
    const parts = await Promise.all(objects.slice(at, at + PAGE).map(exported));
    for (const rows of parts) if (rows.length > 0) yield rows;
  }
}
