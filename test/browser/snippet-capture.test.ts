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

test("a product page is known by its JSON-LD, and its data layer does not count it twice", async () => {
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

test("the data layer: from its backlog, by push and by gtag", async () => {
  await context.addInitScript(() => {
    const items = [{ item_id: "p4", price: 5 }];
    (window as { dataLayer?: unknown[] }).dataLayer = [
      { event: "view_item", ecommerce: { currency: "EUR", items } },
    ];
  });
  const page = await visit(context, `${stage.shop}/`, YES);
  await page.waitForFunction(() => "log" in window.concierge!);
  await page.evaluate(() => {
    const layer = (window as unknown as { dataLayer: unknown[] }).dataLayer;
    // gtag pushes its arguments object, which is no array.
    function gtag(..._call: unknown[]): void {
      layer.push(arguments); // oxlint-disable-line prefer-rest-params
    }
    const items = [{ item_id: "p1", price: "10.01", quantity: 3 }];
    layer.push({ ecommerce: null }, { event: "add_to_cart", ecommerce: { currency: "EUR", items } });
    layer.push({ event: "remove_from_cart", ecommerce: { currency: "EUR", items } }, null, "text", 7, {});
    gtag("event", "purchase", {
      transaction_id: "T-1",
      value: 72.05,
      tax: 3.6,
      shipping: 5.99,
      currency: "EUR",
      items: [
        { item_id: "p1", price: 1980, currency: "JPY" },
        { item_id: "p2", price: 1.5, currency: "KWD", quantity: 2 },
      ],
    });
    gtag("config", "G-1");
  });
  const events = await told(page);
  expect(types(events)).toEqual([
    "page_viewed",
    "product_viewed",
    "product_added",
    "product_removed",
    "order_completed",
  ]);
  expect(events[1]).toMatchObject({ item: "p4", price: EUR(500) });
  expect(events[2]).toMatchObject({ item: "p1", quantity: 3, price: EUR(1001) });
  expect(events[3]).toMatchObject({ item: "p1", quantity: 3 });
  expect(events[4]).toMatchObject({
    orderId: "T-1",
    revenue: EUR(7205),
    tax: EUR(360),
    shipping: EUR(599),
    lines: [
      { item: "p1", price: { minor: 1980, currency: "JPY" } },
      { item: "p2", price: { minor: 1500, currency: "KWD" }, quantity: 2 },
    ],
  });
  expect(stage.to("/v1/decide")[0]!.body.page?.item).toBe("p4");
});

test("marked buttons, and searches by address and by form", async () => {
  const page = await visit(context, `${stage.shop}/?q=green+tea%20`, YES);
  await page.evaluate(() =>
    document.querySelector("form")!.addEventListener("submit", (event) => event.preventDefault()),
  );
  await page.click("#add");
  await page.click("#remove");
  await page.fill("input", "kettle");
  await page.press("input", "Enter");
  const events = await told(page);
  expect(events[0]).toMatchObject({ type: "page_viewed", page: { type: "search", query: "green tea" } });
  expect(events.slice(1)).toMatchObject([
    { type: "products_searched", query: "green tea" },
    { type: "product_added", item: "p7", quantity: 2 },
    { type: "product_removed", item: "p7" },
    { type: "products_searched", query: "kettle" },
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
