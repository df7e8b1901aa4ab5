import type { Context } from "hono";
import type * as v from "valibot";
import { parseWith } from "../core/problem/parse.ts";
import type { KeyKind } from "../edge/keys.ts";
import type { Asker } from "../edge/person.ts";
import { openAccess, type Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import type { Env } from "../env.ts";

/** A request on its way through a route. */
export type RouteContext = Context<{ Bindings: Env }>;

/** What access control needs of it. */
export const contextOf = (c: RouteContext) => ({ env: c.env, ctx: c.executionCtx, request: c.req.raw });

/** Who asks, for everything that has to find out whom it is about. */
export const askerOf = (c: RouteContext, access: Access): Asker => ({
  env: c.env,
  ctx: c.executionCtx,
  request: c.req.raw,
  siteId: access.siteId,
  kind: access.kind,
  identityKeys: access.site.site.identityKeys ?? [],
  keyDigest: access.actor,
  usage: access.site.usage,
});

/** The same headers with cookies to set; several can only be appended. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** A JSON answer that nobody may cache: it is about a person, or about now. */
export function answer(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store", ...headers },
  });
}

/** The key a browser's body carries, read before the body is checked, so that a refusal can name its origin. */
function bodyKeyOf(body: unknown): string | undefined {
  const key = (body as { key?: unknown } | null)?.key;
  return typeof key === "string" && key.length <= 256 ? key : undefined;
}

/**
 * The head of every route that a page may call: reads the body, lets the caller in, parses what it asks. A refusal comes
 * back as the response to give.
 */
export async function enter<S extends v.GenericSchema>(
  c: RouteContext,
  allowed: readonly KeyKind[],
  schema: S,
): Promise<{ readonly access: Access; readonly request: v.InferOutput<S> } | Response> {
  const body = await readJson(c.req.raw);
  if (!body.ok) return problemResponse(body.problem);
  const access = await openAccess(contextOf(c), allowed, bodyKeyOf(body.value));
  if (!access.ok) return problemResponse(access.problem);
  const request = parseWith(schema, body.value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem, access.value.headers);
  return { access: access.value, request: request.value };
}
