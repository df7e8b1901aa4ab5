import { forget } from "../edge/site-source.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** `DELETE /v1/keys/:id`: ends a key: here at once, in other isolates within 5 seconds. */
export async function deleteKey(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const id = c.req.param("id") ?? "";
  const problem = await (await siteStub(c.env, access.siteId)).revokeKey(id, access.actor);
  if (problem) return problemResponse(problem);
  forget(access.siteId);
  return answer({ id, revoked: true });
}
