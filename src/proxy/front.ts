import { problemResponse } from "../http/problem.ts";
import type { RouteContext } from "../routes/route.ts";
import { fillSlots } from "./fill-slots.ts";
import { forward, LOOP } from "./forward.ts";
import { shopsOf, type Fronted } from "./shops.ts";
import { RULES_PATH, rulesReply } from "./speculation.ts";

/** Our own files, at a shop's address too. */
const OWN = /^\/concierge[\w.-]*\.js$/;

/**
 * The answer of the shop that this Worker stands in front of, with its slots filled; `undefined` where it stands in front of
 * none at this address.
 */
export function frontOf(c: RouteContext): Promise<Response> | undefined {
  const { shops } = shopsOf(c.env.PROXY);
  if (shops.size === 0) return undefined;
  const { host, pathname } = new URL(c.req.url);
  const shop = shops.get(host);
  if (shop === undefined || OWN.test(pathname)) return undefined;
  return pathname === RULES_PATH ? Promise.resolve(rulesReply()) : front(c, shop);
}

async function front(c: RouteContext, shop: Fronted): Promise<Response> {
  const request = c.req.raw;
  if (request.headers.has(LOOP))
    return problemResponse({
      code: "origin_failed",
      detail: "The shop's origin leads back to this Worker.",
      cure: "PROXY must name a host that serves the shop itself.",
    });
  let reply: Response;
  try {
    reply = await forward(c.env, request, shop);
  } catch (error) {
    console.error(JSON.stringify({ at: "proxy.origin", error: String(error) }));
    return problemResponse({
      code: "origin_failed",
      detail: "The shop's own server did not answer.",
      cure: "Try again in a moment.",
    });
  }
  const isPage =
    request.method === "GET" &&
    reply.status === 200 &&
    reply.body !== null &&
    /^text\/html\b/i.test(reply.headers.get("content-type") ?? "");
  return isPage ? fillSlots(c, shop, reply) : reply;
}
