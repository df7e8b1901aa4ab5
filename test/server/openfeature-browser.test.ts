import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../src/cli/paths.ts";
import { launchBrowser } from "../support/browser.ts";
import { startFlags, type FlagServer } from "./flag-server.ts";
import type { Found } from "./flags-in-pages.ts";

let pages: Server;
let server: FlagServer;
let browser: Browser;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, "test/server/flags-in-pages.ts")],
    bundle: true,
    format: "iife",
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]!.text;
  pages = createServer((request, reply) => {
    const isScript = request.url === "/script.js";
    reply.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
    reply.end(isScript ? script : '<!doctype html><script src="/script.js"></script>');
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  server = await startFlags(`http://127.0.0.1:${portOf(pages)}`);
  await server.publish({
    features: {
      greeting: { defaultValue: "hello", rules: [{ condition: { country: "AT" }, force: "servus" }] },
    },
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  pages?.close();
});

const portOf = (of: Server): number => (of.address() as AddressInfo).port;

async function askFrom(host: string): Promise<Found> {
  const page = await browser.newPage();
  try {
    await page.goto(`http://${host}:${portOf(pages)}/`);
    return await page.evaluate(
      ([url, key]) =>
        (globalThis as unknown as { askFlags(url: string, key: string): Promise<Found> }).askFlags(
          url!,
          key!,
        ),
      [server.url, server.keys.writeKey],
    );
  } finally {
    await page.close();
  }
}

test("a page of the shop asks another origin with both SDKs, preflight and ETag included", async () => {
  expect(await askFrom("127.0.0.1")).toEqual({ ofrep: "servus", again: [200, 304], growthbook: "servus" });
});

test("a page of another origin reads nothing, whichever SDK it brings", async () => {
  const found = await askFrom("localhost");
  expect(found).toMatchObject({ ofrep: "none", growthbook: "none" });
  expect(found.again).toEqual([]);
});
