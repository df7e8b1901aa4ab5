import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

const SHOWN_MAX = 200;

/** `GET /v1/audit`: who changed what and when, the newest first. */
export async function getAudit(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  return answer({ entries: await (await siteStub(c.env, access.siteId)).notes(SHOWN_MAX) });
}
