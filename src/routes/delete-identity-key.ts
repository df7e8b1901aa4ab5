import { forget } from "../edge/site-source.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** `DELETE /v1/identity-keys/:kid`: what it signed is no longer believed; its kid never comes back. */
export async function deleteIdentityKey(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const kid = c.req.param("kid") ?? "";
  const problem = await (await siteStub(c.env, access.siteId)).endIdentityKey(kid, access.actor);
  if (problem) return problemResponse(problem);
  forget(access.siteId);
  return answer({ kid, revoked: true });
}
