import { idDefect, type CustomerId, type VisitorId } from "../core/primitives/ids.ts";
import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { ownCookie, setCookie } from "./cookies.ts";
import { toBase64url } from "./hmac.ts";
import { seal, unseal } from "./seal.ts";

/** A browser that once showed a verified identity: it may speak for this customer until then. */
export type Device = {
  readonly customerId: CustomerId;
  /** Random, new at each binding. The customer's object keeps the ids that were ended, since a cookie can be kept. */
  readonly deviceId: string;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
};

/** Longest life of a cookie, in days: browsers cut longer ones to 400 anyway (RFC 6265bis, 5.5). */
export const COOKIE_DAYS_MAX = 400;
const DEVICE_USE = "device-cookie";
const VISITOR_USE = "visitor-cookie";

/**
 * Binds this browser to a customer whose identity was just verified. The cookie is sealed: it tells nobody who that is.
 * @param days lifetime, 1 to 400
 */
export async function mintDevice(
  env: Env,
  site: string,
  request: Request,
  {
    customerId,
    now,
    days,
  }: { readonly customerId: CustomerId; readonly now: EpochMs; readonly days: number },
): Promise<{ readonly setCookie: string; readonly device: Device }> {
  const lifeMs = Math.min(days, COOKIE_DAYS_MAX) * DAY_MS;
  const deviceId = `d_${toBase64url(crypto.getRandomValues(new Uint8Array(12)))}`;
  const device = { customerId, deviceId, issuedAt: now, expiresAt: now + lifeMs };
  const text = JSON.stringify([site, customerId, deviceId, device.issuedAt, device.expiresAt]);
  return { setCookie: setCookie(request, "d", await seal(env, DEVICE_USE, text), lifeMs / 1000), device };
}

/** The binding a request brings, if we made it for this site and it has not run out. Whether it was ended, only the customer's object knows. */
export async function readDevice(
  env: Env,
  site: string,
  request: Request,
  now: EpochMs,
): Promise<Device | undefined> {
  const fields = await fieldsOf(env, DEVICE_USE, ownCookie(request, "d"));
  const [of, customerId, deviceId, issuedAt, expiresAt] = fields;
  if (of !== site || typeof customerId !== "string" || idDefect(customerId) !== undefined) return undefined;
  if (typeof deviceId !== "string" || typeof issuedAt !== "number" || typeof expiresAt !== "number")
    return undefined;
  return expiresAt > now ? { customerId, deviceId, issuedAt, expiresAt } : undefined;
}

/** The anonymous visitor's own cookie: proves later that this browser was handed this id, and did not read it somewhere. */
export async function mintVisitorCookie(
  env: Env,
  site: string,
  request: Request,
  { visitorId, now, days }: { readonly visitorId: VisitorId; readonly now: EpochMs; readonly days: number },
): Promise<string> {
  const lifeMs = Math.min(days, COOKIE_DAYS_MAX) * DAY_MS;
  const text = JSON.stringify([site, visitorId, now + lifeMs]);
  return setCookie(request, "v", await seal(env, VISITOR_USE, text), lifeMs / 1000);
}

/** The visitor id that this browser was handed by this site, while its cookie lives. */
export async function readVisitorCookie(
  env: Env,
  site: string,
  request: Request,
  now: EpochMs,
): Promise<VisitorId | undefined> {
  const fields = await fieldsOf(env, VISITOR_USE, ownCookie(request, "v"));
  const [of, visitorId, expiresAt] = fields;
  if (of !== site || typeof visitorId !== "string" || typeof expiresAt !== "number") return undefined;
  return expiresAt > now ? visitorId : undefined;
}

/** `Set-Cookie` headers that end binding and visitor in this browser: what a reset on a shared device needs. */
export const endDevice = (request: Request): readonly string[] => [
  setCookie(request, "d", "", 0),
  setCookie(request, "v", "", 0),
];

async function fieldsOf(env: Env, use: string, sealed: string | undefined): Promise<readonly unknown[]> {
  const text = sealed === undefined ? undefined : await unseal(env, use, sealed);
  return text === undefined ? [] : (JSON.parse(text) as unknown[]);
}
