import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { buildScript } from "../../src/cli/build-script.ts";
import { launchBrowser } from "../support/browser.ts";
import { Stage, visit } from "./snippet-stage.ts";

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
});

const YES = { personalization: true, analytics: true };
const EUR = (minor: number) => ({ minor, currency: "EUR" });
const scripts = new Map<string, string>();
async function connect(page: Page, name: string): Promise<void> {
  const known =
    scripts.get(name) ?? Buffer.from(await buildScript(`client/adapters/entries/${name}.ts`)).toString();
  scripts.set(name, known);
  await page.addScriptTag({ content: known });
}
/** What the page has told beside its own view, once it is left. */
async function told(page: Page): Promise<Record<string, unknown>[]> {
  await vi.waitFor(async () =>
    expect(await page.evaluate(() => localStorage.getItem("concierge.visitor"))).toBeTruthy(),
  );
  await page.goto(`${stage.shop}/plain.html`);
  await vi.waitFor(() => expect(stage.events().length).toBeGreaterThan(0));
  await page.waitForTimeout(300);
  return [...new Map(stage.events().map((event) => [event["id"], event])).values()].filter(
    ({ type }) => type !== "page_viewed",
  );
}
const types = (events: Record<string, unknown>[]): unknown[] => events.map(({ type }) => type);

describe("GA4's data layer", () => {
  test("its backlog, pushes and gtag calls, and every e-commerce event", async () => {
    const page = await visit(context, `${stage.shop}/`, YES);
    await page.evaluate(() => {
      const items = [{ item_id: 4, price: 5 }];
      (window as { dataLayer?: unknown[] }).dataLayer = [
        { event: "view_item", ecommerce: { currency: "EUR", items } },
      ];
    });
    await connect(page, "ga4");
    const pushed = await page.evaluate(() => {
      const layer = (window as unknown as { dataLayer: unknown[] }).dataLayer;
      // gtag pushes its arguments object, which is no array.
      function gtag(..._call: unknown[]): void {
        layer.push(arguments); // oxlint-disable-line prefer-rest-params
      }
      const items = [{ item_id: "p1", price: "10.01", quantity: 3 }];
      const ecommerce = { currency: "EUR", items };
      layer.push({ ecommerce: null }, { event: "add_to_cart", ecommerce });
      const bad = Object.defineProperty({}, "event", {
        get() {
          throw new Error("mine");
        },
      });
      const count = layer.push({ event: "remove_from_cart", ecommerce }, null, "text", 7, {}, bad);
      for (const event of [
        "select_item",
        "add_to_wishlist",
        "view_cart",
        "begin_checkout",
        "add_shipping_info",
      ])
        layer.push({ event, ecommerce });
      layer.push({ event: "view_item_list", ecommerce: { ...ecommerce, item_list_id: "related" } });
      layer.push({ event: "view_promotion", ecommerce: { promotion_id: "summer" } });
      layer.push({ event: "search", search_term: "tea" }, { event: "toString" });
      gtag("event", "purchase", {
        transaction_id: 7001,
        value: 72.05,
        tax: 3.6,
        shipping: 5.99,
        currency: "EUR",
        items: [
          { item_id: "p1", price: 1980, currency: "JPY" },
          { item_id: "p2", price: 1.5, currency: "KWD", quantity: 2 },
        ],
      });
      gtag("event", "refund", { transaction_id: "T-1", value: 5, currency: "EUR" });
      gtag("config", "G-1");
      return [count, layer.length];
    });
    expect(pushed).toEqual([9, 21]);
    const events = await told(page);
    expect(types(events)).toEqual([
      "product_viewed",
      "product_added",
      "product_removed",
      "product_clicked",
      "product_wished",
      "cart_viewed",
      "checkout_started",
      "checkout_step_completed",
      "product_list_viewed",
      "promotion_viewed",
      "products_searched",
      "order_completed",
      "order_refunded",
    ]);
    expect(events[0]).toMatchObject({ item: "4", price: EUR(500) });
    expect(events[1]).toMatchObject({ item: "p1", quantity: 3, price: EUR(1001) });
    expect(events[2]).toMatchObject({ item: "p1", quantity: 3 });
    expect(events[7]).toMatchObject({ step: "shipping" });
    expect(events[8]).toMatchObject({ list: "related", items: ["p1"] });
    expect(events[11]).toMatchObject({
      orderId: "7001",
      revenue: EUR(7205),
      tax: EUR(360),
      shipping: EUR(599),
      lines: [
        { item: "p1", price: { minor: 1980, currency: "JPY" } },
        { item: "p2", price: { minor: 1500, currency: "KWD" }, quantity: 2 },
      ],
    });
    expect(events[12]).toMatchObject({ orderId: "T-1", amount: EUR(500) });
  });

  test("does not count a product twice that the page tells itself", async () => {
    const page = await visit(context, `${stage.shop}/product.html`, YES);
    await connect(page, "ga4");
    expect(types(await told(page))).toEqual(["product_viewed"]);
  });
});

describe("microdata", () => {
  const product = (id: string) =>
    `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="productID" content="${id}"><b itemprop="sku"> S-${id} </b></div>`;
  const withMarkup = (page: Page, markup: string) =>
    page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), markup);

  test("names the page's product", async () => {
    const page = await visit(context, `${stage.shop}/`, YES);
    await withMarkup(page, product("m1"));
    await connect(page, "microdata");
    expect(await told(page)).toMatchObject([{ type: "product_viewed", item: { id: "m1", sku: "S-m1" } }]);
  });

  test("of two products names none", async () => {
    const page = await visit(context, `${stage.shop}/`, YES);
    await withMarkup(page, product("m1") + product("m2"));
    await connect(page, "microdata");
    expect(await told(page)).toEqual([]);
  });
});

test("WooCommerce's cart is read when the shop says that it changed", async () => {
  await context.route("**/wp-json/wc/store/v1/cart", (route) =>
    route.fulfill({
      json: {
        items: [
          { id: 11, sku: "W-11", quantity: 2 },
          { id: 12, quantity: 1 },
        ],
      },
    }),
  );
  const page = await visit(context, `${stage.shop}/`, YES);
  await connect(page, "woocommerce");
  await page.evaluate(() => document.body.dispatchEvent(new Event("wc-blocks_added_to_cart")));
  await page.waitForTimeout(500);
  expect(await told(page)).toMatchObject([
    {
      type: "cart_updated",
      lines: [
        { item: { id: "11", sku: "W-11" }, quantity: 2 },
        { item: "12", quantity: 1 },
      ],
    },
  ]);
});

test("dwell, outbound links and downloads of a product's page, without addresses", async () => {
  const page = await visit(context, `${stage.shop}/`, YES);
  await page.evaluate(() => {
    document.body.dataset["conciergeItem"] = "p5";
    for (const [id, href] of Object.entries({
      out: "https://elsewhere.example/private?token=1",
      file: "/manuals/kettle.pdf?for=me",
      inside: "/p/6",
    })) {
      const link = Object.assign(document.createElement("a"), { id, href, textContent: id });
      link.addEventListener("click", (event) => event.preventDefault());
      document.body.append(link);
    }
  });
  await connect(page, "engagement");
  await page.waitForTimeout(1200);
  for (const id of ["out", "file", "inside"]) await page.click(`#${id}`);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const events = await told(page);
  expect(events).toMatchObject([
    { type: "custom", name: "link_followed", facts: { item: "p5", host: "elsewhere.example" } },
    { type: "custom", name: "link_followed", facts: { item: "p5", file: "pdf" } },
    { type: "custom", name: "dwelled", facts: { item: "p5" } },
  ]);
  expect(JSON.stringify(events.map(({ facts }) => facts))).not.toMatch(/token|for=me|private/);
});

describe("Shopify's pixel", () => {
  const say = (page: Page, allowed: boolean, events: object[]) =>
    page.evaluate(
      async ([api, allowed, events]) => {
        const kept = new Map<string, string>();
        let hear: (event: object) => void = () => {};
        let collect = hear;
        const connect = (globalThis as unknown as { conciergePixel(...input: unknown[]): void })
          .conciergePixel;
        connect(
          {
            analytics: { subscribe: (_: string, listener: typeof hear) => (hear = listener) },
            browser: {
              localStorage: {
                getItem: async (name: string) => kept.get(name) ?? null,
                setItem: async (name: string, value: string) => void kept.set(name, value),
                removeItem: async (name: string) => void kept.delete(name),
              },
            },
            init: {
              customerPrivacy: { analyticsProcessingAllowed: allowed, preferencesProcessingAllowed: allowed },
            },
            customerPrivacy: { subscribe: (_: string, listener: typeof hear) => (collect = listener) },
          },
          { key: "pk_test", api },
        );
        for (const event of events)
          if ("customerPrivacy" in event) collect(event);
          else hear(event);
        await new Promise((resolve) => setTimeout(resolve, 800));
        return [...kept.keys()];
      },
      [stage.api, allowed, events] as const,
    );
  const merchandise = { id: "v1", sku: "S1", price: { amount: 12.5, currencyCode: "EUR" } };
  const EVENTS = [
    { name: "product_viewed", data: { productVariant: merchandise } },
    { name: "product_added_to_cart", data: { cartLine: { merchandise, quantity: 2 } } },
    { name: "search_submitted", data: { searchResult: { query: "tea" } } },
    { name: "page_viewed" },
    {
      name: "checkout_completed",
      data: {
        checkout: {
          order: { id: "O-1" },
          lineItems: [{ variant: merchandise, quantity: 2 }],
          totalPrice: { amount: 25, currencyCode: "EUR" },
        },
      },
    },
  ].map((event, i) => ({ id: `sh-${i}`, timestamp: new Date().toISOString(), type: "standard", ...event }));

  test("sends what Shopify tells, one after the other, under one id", async () => {
    const page = await (await context.newPage()).context().newPage();
    await page.goto(`${stage.shop}/plain.html`);
    await connect(page, "shopify-pixel");
    expect(await say(page, true, EVENTS)).toEqual(["concierge.visitor"]);
    const ids = stage.sent.map(({ body }) => body.visitorId);
    expect(ids).toEqual([undefined, ids[1], ids[1], ids[1]]);
    expect(ids[1]).toMatch(/^visitor-/);
    expect(stage.events()).toMatchObject([
      { id: "sh-0", type: "product_viewed", item: { id: "v1", sku: "S1" }, price: EUR(1250) },
      { type: "product_added", quantity: 2 },
      { type: "products_searched", query: "tea" },
      { type: "order_completed", orderId: "O-1", total: EUR(2500), lines: [{ quantity: 2 }] },
    ]);
    expect(stage.sent.every(({ method }) => method === "POST")).toBe(true);
    stage.reset();
  });

  test("lists, carts and the checkout's steps; nothing is kept of who takes it back", async () => {
    const page = await context.newPage();
    await page.goto(`${stage.shop}/plain.html`);
    await connect(page, "shopify-pixel");
    const more = [
      { name: "collection_viewed", data: { collection: { id: "c1", productVariants: [merchandise] } } },
      { name: "cart_viewed", data: { cart: { lines: [{ merchandise, quantity: 3 }] } } },
      { name: "payment_info_submitted", data: { checkout: {} } },
      { name: "alert_displayed", data: {} },
    ].map((event, i) => ({ ...EVENTS[0], ...event, id: `more-${i}` }));
    const none = { analyticsProcessingAllowed: false, preferencesProcessingAllowed: false };
    const taken = { customerPrivacy: none };
    expect(await say(page, true, [...more.slice(0, 3), taken, ...EVENTS])).toEqual([]);
    expect(stage.events()).toMatchObject([
      { type: "product_list_viewed", list: "c1", items: [{ id: "v1", sku: "S1" }] },
      { type: "cart_viewed", lines: [{ item: { id: "v1" }, quantity: 3 }] },
      { type: "checkout_step_completed", step: "payment" },
    ]);
    // Of no concern to us.
    await say(page, true, more.slice(3));
    expect(stage.events()).toHaveLength(3);
  });

  test("sends nothing without consent", async () => {
    const page = await context.newPage();
    await page.goto(`${stage.shop}/plain.html`);
    await connect(page, "shopify-pixel");
    expect(await say(page, false, EVENTS)).toEqual([]);
    expect(stage.sent).toEqual([]);
  });
});

test("assign splits by the Worker's hash, and nobody who has not agreed", async () => {
  const page = await context.newPage();
  await page.goto(`${stage.shop}/plain.html`);
  await connect(page, "assign");
  const assigned = await page.evaluate(() => {
    const assign = (window as unknown as { conciergeAssign(split: object): string | undefined })
      .conciergeAssign;
    const split = {
      seed: "seed",
      shares: [
        ["control", 0.05],
        ["b", 0.95],
      ],
    };
    const before = assign(split);
    localStorage.setItem("concierge.visitor", "a");
    // hashBucket("seed", "a", 2) is 0.0505.
    return [
      before,
      assign(split),
      assign({
        ...split,
        shares: [
          ["control", 0.051],
          ["b", 0.949],
        ],
      }),
      assign({ ...split, coverage: 0 }),
    ];
  });
  expect(assigned).toEqual(
    [undefined, "b", "control", undefined].map((name) => name ?? null).map((name) => name ?? undefined),
  );
});
