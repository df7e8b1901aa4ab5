import { idDefect } from "../primitives/ids.ts";
import { fail, succeed, type Result } from "../primitives/result.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Identity } from "./identity.ts";

/** Seconds that two clocks may differ by. */
export const CLOCK_TOLERANCE_S = 60;
/** Longest life of a token, in seconds: one that leaks through a log or a shared screen is soon worth nothing. */
export const TOKEN_LIFE_S_MAX = 3_600;
const TOKEN_ID_LENGTH_MAX = 128;

/** A refusal that tells the shop's developer which check failed, and repeats nothing of the token. */
export const unverified = (detail: string, cure?: string): Result<never> =>
  fail({ code: "identity_unverified", detail, ...(cure === undefined ? {} : { cure }) });

/**
 * Reads the claims of a token whose signature is right. `aud` must be this site's id and nothing else, `sub` a usable
 * customer id, `iat` and `exp` seconds since 1970, at most an hour apart. Clocks may differ by a minute.
 * Source: RFC 7519, section 4.1; stricter where a looser token would outlive its purpose.
 * @example
 * readClaims({ sub: "c-1", aud: "shop", iat: 100, exp: 400 }, "shop", 200_000)
 * // { ok: true, value: { customerId: "c-1", issuedAt: 100000, expiresAt: 400000 } }
 */
export function readClaims(claims: unknown, site: string, now: EpochMs): Result<Identity> {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims))
    return unverified("The token's payload must be a JSON object.");
  const { sub, aud, iat, exp, nbf, jti, registeredAt } = claims as Readonly<Record<string, unknown>>;
  const nowS = now / 1000;
  if (aud !== site)
    return unverified(
      "`aud` must be the id of this site, as one text.",
      "The site's id stands in every key between the first and the last `_`.",
    );
  if (typeof sub !== "string") return unverified("`sub` must be the customer's id, as text.");
  const defect = idDefect(sub);
  if (defect !== undefined) return unverified(`\`sub\` is ${defect}.`);
  if (!isMoment(iat)) return unverified("`iat` must be there, in seconds since 1970.");
  if (!isMoment(exp)) return unverified("`exp` must be there, in seconds since 1970.");
  if (exp <= iat) return unverified("`exp` must be later than `iat`.");
  if (exp - iat > TOKEN_LIFE_S_MAX)
    return unverified(
      "A token may live for an hour at most: `exp` − `iat` ≤ 3600.",
      "Make a new one at each page.",
    );
  if (iat > nowS + CLOCK_TOLERANCE_S)
    return unverified("`iat` lies in the future.", "Set the server's clock; milliseconds are not seconds.");
  if (exp <= nowS - CLOCK_TOLERANCE_S)
    return unverified("The token has expired.", "Make a new one at each page.");
  if (nbf !== undefined && (!isMoment(nbf) || nbf > nowS + CLOCK_TOLERANCE_S))
    return unverified("`nbf` must be seconds since 1970 that have passed.");
  if (jti !== undefined && (typeof jti !== "string" || jti.length > TOKEN_ID_LENGTH_MAX))
    return unverified(`\`jti\` must be text of at most ${TOKEN_ID_LENGTH_MAX} characters.`);
  // One in the future would let an erased customer begin anew with any later token.
  if (registeredAt !== undefined && (!isMoment(registeredAt) || registeredAt > nowS + CLOCK_TOLERANCE_S))
    return unverified("`registeredAt` must be seconds since 1970 that have passed.");
  return succeed({
    customerId: sub,
    issuedAt: toMs(iat),
    expiresAt: toMs(exp),
    ...(registeredAt === undefined ? {} : { registeredAt: toMs(registeredAt) }),
    ...(jti === undefined ? {} : { tokenId: jti }),
  });
}

/** RFC 7519's NumericDate, fractions allowed; what is later than the year 9999 is milliseconds by mistake. */
const isMoment = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= 253_402_300_799;

const toMs = (seconds: number): EpochMs => Math.floor(seconds * 1000);
