import * as v from "valibot";
import { parseWith } from "../core/problem/parse.ts";
import { problemResponse } from "../http/problem.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { envelopeOf, isRunId, mayImport, NOTES_ONLY, reportOn, runOf, RUN_UNKNOWN } from "./imports.ts";
import { admit, answer, type RouteContext } from "./route.ts";

export const CommitRequest = v.strictObject({
  /** Commits the right rows although others are wrong. */
  acceptInvalid: v.optional(v.boolean(), false),
});

/** `POST /v1/imports/:run/commit`: begins to tell customers' objects what was staged. Asked again it says how far it is. */
export async function postImportCommit(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const text = await readText(c.req.raw, 4096);
  if (!text.ok) return problemResponse(text.problem);
  const body = parseJson(text.value === "" ? "{}" : text.value);
  if (!body.ok) return problemResponse(body.problem);
  const request = parseWith(CommitRequest, body.value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem);
  const { siteId, site } = access;
  const run = c.req.param("run");
  const report = isRunId(run) ? await reportOn(c.env, siteId, run) : undefined;
  if (!report || !isRunId(run) || report.status === "staging") return problemResponse(RUN_UNKNOWN);
  if (!mayImport(access, report.kind)) return problemResponse(NOTES_ONLY);
  if (report.status !== "staged") return answer(report);
  const { rows, invalid } = report.counts;
  if (invalid > 0 && !request.value.acceptInvalid)
    return problemResponse({
      code: "import_row_invalid",
      detail: `${invalid} of ${rows} rows are wrong; nothing was committed.`,
      cure: "Mend the rows and send the file again, or commit with acceptInvalid: true to leave them out.",
    });
  const committing = await (await runOf(c.env, siteId, run)).commit(envelopeOf(siteId, site));
  return committing ? answer(committing, {}, 202) : problemResponse(RUN_UNKNOWN);
}
