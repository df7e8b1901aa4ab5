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

/** What the internet answers in edge tests: one feed, and nothing else. */
const FEED = `id\ttitle\tprice\tavailability\nfeed-1\tFrom the feed\t9.99 EUR\tin stock\nfeed-2\tAlso\tmuch\tin stock\n`;

export default defineConfig({
  test: {
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
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A second, the default, is little for a browser and a server on a busy machine.
          expect: { poll: { timeout: 10_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
