import type { DecisionClaim } from "../core/event/resolved.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { equalBytes, fromBase64url, hmac, toBase64url } from "./hmac.ts";

/** How long a decision can be reported as seen or clicked. */
export const TOKEN_MS = 24 * 3_600_000;
const MAC_BYTES = 16;
/** Names the signing key, for the day there are two. */
const KEY_ID = "1";

/** Signs what was decided: `<key id>.<claim>.<mac>`. */
export async function signClaim(env: Env, claim: DecisionClaim): Promise<string> {
  const body = toBase64url(new TextEncoder().encode(JSON.stringify(FIELDS.map((field) => claim[field]))));
  const mac = await hmac(env.CONCIERGE_SECRET, "decision-token", `${KEY_ID}.${body}`);
  return `${KEY_ID}.${body}.${toBase64url(mac.subarray(0, MAC_BYTES))}`;
}

/** The claim of a token that this deployment signed for this site and that has not expired. */
export async function verifyToken(
  env: Env,
  site: string,
  token: string,
  now: EpochMs,
): Promise<DecisionClaim | undefined> {
  const [keyId, body, mac, ...rest] = token.split(".");
  if (keyId !== KEY_ID || !body || !mac || rest.length > 0) return undefined;
  const given = fromBase64url(mac);
  const bytes = fromBase64url(body);
  if (!given || !bytes) return undefined;
  const right = await hmac(env.CONCIERGE_SECRET, "decision-token", `${KEY_ID}.${body}`);
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
