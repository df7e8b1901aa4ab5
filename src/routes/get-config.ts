import { objectId } from "../edge/names.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `GET /v1/config`: the marketer's document as it was published, its revision in the ETag. `?revision=n` for an older one. */
export async function getConfig(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak", "sk"]);
  if (!access.ok) return problemResponse(access.problem);
  const asked = c.req.query("revision");
  const stub = c.env.SITE.get(await objectId(c.env, "site", access.value.siteId, ""));
  const found = await stub.config(asked === undefined ? undefined : Number(asked));
  if (!found)
    return problemResponse({
      code: "revision_unknown",
      detail: "There is no such revision.",
      cure: "GET /v1/config/revisions lists them.",
    });
  const etag = `"${found.revision}"`;
  if (c.req.header("if-none-match") === etag) return new Response(null, { status: 304, headers: { etag } });
  return answer(JSON.parse(found.body), { etag });
}

/** `GET /v1/config/revisions`: who published what, when, and why; the newest first. */
export async function getRevisions(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak", "sk"]);
  if (!access.ok) return problemResponse(access.problem);
  return answer({
    revisions: await c.env.SITE.get(await objectId(c.env, "site", access.value.siteId, "")).revisions(),
  });
}
