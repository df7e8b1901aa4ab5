import * as v from "valibot";
import { forget } from "../edge/site-source.ts";
import { Origin, ORIGINS_MAX } from "./origin.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

export const OriginsRequest = v.strictObject({
  origins: v.pipe(v.array(Origin), v.minLength(1), v.maxLength(ORIGINS_MAX)),
});

/** `PUT /v1/origins`: whose pages may use the write keys from now on; whoever is not named no longer may. */
export async function putOrigins(c: RouteContext): Promise<Response> {
  const entered = await enter(c, OriginsRequest, 16 * 1024);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const origins = [...new Set(request.origins)];
  await (await siteStub(c.env, access.siteId)).setOrigins(origins, access.actor);
  forget(access.siteId);
  return answer({ origins });
}
