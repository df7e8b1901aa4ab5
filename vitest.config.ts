import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { readShared } from "./test/support/shared.ts";

/** Inputs for tests that run inside workerd, where there is no file system. Null where shared data is absent. */
const shared = (path: string): unknown => {
  const text = readShared(path);
  return text === undefined ? null : JSON.parse(text);
};

/** What was posted to webhooks under hooks.shop.example, by path; a GET gives it back. */
const posted = new Map<string, string[]>();
async function takeHook(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const known = posted.get(pathname) ?? [];
  if (request.method === "GET") return Response.json(known);
  posted.set(pathname, [...known, await request.text()]);
  return new Response("ok");
}

/** A shop of which a Worker stands in front: its pages, and what it was asked. */
const PRODUCT = `<!doctype html><html lang="en"><head><title>Kettle</title>
<script type="application/ld+json">{"@type":"Product","productID":"kettle","name":"Kettle"}</script></head>
<body><h1>Kettle</h1><div data-concierge-slot="alike" id="alike"><p>The shop's own.</p></div><p>Between</p>
<div data-concierge-slot="goes-with"><p>The shop's own.</p></div></body></html>`;
async function answerAsShop(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const html = {
    "content-type": "text/html; charset=utf-8",
    etag: '"1"',
    "cache-control": "public, max-age=60",
  };
  if (pathname === "/product") return new Response(PRODUCT, { headers: html });
  if (pathname === "/missing") return new Response(PRODUCT, { status: 404, headers: html });
  if (pathname === "/data")
    return new Response(PRODUCT, { headers: { ...html, "content-type": "text/plain" } });
  if (pathname === "/moved")
    return new Response(null, {
      status: 302,
      headers: { location: "https://origin.shop.example/there?x=1" },
    });
  if (pathname === "/echo")
    return Response.json({
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
  return new Response("nothing", { status: 404 });
}

/** What the internet answers in edge tests: one feed, one shop, and nothing else. */
const FEED = `id\ttitle\tprice\tavailability\nfeed-1\tFrom the feed\t9.99 EUR\tin stock\nfeed-2\tAlso\tmuch\tin stock\n`;

export default defineConfig({
  test: {
    // Browsers and servers mostly wait: two files share even a small machine.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "core",
          include: ["test/core/**/*.test.ts", "test/*.test.ts"],
          environment: "node",
          setupFiles: ["test/support/fixed-seed.ts"],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                CONCIERGE_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
                OPERATOR_KEY: "op_the-operator-of-the-tests",
                ALLOW_HEADLESS: "1",
                CLEAR_AFTER_MS: "500",
              },
              outboundService: (request: Request) =>
                new URL(request.url).hostname === "hooks.shop.example"
                  ? takeHook(request)
                  : new URL(request.url).hostname === "origin.shop.example"
                    ? answerAsShop(request)
                    : new URL(request.url).hostname === "feeds.shop.example"
                      ? new Response(FEED, { headers: { "content-type": "text/tab-separated-values" } })
                      : new Response("nobody", { status: 502 }),
            },
          }),
        ],
        test: {
          name: "edge",
          include: ["test/edge/**/*.test.ts"],
          testTimeout: 30_000,
          provide: {
            badIds: shared("vectors/hostile/bad-ids.json"),
            growthbook: shared("vectors/growthbook/cases.json"),
            buckets: Number(process.env["BUCKETS"] ?? 100_000),
            bodies: shared("vectors/hostile/bodies.json"),
            ssrf: shared("vectors/hostile/ssrf-urls.json"),
            cells: shared("vectors/hostile/csv-formula.json"),
            moments: shared("vectors/hostile/times.json"),
            tcf: readShared("vectors/tcf/tcf-strings.txt") ?? null,
            gpp: readShared("vectors/gpp/gpp-strings.txt") ?? null,
            cdnow: readShared("data/cdnow/CDNOW_sample.txt") ?? null,
            segment: readShared("vectors/segment-spec/samples.jsonl") ?? null,
          },
          // itty-durable ships ESM syntax without saying so; only the optimizer makes the Workers runner load it.
          deps: { optimizer: { ssr: { enabled: true, include: ["itty-durable"] } } },
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts", "test/server/**/*.test.ts"],
          environment: "node",
          globalSetup: ["test/support/unpack-browser.ts"],
          setupFiles: ["test/support/patient.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A second, the default, is little for a browser and a server on a busy machine.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
