import type { Context } from "hono";
import type { Env } from "../env.ts";

/** A request on its way through a route. */
export type RouteContext = Context<{ Bindings: Env }>;

/** What access control needs of it. */
export const contextOf = (c: RouteContext) => ({ env: c.env, ctx: c.executionCtx, request: c.req.raw });

/** A JSON answer that nobody may cache: it is about a person, or about now. */
export function answer(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store", ...headers },
  });
}
