/** Longest Cookie header that is looked into, in characters. */
const HEADER_LENGTH_MAX = 16 * 1024;
const VALUE = /^[A-Za-z0-9_-]{1,2048}$/;

/**
 * The value of the one cookie of this name. Names are told apart by case, values are base64url and nothing else. Two
 * cookies of one name are none: somebody set a second beside ours, and which is which cannot be told.
 */
export function readCookie(request: Request, name: string): string | undefined {
  const header = request.headers.get("cookie");
  if (header === null || header.length > HEADER_LENGTH_MAX) return undefined;
  let found: string | undefined;
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue;
    if (found !== undefined) return undefined;
    found = pair.slice(equals + 1).trim();
  }
  return found !== undefined && VALUE.test(found) ? found : undefined;
}

/** Our cookies: `d` binds a device to a customer, `v` proves that this browser was given its visitor id. */
export type CookieKind = "d" | "v";

/** A page of one's own machine over plain http: the only place where a browser sends no `Secure` cookie back. */
function isLocal(request: Request): boolean {
  if (!request.url.startsWith("http:")) return false;
  const { protocol, hostname } = new URL(request.url);
  return protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** The cookie's name here. `__Host-` keeps every other host, subdomains of ours included, from setting it. */
export const cookieName = (request: Request, kind: CookieKind): string =>
  `${isLocal(request) ? "" : "__Host-"}cg_${kind}`;

/**
 * A `Set-Cookie` header. The shop's page and we may live on different sites, hence `SameSite=None`; `Partitioned` keeps
 * it to this shop, so it can follow nobody from one shop to another. A proxy that ends TLS hands us plain http for a host
 * that is not local: the browser sees https there, so the cookie is the secure one.
 */
export function setCookie(request: Request, kind: CookieKind, value: string, maxAgeS: number): string {
  const attributes = isLocal(request) ? "SameSite=Lax" : "Secure; SameSite=None; Partitioned";
  return `${cookieName(request, kind)}=${value}; Path=/; Max-Age=${Math.floor(maxAgeS)}; HttpOnly; ${attributes}`;
}

/** The value of our own cookie of this kind, where the request brings it. */
export const ownCookie = (request: Request, kind: CookieKind): string | undefined =>
  request.headers.has("cookie") ? readCookie(request, cookieName(request, kind)) : undefined;
