import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { isRunId, reportOn, RUN_UNKNOWN, shelfOf } from "./imports.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `GET /v1/imports/:run`: the report of a run, and how far its commit is. */
export async function getImport(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["sk", "ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const run = c.req.param("run");
  const report = isRunId(run) ? await reportOn(c.env, access.value.siteId, run) : undefined;
  return report ? answer(report) : problemResponse(RUN_UNKNOWN);
}

/** `GET /v1/imports`: the latest runs, without their errors. */
export async function getImports(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["sk", "ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const reports = await (await shelfOf(c.env, access.value.siteId)).reports(50);
  return answer({ imports: reports.map(({ errors: _errors, columns: _columns, ...report }) => report) });
}
