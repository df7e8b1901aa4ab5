import * as v from "valibot";
import { toBase64url } from "../edge/hmac.ts";
import { identitySecret } from "../edge/identity-key.ts";
import { publicKeyText } from "../edge/public-key.ts";
import { forget } from "../edge/site-source.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

export const IdentityKeyRequest = v.variant("alg", [
  v.strictObject({ alg: v.literal("HS256") }),
  v.strictObject({
    alg: v.literal("EdDSA"),
    /** Ed25519, as JWK or SPKI PEM. */
    publicKey: v.union([v.pipe(v.string(), v.maxLength(2048)), v.record(v.string(), v.unknown())]),
  }),
]);

/**
 * `POST /v1/identity-keys`: a key for the shop's server to sign its customers' identities with. HS256: we make the secret
 * and keep none of it. EdDSA: the shop keeps its private key and sends the public one.
 */
export async function postIdentityKeys(c: RouteContext): Promise<Response> {
  const entered = await enter(c, IdentityKeyRequest, 16 * 1024);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  let publicKey: string | null = null;
  if (request.alg === "EdDSA") {
    const text = await publicKeyText(request.publicKey);
    if (!text.ok) return problemResponse(text.problem);
    publicKey = text.value;
  }
  const kid = toBase64url(crypto.getRandomValues(new Uint8Array(9)));
  const made = await (
    await siteStub(c.env, access.siteId)
  ).addIdentityKey({ kid, alg: request.alg, publicKey }, access.actor);
  if ("code" in made) return problemResponse(made);
  forget(access.siteId);
  return request.alg === "HS256"
    ? answer({ ...made, secret: await identitySecret(c.env, access.siteId, kid) }, {}, 201)
    : answer(made, {}, 201);
}
