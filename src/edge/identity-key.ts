import { hmac, toBase64url } from "./hmac.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/**
 * The secret a shop's server signs identity tokens with (HS256; the key is this text's bytes). It is derived from the
 * root secret, so nothing secret is stored: whoever may see it can be shown it again.
 */
export async function identitySecret(
  env: { readonly CONCIERGE_SECRET: string },
  site: string,
  kid: string,
): Promise<string> {
  return toBase64url(await hmac(env.CONCIERGE_SECRET, "identity-key", lengthPrefixed([site, kid])));
}
