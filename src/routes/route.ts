import type { Context } from "hono";
import type * as v from "valibot";
import type { KeyKind } from "../core/access/role.ts";
import type { ConsentStatement } from "../core/consent/consent.ts";
import { joinStatements } from "../core/consent/join.ts";
import { settleSignals, type ConsentSignals } from "../core/consent/signals.ts";
import { parseWith } from "../core/problem/parse.ts";
import type { Asker } from "../edge/person.ts";
import { openAccess, type Access, type Callers } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import type { Env } from "../env.ts";

/** A request on its way through a route: the table says who may call, the front door notes who came in. */
export type RouteEnv = {
  Bindings: Env;
  Variables: { callers?: Callers; access?: Access; isHurried?: boolean; closing?: () => Closing };
};
export type RouteContext = Context<RouteEnv>;

/** What every answer tells of itself: where it stands in a trace, and how long it took. */
export type Closing = { readonly traceresponse: string; readonly "server-timing": string };

/** What access control needs of it. */
export const contextOf = (c: RouteContext) => ({
  env: c.env,
  ctx: c.executionCtx,
  request: c.req.raw,
  callers: c.get("callers"),
  isHurried: c.get("isHurried"),
});

/** Who asks, for everything that has to find out whom it is about. */
export const askerOf = (c: RouteContext, access: Access): Asker => ({
  env: c.env,
  ctx: c.executionCtx,
  request: c.req.raw,
  siteId: access.siteId,
  kind: access.kind,
  identityKeys: access.site.site.identityKeys,
  keyDigest: access.keyDigest,
  usage: access.site.usage,
});

/**
 * What a request says about consent: its own words, what other consent tools say, and the browser's own signal. Where two
 * disagree the denial stands.
 */
export function consentOf(
  c: RouteContext,
  access: Access,
  said: { readonly consent?: ConsentStatement | undefined; readonly signals?: ConsentSignals | undefined },
): ConsentStatement {
  const own = said.consent ?? {};
  const gpcHeader = access.kind === "pk" ? (c.req.header("sec-gpc") ?? null) : null;
  if (!said.signals && gpcHeader === null) return own;
  return joinStatements([own, settleSignals(said.signals ?? {}, { gpcHeader }).statement]);
}

/** The same headers with cookies to set; several can only be appended. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** A JSON answer that nobody may cache: it is about a person, or about now. */
export function answer(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return jsonResponse(JSON.stringify(body), headers, status);
}

const jsonResponse = (text: string, headers: Readonly<Record<string, string>>, status = 200): Response =>
  new Response(text, {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store", ...headers },
  });

/**
 * The same with what `watch` has to add already among its headers, for what is asked most: headers of a response that stands
 * cost some 30 µs to open again.
 * @param write how the body becomes JSON, where parts of it are written already
 */
export function closingAnswer<T>(
  body: T,
  c: RouteContext,
  headers: Readonly<Record<string, string>>,
  write: (body: T) => string = JSON.stringify,
): Response {
  const text = write(body);
  const closing = c.get("closing")?.();
  if (!closing) return jsonResponse(text, headers);
  const timing = headers["server-timing"];
  const whole = closing["server-timing"];
  return jsonResponse(text, {
    ...headers,
    ...closing,
    "server-timing": timing === undefined ? whole : `${timing}, ${whole}`,
  });
}

/** The key a browser's body carries, read before the body is checked, so that a refusal can name its origin. */
function bodyKeyOf(body: unknown): string | undefined {
  const key = (body as { key?: unknown } | null)?.key;
  return typeof key === "string" && key.length <= 256 ? key : undefined;
}

/**
 * Lets the caller in, or says with which response to refuse. Who may call stands in the table of endpoints and nowhere
 * else; where pages may not call, the front door has asked already.
 */
export async function admit(
  c: RouteContext,
  bodyKey?: string,
  kinds?: readonly KeyKind[],
): Promise<Access | Response> {
  const known = c.get("access");
  if (known) return known;
  const access = await openAccess(contextOf(c), bodyKey, kinds);
  if (!access.ok) return problemResponse(access.problem);
  c.set("access", access.value);
  return access.value;
}

type Entered<S extends v.GenericSchema> =
  | { readonly access: Access; readonly request: v.InferOutput<S> }
  | Response;

/**
 * The head of every route that takes JSON: reads the body, lets the caller in, parses what is asked. A refusal comes back
 * as the response to give. A list of kinds of keys counts only where no table of endpoints stands before the route.
 */
export function enter<S extends v.GenericSchema>(
  c: RouteContext,
  schema: S,
  bytesMax?: number,
): Promise<Entered<S>>;
export function enter<S extends v.GenericSchema>(
  c: RouteContext,
  kinds: readonly KeyKind[],
  schema: S,
): Promise<Entered<S>>;
export async function enter<S extends v.GenericSchema>(
  c: RouteContext,
  second: S | readonly KeyKind[],
  third?: S | number,
): Promise<Entered<S>> {
  const schema = (typeof third === "object" ? third : second) as S;
  const body = await readJson(c.req.raw, typeof third === "number" ? third : undefined);
  if (!body.ok) return problemResponse(body.problem);
  const kinds = Array.isArray(second) ? (second as readonly KeyKind[]) : undefined;
  const access = await admit(c, bodyKeyOf(body.value), kinds);
  if (access instanceof Response) return access;
  // A list without entries would pass for an object without fields.
  const value = Array.isArray(body.value) ? undefined : body.value;
  const request = parseWith(schema, value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem, access.headers);
  return { access, request: request.value };
}
