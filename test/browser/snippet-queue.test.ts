import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { ask, Stage, storageOf, visit } from "./snippet-stage.ts";

const stage = new Stage();
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), stage.open()]);
});
afterAll(async () => {
  await browser?.close();
  stage.close();
});
beforeEach(async () => {
  stage.reset();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(stage.problems).toEqual([]);
  expect(stage.sent.filter(({ method }) => method !== "POST")).toEqual([]);
});

const YES = { personalization: true, analytics: true };
const ids = (): unknown[] => stage.events().map((event) => event["id"]);
const queueIn = (storage: Record<string, string>): { id: string }[] =>
  Object.entries(storage)
    .filter(([name]) => name.startsWith("concierge.queue."))
    .map(([, text]) => JSON.parse(text));

test("events survive a 503 and arrive from the next page, under the same ids", async () => {
  stage.reset({ status: 503 });
  const page = await visit(context, `${stage.shop}/`, YES);
  await ask(page, "track", { type: "product_viewed", item: "p1" });
  await vi.waitFor(() => expect(stage.sent.length).toBeGreaterThan(0));
  const kept = queueIn(await storageOf(page)).map(({ id }) => id);
  expect(kept).toHaveLength(2);
  stage.reset();
  await page.goto(`${stage.shop}/product.html`);
  await vi.waitFor(() => expect(ids()).toEqual(expect.arrayContaining(kept)), { timeout: 8000 });
  await vi.waitFor(async () => expect(queueIn(await storageOf(page))).toEqual([]));
});

test("a failing server is tried again on the same page", async () => {
  stage.reset({ status: 503 });
  const page = await visit(context, `${stage.shop}/`, YES);
  await vi.waitFor(() => expect(stage.to("/v1/events").length).toBeGreaterThan(0), { timeout: 9000 });
  stage.reset();
  await vi.waitFor(async () => expect(queueIn(await storageOf(page))).toEqual([]), { timeout: 15_000 });
  expect(ids().length).toBeGreaterThan(0);
});

test("a body the server refuses for good is not sent again", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
  stage.reset({ status: 400 });
  await ask(page, "track", { type: "product_viewed", item: "p1" });
  await vi.waitFor(() => expect(stage.to("/v1/events")).toHaveLength(1), { timeout: 5000 });
  await vi.waitFor(async () => expect(queueIn(await storageOf(page))).toEqual([]));
});

test("five events in the task that leaves the page all arrive", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
  stage.reset({ delayMs: 60 });
  await page.evaluate(() => {
    for (const item of ["a", "b", "c", "d", "e"])
      window.concierge!(...(["track", { type: "product_viewed", item }] as never[]));
    location.href = "/plain.html";
  });
  await page.waitForURL("**/plain.html");
  await vi.waitFor(() =>
    expect(stage.events().map((event) => event["item"])).toEqual(["a", "b", "c", "d", "e"]),
  );
});

test("95 KB at exit: what no browser takes at once is stored, and nothing is lost", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
  stage.reset();
  await page.evaluate(() => {
    for (let n = 0; n < 30; n++)
      window.concierge!(
        ...([
          "track",
          {
            type: "custom",
            name: `n${n}`,
            facts: { a: "é".repeat(500), b: "x".repeat(1000), c: "x".repeat(1000) },
          },
        ] as never[]),
      );
    location.href = "/plain.html";
  });
  await page.waitForURL("**/plain.html");
  await page.goto(`${stage.shop}/`);
  const names = (): Set<unknown> =>
    new Set(
      stage
        .events()
        .map((event) => event["name"])
        .filter(Boolean),
    );
  await vi.waitFor(() => expect(names().size).toBe(30), { timeout: 9000 });
  for (const { headers } of stage.sent) expect(Number(headers["content-length"])).toBeLessThanOrEqual(60_000);
});

test("where storage is forbidden the page works from memory", async () => {
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  const errors: unknown[] = [];
  context.on("weberror", (error) => errors.push(error));
  const page = await visit(context, `${stage.shop}/`);
  await ask(page, "consent", YES);
  await ask(page, "track", { type: "product_viewed", item: "p1" });
  await vi.waitFor(() => expect(stage.events().some((event) => event["item"] === "p1")).toBe(true), {
    timeout: 5000,
  });
  expect(stage.sent.filter(({ body }) => body["consent"] && !body["visitorId"])).toHaveLength(1);
  expect(errors).toEqual([]);
});
