import { createHmac } from "node:crypto";

/** A key that the shop's server signs with. */
export type IdentityKey = { readonly kid: string; readonly secret: string };

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token by which the shop's server says who stands before the page, as the guide tells a shop to make one. */
export function identityToken(
  key: IdentityKey,
  siteId: string,
  customerId: string,
  registeredAt: number | undefined,
): string {
  const now = Date.now() / 1000;
  const claims = {
    sub: customerId,
    aud: siteId,
    iat: Math.floor(now),
    exp: Math.floor(now) + 3_000,
    ...(registeredAt === undefined ? {} : { registeredAt: registeredAt / 1000 }),
  };
  const signed = `${part({ alg: "HS256", typ: "JWT", kid: key.kid })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", key.secret).update(signed).digest("base64url")}`;
}
