import type { DecisionClaim } from "../core/event/resolved.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { equalBytes, fromBase64url, hmac, toBase64url } from "./hmac.ts";

/** How long a decision can be reported as seen or clicked. */
export const TOKEN_MS = 24 * 3_600_000;
const MAC_BYTES = 16;

type SigningKey = { readonly id: string; readonly secret: string };

/** The id of the key that is derived from the root secret: it signs where no TOKEN_SECRET is set. */
const ROOT_KEY_ID = "1";

/** Ids of keys, by secret: an id is derived from its secret, so a token says which key signed it. */
const ids = new Map<string, Promise<SigningKey>>();

function keyOf(secret: string): Promise<SigningKey> {
  let key = ids.get(secret);
  if (!key) {
    key = hmac(secret, "token-key-id", "").then((mac) => ({ id: toBase64url(mac.subarray(0, 6)), secret }));
    ids.set(secret, key);
  }
  return key;
}

/** The key that signs, and the one that may still have signed what comes back: never more than two. */
async function liveKeys(env: Env): Promise<readonly [SigningKey, ...SigningKey[]]> {
  const root = { id: ROOT_KEY_ID, secret: env.CONCIERGE_SECRET };
  if (!env.TOKEN_SECRET) return [root];
  const previous = env.TOKEN_SECRET_PREVIOUS ? await keyOf(env.TOKEN_SECRET_PREVIOUS) : root;
  return [await keyOf(env.TOKEN_SECRET), previous];
}

/** Signs what was decided: `<key id>.<claim>.<mac>`. */
export async function signClaim(env: Env, claim: DecisionClaim): Promise<string> {
  const [{ id, secret }] = await liveKeys(env);
  const body = toBase64url(new TextEncoder().encode(JSON.stringify(FIELDS.map((field) => claim[field]))));
  const mac = await hmac(secret, "decision-token", `${id}.${body}`);
  return `${id}.${body}.${toBase64url(mac.subarray(0, MAC_BYTES))}`;
}

/** The claim of a token that this deployment signed for this site and that has not expired. */
export async function verifyToken(
  env: Env,
  site: string,
  token: string,
  now: EpochMs,
): Promise<DecisionClaim | undefined> {
  const [keyId, body, mac, ...rest] = token.split(".");
  if (!keyId || !body || !mac || rest.length > 0) return undefined;
  const key = (await liveKeys(env)).find((one) => one.id === keyId);
  const given = fromBase64url(mac);
  const bytes = fromBase64url(body);
  if (!key || !given || !bytes) return undefined;
  const right = await hmac(key.secret, "decision-token", `${keyId}.${body}`);
  if (!equalBytes(given, right.subarray(0, MAC_BYTES))) return undefined;
  const fields = JSON.parse(new TextDecoder().decode(bytes)) as unknown[];
  const claim = Object.fromEntries(FIELDS.map((field, i) => [field, fields[i]])) as unknown as DecisionClaim;
  return claim.site === site && claim.expiresAt > now ? claim : undefined;
}

/** In this order and without their names: the token travels back with every exposure. */
const FIELDS = [
  "site",
  "subject",
  "expiresAt",
  "decisionId",
  "slot",
  "revision",
  "picks",
  "assignments",
] as const satisfies readonly (keyof DecisionClaim)[];
