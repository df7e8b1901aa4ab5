import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildScript } from "../../src/cli/build-script.ts";
import { launchBrowser } from "../support/browser.ts";
import { Stage, visit } from "./snippet-stage.ts";

const stage = new Stage();
/** The shop's page under test, at `/`; every other address is a page without scripts. */
let html = "";
let server: Server;
let shop = "";
let browser: Browser;
let context: BrowserContext;
let errors: string[];
const scripts = new Map<string, string>();
beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/" ? html : "<!doctype html><title>Left</title>");
  });
  await Promise.all([stage.open(), new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))]);
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ["ga4", "microdata", "woocommerce", "engagement"]) {
    const script = await buildScript(`client/adapters/entries/${name}.ts`);
    scripts.set(name, `<script>${Buffer.from(script).toString()}</script>`);
  }
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server.close();
  stage.close();
});
beforeEach(async () => {
  stage.reset();
  errors = [];
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(stage.problems).toEqual([]);
  expect(errors).toEqual([]);
});

const adapter = (name: string): string => scripts.get(name)!;

/** A page with the snippet, open until it has been given an id. */
async function open(head: string, body = ""): Promise<Page> {
  html = `<!doctype html><title>Shop</title>${head}
    <script async src="${stage.shop}/concierge.js" data-key="pk_test" data-api="${stage.api}"></script><body>${body}`;
  context.on("weberror", (error) => {
    if (error.page()?.url().startsWith(shop)) errors.push(String(error.error()));
  });
  const page = await visit(context, `${shop}/`, { personalization: true, analytics: true });
  await page.waitForFunction(() => localStorage.getItem("concierge.visitor"));
  return page;
}
/** What arrived once the page is left, each event once, without the page's own view. */
async function told(page: Page): Promise<Record<string, unknown>[]> {
  await page.goto(`${shop}/left`);
  await page.waitForTimeout(300);
  const events = new Map(stage.events().map((event) => [event["id"], event]));
  return [...events.values()].filter(({ type }) => type !== "page_viewed");
}
const types = (events: readonly Record<string, unknown>[]): unknown[] => events.map(({ type }) => type);
const layer = (...entries: object[]): string => `<script>dataLayer = ${JSON.stringify(entries)}</script>`;

const BROKEN = '<script type="application/ld+json">{"@type": "Product", broken</script>';
const PRODUCT = '<script type="application/ld+json">{"@type": "Product", "productID": "p1"}</script>';
const MARKUP = '<div itemscope itemtype="https://schema.org/Product"><b itemprop="sku">m1</b></div>';
const VIEW = { event: "view_item", ecommerce: { currency: "EUR", items: [{ item_id: "p1", price: 1 }] } };

describe("a data layer that is not as it should be", () => {
  test.each([
    ["an object", "dataLayer = {}"],
    ["text", "dataLayer = 'x'"],
    ["frozen", "dataLayer = Object.freeze([{ event: 'x' }])"],
    ["throwing", "Object.defineProperty(window, 'dataLayer', { get() { throw new Error('mine') } })"],
    ["sealed", "dataLayer = []; Object.defineProperty(dataLayer, 'push', { value: Array.prototype.push })"],
  ])("%s: the page and the snippet work as without the adapter", async (_, script) => {
    const page = await open(`<script>${script}</script>${adapter("ga4")}`);
    expect(await told(page)).toEqual([]);
    expect(stage.to("/v1/events")[0]?.body.events).toMatchObject([{ type: "page_viewed" }]);
  });

  test("GA4's loose ends: fields at the item, an order without lines, pieces of a piece", async () => {
    const page = await open(
      layer(
        { event: "purchase", ecommerce: { transaction_id: "T", currency: "EUR", value: 5 } },
        { event: "view_promotion", ecommerce: { items: [{ item_id: "q", promotion_id: "P" }] } },
        { event: "add_to_cart", ecommerce: { items: [{ item_id: "z", quantity: 1.5 }] } },
        { event: "view_item_list", ecommerce: { item_list_id: 7, items: [{ item_id: "s" }] } },
      ) + adapter("ga4"),
    );
    expect(await told(page)).toMatchObject([
      { type: "order_completed", orderId: "T", lines: [], revenue: { minor: 500, currency: "EUR" } },
      { type: "promotion_viewed", promotion: "P" },
      { type: "product_added", item: "z", quantity: 2 },
      { type: "product_list_viewed", list: "7", items: ["s"] },
    ]);
  });
});

describe("what the page tells itself", () => {
  test("counts once, also when it stands below the adapter", async () => {
    const page = await open(layer(VIEW) + adapter("ga4"), PRODUCT);
    expect(types(await told(page))).toEqual(["product_viewed"]);
  });

  test("is nothing when it cannot be read: GA4 tells instead, or the microdata", async () => {
    const page = await open(layer(VIEW) + adapter("ga4"), BROKEN);
    expect(await told(page)).toMatchObject([{ type: "product_viewed", item: "p1" }]);
    stage.reset();
    const other = await open(adapter("microdata"), BROKEN + MARKUP);
    expect(await told(other)).toMatchObject([{ type: "product_viewed", item: { sku: "m1" } }]);
  });

  test("a search in the address is not told again by GA4; another one is", async () => {
    const page = await open(
      `<script>history.replaceState(0, "", "?q=tea")</script>` +
        layer({ event: "search", search_term: "tea" }, { event: "search", search_term: "cups" }) +
        adapter("ga4"),
    );
    const queries = (await told(page)).map(({ query }) => query);
    expect(queries.sort()).toEqual(["cups", "tea"]);
  });

  test("microdata below the adapter is one page view", async () => {
    const page = await open(adapter("microdata"), MARKUP);
    expect(types(await told(page))).toEqual(["product_viewed"]);
    expect(stage.events().filter(({ type }) => type === "page_viewed")).toHaveLength(1);
  });
});

describe("WooCommerce", () => {
  const change = (page: Page): Promise<boolean> =>
    page.evaluate(() => document.body.dispatchEvent(new Event("wc-blocks_added_to_cart")));

  test("from the head, at the address WordPress prints; an overtaken answer is not told", async () => {
    let asked = 0;
    await context.route("**/sub/wp-json/wc/store/v1/cart", async (route) => {
      const quantity = ++asked;
      if (quantity === 1) await new Promise((late) => setTimeout(late, 500));
      await route.fulfill({ json: { items: [{ id: 10, quantity }] } });
    });
    const page = await open(
      `${adapter("woocommerce")}<link rel="https://api.w.org/" href="${shop}/sub/wp-json/">`,
    );
    await change(page);
    await change(page);
    await page.waitForTimeout(800);
    expect(asked).toBe(2);
    expect(await told(page)).toMatchObject([{ type: "cart_updated", lines: [{ item: "10", quantity: 2 }] }]);
  });

  test("a shop without a Store API, and a jQuery that comes later", async () => {
    const page = await open(
      adapter("woocommerce"),
      `<script>heard = []; jQuery = () => ({ on: (names) => heard.push(names) })</script>`,
    );
    await change(page);
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toHaveLength(1);
    expect(await told(page)).toEqual([]);
  });
});

test("dwell arrives when the page is left for good, and does not count time out of view", async () => {
  const page = await open(adapter("engagement"), `<main data-concierge-item="A">A</main>`);
  const look = (state: string): Promise<void> =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await page.waitForTimeout(1200);
  await look("hidden");
  await page.waitForTimeout(1500);
  await look("visible");
  await page.waitForTimeout(1100);
  const events = (await told(page)).filter(({ type }) => type === "custom");
  expect(events.map(({ name }) => name)).toEqual(["dwelled", "dwelled"]);
  const seconds = events.map(({ facts }) => (facts as { seconds: number }).seconds);
  expect(seconds[1]).toBe(1);
});
