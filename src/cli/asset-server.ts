import { isGuarded, POLICY } from "./page-policy.ts";

/** Serves the built assets where the platform does not: types, index pages, caching. A module of its own for workerd. */
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  md: "text/markdown; charset=utf-8",
  png: "image/png",
  ico: "image/x-icon",
  txt: "text/plain; charset=utf-8",
};

type Bindings = { readonly DISK: { fetch(url: string): Promise<Response> } };

const assetServer = {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    if (request.method !== "GET" && request.method !== "HEAD")
      return new Response("Only GET.", { status: 405 });
    const url = new URL(request.url);
    let path = url.pathname;
    if (path.endsWith("/")) path += "index.html";
    let found = await env.DISK.fetch(`http://disk${path}`);
    if (found.ok && found.headers.get("content-type") === "application/json" && !path.endsWith(".json")) {
      return Response.redirect(`${url.origin}${path}/`, 308); // A directory: workerd lists it as JSON.
    }
    if (found.status === 404 && !/\.[a-z]+$/.test(path)) {
      path += ".html";
      found = await env.DISK.fetch(`http://disk${path}`);
    }
    if (!found.ok)
      return new Response("There is nothing here.", {
        status: 404,
        headers: { "content-type": "text/plain; charset=utf-8" },
      });
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    // The snippet is loaded by other origins' pages; nothing here is private.
    return new Response(request.method === "HEAD" ? null : found.body, {
      headers: {
        "content-type": type,
        // A name with its version never changes its content.
        "cache-control": /\.[\da-f]{10}\.m?js$|-[\dA-Z]{8}\.js$/.test(path)
          ? "public, max-age=31536000, immutable"
          : "public, max-age=60",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": "*",
        ...(isGuarded(path) ? POLICY : {}),
      },
    });
  },
};

export default assetServer;
