import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { ask, Stage, visit } from "./snippet-stage.ts";

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
// Every event below has passed the wire's own schemas by then.
afterEach(async () => {
  await context.close();
  expect(stage.problems).toEqual([]);
});

const YES = { personalization: true, analytics: true };
const EUR = (minor: number) => ({ minor, currency: "EUR" });

/** Leaves the page and returns what it told, each event once. */
async function told(page: Page): Promise<Record<string, unknown>[]> {
  await vi.waitFor(async () =>
    expect(await page.evaluate(() => localStorage.getItem("concierge.visitor"))).toBeTruthy(),
  );
  await page.goto(`${stage.shop}/plain.html`);
  await page.waitForTimeout(300);
  return [...new Map(stage.events().map((event) => [event["id"], event])).values()];
}
const types = (events: Record<string, unknown>[]): unknown[] => events.map((event) => event["type"]);

test("a product page is known by its JSON-LD", async () => {
  const page = await visit(context, `${stage.shop}/product.html?utm_source=x`, YES);
  const events = await told(page);
  expect(types(events)).toEqual(["page_viewed", "product_viewed"]);
  const item = {
    id: "p1",
    sku: "SKU-1",
    gtin: "4006381333931",
    url: `${stage.shop}/product.html`,
  };
  expect(events[0]).toMatchObject({
    page: { type: "product", title: "Kettle", url: `${item.url}?utm_source=x` },
  });
  expect(events[1]).toMatchObject({ item, price: EUR(1299) });
  const { body } = stage.to("/v1/decide")[0]!;
  expect(body["page"]).toMatchObject({ type: "product", item });
  expect(body["slots"]).toEqual([{ id: "product-goes-with" }]);
  expect(body["locale"]).toBe("de");
});

test("marked buttons, and searches by address", async () => {
  const page = await visit(context, `${stage.shop}/?q=green+tea%20`, YES);
  await page.click("#add");
  await page.click("#remove");
  const events = await told(page);
  expect(events[0]).toMatchObject({ type: "page_viewed", page: { type: "search", query: "green tea" } });
  expect(events.slice(1)).toMatchObject([
    { type: "products_searched", query: "green tea" },
    { type: "product_added", item: "p7", quantity: 2 },
    { type: "product_removed", item: "p7" },
  ]);
});

test("routes of a single-page shop are page views, each with its own decision", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(1));
  await page.evaluate(() => {
    document.body.dataset["conciergeItem"] = "p5";
    history.pushState({}, "", "/p/5");
    history.replaceState({}, "", "/p/5");
  });
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
  expect(stage.to("/v1/decide")[1]!.body["page"]).toMatchObject({ type: "product", item: "p5" });
  await page.evaluate(() => delete document.body.dataset["conciergeItem"]);
  await page.goBack();
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(3));
  await ask(page, "page", { type: "category", category: "Tea" });
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(4));
  expect(stage.to("/v1/decide")[3]!.body["page"]).toMatchObject({ type: "category", category: "Tea" });
  expect(types(await told(page))).toEqual([
    "page_viewed",
    "page_viewed",
    "product_viewed",
    "page_viewed",
    "page_viewed",
  ]);
});

test("what the shop said before the script came is heard, once", async () => {
  await context.addInitScript(() => {
    const early = window as unknown as { concierge: unknown };
    const stub = function () {
      stub.q.push(arguments); // oxlint-disable-line prefer-rest-params
    } as unknown as ((...call: unknown[]) => void) & { q: unknown[] };
    stub.q = [];
    early.concierge = stub;
    stub("page", { type: "product", item: { sku: "S-1" } });
    stub("track", { type: "cart_updated", lines: [{ item: "p1", quantity: 2 }] });
  });
  const page = await visit(context, `${stage.shop}/`, YES);
  const events = await told(page);
  expect(types(events)).toEqual(["page_viewed", "product_viewed", "cart_updated"]);
  expect(stage.to("/v1/decide")).toHaveLength(1);
  expect(stage.to("/v1/decide")[0]!.body).toMatchObject({
    page: { type: "product", item: { sku: "S-1" } },
    cart: [{ item: "p1", quantity: 2 }],
  });
});

test("back from the back-forward cache is a page view again, and the tag works once however often it stands there", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await page.addScriptTag({ url: `${stage.shop}/concierge.js` });
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(1));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
  expect(types(await told(page))).toEqual(["page_viewed", "page_viewed"]);
});
