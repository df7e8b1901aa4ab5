import type { Env } from "../env.ts";
import type { Fronted } from "./shops.ts";

/** Headers that belong to one connection (RFC 9110, 7.6.1), and those that we say ourselves. */
const OURS = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "host",
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
];
/** Tells our own requests: a shop whose origin is this Worker would ask itself for ever. */
export const LOOP = "x-concierge-front";

/** Asks a shop's origin what was asked of us. Redirects are the browser's to follow. */
export async function forward(env: Env, request: Request, { origin }: Fronted): Promise<Response> {
  const url = new URL(request.url);
  const isLocal = origin === "local";
  const target = isLocal ? url.href : `${origin}${url.pathname}${url.search}`;
  const headers = new Headers(request.headers);
  for (const name of OURS) headers.delete(name);
  const client = request.headers.get("cf-connecting-ip");
  if (client) headers.set("x-forwarded-for", client);
  headers.set("x-forwarded-host", url.host);
  headers.set("x-forwarded-proto", url.protocol.slice(0, -1));
  headers.set(LOOP, "1");
  const cookie = withoutOurs(request.headers.get("cookie"));
  if (cookie === "") headers.delete("cookie");
  else headers.set("cookie", cookie);
  const asked = new Request(target, {
    method: request.method,
    headers,
    body: request.body,
    redirect: "manual",
  });
  const reply = await (isLocal && env.ORIGIN ? env.ORIGIN.fetch(asked) : fetch(asked));
  return isLocal ? reply : broughtHome(reply, origin, url.origin);
}

/** What our cookies say is nobody's business but ours. */
const withoutOurs = (cookie: string | null): string =>
  (cookie ?? "")
    .split(";")
    .filter((pair) => !/^\s*(__Host-)?cg_[dv]=/.test(pair))
    .join(";")
    .trim();

/** A redirect within the origin is one within the shop. */
function broughtHome(reply: Response, origin: string, home: string): Response {
  const location = reply.headers.get("location");
  if (!location?.startsWith(origin)) return reply;
  const rest = location.slice(origin.length);
  if (rest !== "" && !/^[/?#]/.test(rest)) return reply;
  const moved = new Response(reply.body, reply);
  moved.headers.set("location", home + rest);
  return moved;
}
