import { compactVerify, errors, importJWK } from "jose";
import { readClaims, unverified } from "../core/identity/claims.ts";
import type { Identity, IdentityKey } from "../core/identity/identity.ts";
import type { Result } from "../core/primitives/result.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { fromBase64url, toBase64url } from "./hmac.ts";
import { identitySecret } from "./identity-key.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

/** Longest token read, in characters: ours have some 300. */
export const TOKEN_LENGTH_MAX = 4_096;

type Secret = { readonly CONCIERGE_SECRET: string };

/**
 * Verifies an identity token: a JWT that the shop's server signed with one of the site's live keys. The algorithm is the
 * key's own, whatever the token's head says, so neither `none` nor a public key used as an HMAC secret gets through.
 * With two live keys the token must name its own (`kid`). Problem: `identity_unverified`, saying which check failed.
 */
export async function verifyIdentity(
  env: Secret,
  siteId: string,
  identityKeys: readonly IdentityKey[],
  token: string,
  now: EpochMs,
): Promise<Result<Identity>> {
  if (token.length > TOKEN_LENGTH_MAX)
    return unverified(`An identity token may have at most ${TOKEN_LENGTH_MAX} characters.`);
  const head = headOf(token);
  if (!head)
    return unverified("The identity token must be a JWT: three parts of base64url with dots between.");
  if (identityKeys.length === 0)
    return unverified("This site has no identity key yet.", "Make one with POST /v1/identity-keys.");
  if (head["crit"] !== undefined) return unverified("The token's head may demand no extensions (`crit`).");
  const { kid } = head;
  if (kid === undefined && identityKeys.length > 1)
    return unverified("The site has two live keys, so the token's head must name its own (`kid`).");
  const key = kid === undefined ? identityKeys[0]! : identityKeys.find((one) => one.kid === kid);
  if (!key) return unverified("`kid` names no live key of this site.");
  if (head["alg"] !== key.alg) return unverified(`Tokens of this key are signed with ${key.alg}.`);
  const usable = await keyOf(env, siteId, key);
  if (!usable)
    return unverified("The site's identity key is not an Ed25519 public key.", "Replace it with another.");
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(token, usable, { algorithms: [key.alg] }));
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return unverified("The signature does not fit the site's key.", "Sign with the key as it was shown.");
    if (error instanceof errors.JOSEError) return unverified("The identity token is not a well-formed JWT.");
    throw error;
  }
  const claims = jsonOf(payload);
  return claims === undefined
    ? unverified("The token's payload must be a JSON object.")
    : readClaims(claims, siteId, now);
}

/** The token's head, unverified: read only to find the key, and to refuse early. */
function headOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const match = /^([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)$/.exec(token);
  const bytes = match ? fromBase64url(match[1]!) : undefined;
  const signature = match ? fromBase64url(match[2]!) : undefined;
  // The last digit of a signature has bits that mean nothing: with others there, the same token would have many texts.
  if (!bytes || !signature || toBase64url(signature) !== match![2]) return undefined;
  const head = jsonOf(bytes);
  return typeof head === "object" && head !== null && !Array.isArray(head)
    ? (head as Record<string, unknown>)
    : undefined;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** Keys imported lately: an import costs more than a verification. */
const imported = new Map<string, CryptoKey>();
const IMPORTED_MAX = 500;

async function keyOf(env: Secret, site: string, key: IdentityKey): Promise<CryptoKey | undefined> {
  const name = lengthPrefixed([env.CONCIERGE_SECRET, site, key.kid, key.alg, key.publicKey ?? ""]);
  const known = imported.get(name);
  if (known) return known;
  const made = key.alg === "HS256" ? await hmacKey(env, site, key.kid) : await publicKey(key.publicKey);
  if (!made) return undefined;
  if (imported.size >= IMPORTED_MAX) imported.clear();
  imported.set(name, made);
  return made;
}

/** The key is the secret's text, byte for byte, as every JWT library takes it; nobody needs to decode it first. */
async function hmacKey(env: Secret, site: string, kid: string): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(await identitySecret(env, site, kid));
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

async function publicKey(text: string | null): Promise<CryptoKey | undefined> {
  try {
    const { kty, crv, x } = JSON.parse(text ?? "null") as Readonly<Record<string, unknown>>;
    if (kty !== "OKP" || crv !== "Ed25519" || typeof x !== "string") return undefined;
    // Only the public members: whatever else a pasted key holds (its private part, its own `alg`) is not asked.
    const key = await importJWK({ kty, crv, x }, "EdDSA");
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
