import { toBase64url } from "../edge/hmac.ts";

/** An entity tag of a body: the same text has the same one, in every isolate. */
export async function etagOf(body: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  return `"${toBase64url(new Uint8Array(digest).subarray(0, 16))}"`;
}

/**
 * Whether `If-None-Match` names the entity: one of a list, or anything. Compared weakly, since whatever compresses on the
 * way marks tags as weak. Source: RFC 9110, section 13.1.2.
 * @example isKnownAs('W/"a", "b"', '"a"') // true
 */
export function isKnownAs(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((one) => {
    const tag = one.trim();
    return tag === "*" || tag.replace(/^W\//, "") === etag;
  });
}
