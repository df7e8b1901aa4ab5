import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** `GET /v1/config`: the marketer's document as it was published, its revision in the ETag. `?revision=n` for an older one. */
export async function getConfig(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const asked = c.req.query("revision");
  const stub = await siteStub(c.env, access.siteId);
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
  const access = await admit(c);
  if (access instanceof Response) return access;
  return answer({ revisions: await (await siteStub(c.env, access.siteId)).revisions() });
}
