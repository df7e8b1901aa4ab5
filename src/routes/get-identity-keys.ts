import { keyNotFound } from "../core/access/key-rules.ts";
import { identitySecret } from "../edge/identity-key.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** `GET /v1/identity-keys`: the keys that sign customers' identities, without their secrets. */
export async function getIdentityKeys(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  return answer({ keys: await (await siteStub(c.env, access.siteId)).identityKeys() });
}

/** `GET /v1/identity-keys/:kid`: one of them with its secret, which is derived anew each time; that it was shown is noted. */
export async function getIdentityKey(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const stub = await siteStub(c.env, access.siteId);
  const key = (await stub.identityKeys()).find((one) => one.kid === c.req.param("kid"));
  if (!key) return problemResponse(keyNotFound);
  if (key.alg !== "HS256") return answer(key);
  await stub.note(access.actor, `had the secret of identity key ${key.kid} shown`);
  return answer({ ...key, secret: await identitySecret(c.env, access.siteId, key.kid) });
}
