import type { RouteContext } from "./route.ts";

/** Addresses that other people's SDKs call from pages, with headers that browsers ask about first. */
const ASKED = [
  { path: /^\/ofrep\/v1\/evaluate\/flags(\/[^/]+)?$/, method: "POST" },
  { path: /^\/(v1\/features|api\/features\/[^/]+)$/, method: "GET" },
] as const;

/** Headers of those SDKs. Named one by one: `*` does not cover `Authorization`. */
const HEADERS = "Authorization, Content-Type, If-None-Match, X-API-Key";

/** seconds a browser may remember the answer; Chromium remembers no longer than two hours. */
const REMEMBER_S = 7_200;

/**
 * The answer to a browser that asks whether a page may send such headers; `undefined` where nobody needs to ask. The
 * question carries no key, so nothing tells the site and its origins yet: it is the request itself that is refused when
 * its origin is not one of the key's site, and only then would there be anything to read. No credentials are allowed.
 */
export function preflight(c: RouteContext): Response | undefined {
  const origin = c.req.header("origin");
  const asked = ASKED.find(({ path }) => path.test(c.req.path));
  if (origin === undefined || asked === undefined) return undefined;
  if (c.req.header("access-control-request-method") !== asked.method) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": asked.method,
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": String(REMEMBER_S),
      vary: "origin",
    },
  });
}

/** What a page may read of an answer beside its body. */
export const READABLE = { "access-control-expose-headers": "ETag, Retry-After" } as const;
