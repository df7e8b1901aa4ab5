import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve, type Served } from "../../src/cli/serve.ts";
import { launchBrowser } from "../support/browser.ts";

/** The head is sent at once, the slot after this, and the rest after as much again: as a slow shop sends a page. */
const PAUSE_MS = 600;
const HEAD = `<!doctype html><html lang="en"><head><title>Kettle</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'"></head>
<body data-concierge-page="product" data-concierge-item="p0"><h1>Kettle</h1>`;
const SLOT = `<div data-concierge-slot="alike"><p id="own">The shop's own.</p></div>`;
const REST = `<p id="rest">The rest</p></body></html>`;

const dir = mkdtempSync(join(tmpdir(), "concierge-front-"));
const secrets = localSecrets(dir);
const asked: { path: string; purpose: string | undefined }[] = [];
let origin: Server;
let served: Served;
let browser: Browser;

beforeAll(async () => {
  origin = createServer(async (request, response) => {
    asked.push({ path: request.url!, purpose: request.headers["sec-purpose"] as string | undefined });
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.url !== "/product") return void response.end("<!doctype html><p>Another page</p>");
    for (const part of [HEAD, SLOT]) {
      response.write(part);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    response.end(REST);
  }).listen(0, "127.0.0.1");
  await new Promise((ready) => origin.once("listening", ready));
  const place = { dataDir: join(dir, "objects"), secrets, quiet: true };
  // The shop's key is known once there is a shop, and the server starts with it: so it is made first, then served anew.
  const first = await serve(place);
  const keys = await call<SiteKeys>(`${first.url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin: first.url },
  });
  await call(`${first.url}/v1/catalog?mode=replace&confirm=true`, {
    method: "PUT",
    key: keys.serverKey,
    body: Array.from({ length: 8 }, (_, i) => ({
      id: `p${i}`,
      title: `Product ${i}`,
      price: `${10 + i}.00 EUR`,
      link: `/p/p${i}`,
      product_type: "Kettles",
      availability: "in_stock",
    })),
  });
  await call(`${first.url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"1"' },
    body: { holdout: { share: 0 }, slots: { alike: { strategies: ["same_type"] } } },
  });
  await first.stop();
  const port = Number(new URL(first.url).port);
  served = await serve({
    ...place,
    port,
    origin: `127.0.0.1:${(origin.address() as AddressInfo).port}`,
    settings: { PROXY: JSON.stringify({ [`127.0.0.1:${port}`]: { origin: "local", key: keys.writeKey } }) },
  });
  // Wakes the shop: the first page of a process that has just begun may have to do without.
  await fetch(`${served.url}/product`).then((reply) => reply.text());
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
  origin?.closeAllConnections();
  origin?.close();
  rmSync(dir, { recursive: true, force: true });
});

describe("a shop behind the Worker", () => {
  test("has its head before its slot is sent, its filled slot before its rest", async () => {
    const from = performance.now();
    const reply = await fetch(`${served.url}/product`);
    const seen: { readonly ms: number; readonly text: string }[] = [];
    const decoder = new TextDecoder();
    for await (const chunk of reply.body!)
      seen.push({ ms: performance.now() - from, text: decoder.decode(chunk, { stream: true }) });
    const at = (text: string) => seen.find((one) => one.text.includes(text))?.ms ?? Infinity;
    expect(at("<h1>Kettle</h1>")).toBeLessThan(PAUSE_MS);
    expect(at("data-concierge-pick")).toBeLessThan(2 * PAUSE_MS);
    expect(at("The rest")).toBeGreaterThan(2 * PAUSE_MS - 50);
  });

  test("shows picks without any script, in the place of what was there", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${served.url}/product`);
    expect(await page.locator("[data-concierge-pick] a").count()).toBeGreaterThan(0);
    expect(await page.locator("#own").count()).toBe(0);
    expect(await page.locator("#rest").textContent()).toBe("The rest");
    expect(await page.locator("[data-concierge-pick] a").first().getAttribute("href")).toMatch(/^\/p\/p\d$/);
    await context.close();
  });

  test("has the page that somebody is about to open fetched ahead, under a strict policy, and only that one", async () => {
    const page = await (await browser.newContext()).newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${served.url}/product`);
    const link = page.locator("[data-concierge-pick] a").first();
    const path = await link.getAttribute("href");
    const ahead = () => asked.filter(({ purpose }) => purpose?.includes("prefetch"));
    expect(ahead()).toEqual([]);
    await rulesAreRead(page);
    await link.hover();
    await expect.poll(() => ahead().map((one) => one.path)).toEqual([path]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** The rules come by a request of their own, which the page does not wait for. */
async function rulesAreRead(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}
