import { problemResponse } from "../http/problem.ts";
import { isRunId, reportOn, RUN_UNKNOWN, shelfOf } from "./imports.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** `GET /v1/imports/:run`: the report of a run, and how far its commit is. */
export async function getImport(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const run = c.req.param("run");
  const report = isRunId(run) ? await reportOn(c.env, access.siteId, run) : undefined;
  return report ? answer(report) : problemResponse(RUN_UNKNOWN);
}

/** `GET /v1/imports`: the latest runs, without their errors. */
export async function getImports(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const reports = await (await shelfOf(c.env, access.siteId)).reports(50);
  return answer({ imports: reports.map(({ errors: _errors, columns: _columns, ...report }) => report) });
}
