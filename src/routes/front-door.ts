import type { Hono } from "hono";
import { openOperator } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { frontOf } from "../proxy/front.ts";
import { preflight } from "./preflight.ts";
import { admit, type RouteContext, type RouteEnv } from "./route.ts";
import { TABLE, type Endpoint } from "./table.ts";
import { watch } from "./watch.ts";

/** Registers every endpoint of the table, each behind its own door. */
export function registerAll(app: Hono<RouteEnv>): void {
  for (const endpoint of TABLE)
    app.on(endpoint.method, endpoint.path, (c) => watch(c, endpoint.path, () => pass(c, endpoint)));
}

/**
 * Default deny: who may call is told to access control before the handler runs, and asked here where no page may call. Only
 * a page's key travels in the body, so there the handler asks, with `enter` or `admit`, once it has read it.
 */
async function pass(c: RouteContext, endpoint: Endpoint): Promise<Response> {
  const { callers } = endpoint;
  c.set("callers", callers);
  if (callers === "operator") {
    const problem = await openOperator(c.env, c.req.raw);
    if (problem) return problemResponse(problem);
  } else if (callers !== "public" && !callers.includes("page")) {
    const access = await admit(c);
    if (access instanceof Response) return access;
  }
  return endpoint.handle(c);
}

const PATTERNS = TABLE.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:[^/]+/g, "[^/]+")}$`),
}));

/** What a request gets that no endpoint answers: the methods there are, or that there is nothing. */
export function answerUnknown(c: RouteContext): Response | Promise<Response> {
  const { path, method } = c.req;
  const methods = PATTERNS.filter(({ pattern }) => pattern.test(path)).map((one) => one.method);
  if (methods.length > 0) {
    const allow = [...new Set([...methods, "OPTIONS"])].join(", ");
    // Only other people's SDKs need a preflight; whoever else asks is told the methods, and no origin is let in.
    if (method === "OPTIONS") return preflight(c) ?? new Response(null, { status: 204, headers: { allow } });
    return problemResponse(
      { code: "method_not_allowed", detail: `This address answers ${allow}.` },
      { allow },
    );
  }
  if (!path.startsWith("/v1/")) return frontOf(c) ?? c.env.ASSETS.fetch(c.req.raw);
  return problemResponse({
    code: "route_unknown",
    detail: "There is no such address here.",
    cure: "GET /openapi.json lists them.",
  });
}
