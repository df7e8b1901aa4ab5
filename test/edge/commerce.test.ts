import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { describe, expect, inject, test } from "vitest";
import { objectId } from "../../src/edge/names.ts";
import { postShopify } from "../../src/routes/post-shopify.ts";
import { postWooCommerce } from "../../src/routes/post-woocommerce.ts";
import { getHooks, putShopifySecret, putWooCommerceSecret } from "../../src/routes/put-hook.ts";
import type { RouteContext, RouteEnv } from "../../src/routes/route.ts";
import { openShop, type Shop } from "./shop.ts";

/** The routes behind doors of their own, with the roles that the table of endpoints names. */
const owners =
  (handle: (c: RouteContext) => Promise<Response>) =>
  (c: RouteContext): Promise<Response> => {
    c.set("callers", ["owner"]);
    return handle(c);
  };
const routes = new Hono<RouteEnv>()
  .get("/v1/hooks", owners(getHooks))
  .put("/v1/hooks/shopify", owners(putShopifySecret))
  .put("/v1/hooks/woocommerce", owners(putWooCommerceSecret))
  .post("/v1/hooks/shopify/:site", postShopify)
  .post("/v1/hooks/woocommerce/:site", postWooCommerce);

type Reply = { status: number; body: Record<string, unknown> };

async function call(path: string, init: RequestInit): Promise<Reply> {
  const reply = await routes.fetch(
    new Request(`https://api.example${path}`, init),
    env,
    createExecutionContext(),
  );
  return { status: reply.status, body: await reply.json() };
}

const SECRET = "shpss_0123456789abcdef0123456789abcdef";

async function sign(secret: string, body: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    bytes.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return btoa(
    String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(body)))),
  );
}

const asOwner = (shop: Shop, method: string, path: string, body?: object) =>
  call(path, {
    method,
    headers: { authorization: `Bearer ${shop.keys.adminKey}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

async function shopify(shop: Shop, topic: string, body: unknown, secret = SECRET): Promise<Reply> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return call(`/v1/hooks/shopify/${shop.keys.siteId}`, {
    method: "POST",
    body: text,
    headers: { "x-shopify-topic": topic, "x-shopify-hmac-sha256": await sign(secret, text) },
  });
}

async function woo(shop: Shop, topic: string, body: object, secret: string): Promise<Reply> {
  const text = JSON.stringify(body);
  return call(`/v1/hooks/woocommerce/${shop.keys.siteId}`, {
    method: "POST",
    body: text,
    headers: { "x-wc-webhook-topic": topic, "x-wc-webhook-signature": await sign(secret, text) },
  });
}

const known = async (shop: Shop, customerId: string) =>
  env.CUSTOMER.get(await objectId(env, "customer", shop.keys.siteId, customerId)).everything();

const ORDER = {
  id: 1001,
  created_at: "2026-05-01T10:00:00Z",
  currency: "EUR",
  subtotal_price: "10.00",
  total_price: "12.00",
  customer: { id: 7 },
  line_items: [{ variant_id: 11, product_id: 1, sku: "SKU-K", quantity: 1, price: "10.00" }],
};

const connected = async (): Promise<Shop> => {
  const shop = await openShop();
  await asOwner(shop, "PUT", "/v1/hooks/shopify", { secret: SECRET });
  return shop;
};

describe("Shopify", () => {
  test("a signed order is taken, once, under the catalog's own item; its return too", async () => {
    const shop = await connected();
    expect(await shopify(shop, "orders/create", ORDER)).toMatchObject({
      status: 200,
      body: { events: ["accepted"] },
    });
    expect(
      await shopify(shop, "orders/paid", { ...ORDER, updated_at: "2026-05-01T10:05:00Z" }),
    ).toMatchObject({
      body: { events: ["duplicate"] },
    });
    const refund = {
      id: 5,
      created_at: "2026-05-02T10:00:00Z",
      refund_line_items: [{ quantity: 1, subtotal: "10.00", line_item: ORDER.line_items[0] }],
    };
    const updated = { ...ORDER, updated_at: "2026-05-02T10:00:00Z", refunds: [refund] };
    expect((await shopify(shop, "orders/updated", updated)).body).toMatchObject({
      events: ["duplicate", "accepted"],
    });
    const text = JSON.stringify(await known(shop, "shopify:7"));
    expect(text).toContain('"kettle"');
    expect(text).toContain("order_refunded");
  });

  test("401: a wrong signature, a changed body, another site's secret, no secret; nothing is stored", async () => {
    const [shop, other, bare] = [await connected(), await openShop(), await openShop()];
    await asOwner(other, "PUT", "/v1/hooks/shopify", { secret: `${SECRET}-other` });
    expect(await shopify(shop, "orders/create", ORDER, `${SECRET}-other`)).toMatchObject({
      status: 401,
      body: { code: "signature_invalid" },
    });
    expect((await shopify(bare, "orders/create", ORDER)).status).toBe(401);
    const signature = await sign(SECRET, JSON.stringify(ORDER));
    const changed = await call(`/v1/hooks/shopify/${shop.keys.siteId}`, {
      method: "POST",
      body: JSON.stringify({ ...ORDER, total_price: "1.00" }),
      headers: { "x-shopify-topic": "orders/create", "x-shopify-hmac-sha256": signature },
    });
    expect(changed.status).toBe(401);
    expect(await known(shop, "shopify:7")).toBeUndefined();
  });

  test("404: a site nobody made wakes nothing", async () => {
    const reply = await call("/v1/hooks/shopify/shop-example-00000000", { method: "POST", body: "{}" });
    expect(reply).toMatchObject({ status: 404, body: { code: "site_unknown" } });
  });

  test("customers/redact erases; a request for data waits for the owner, without naming anybody", async () => {
    const shop = await connected();
    await shopify(shop, "orders/create", ORDER);
    expect((await shopify(shop, "customers/redact", { customer: { id: 7 } })).body).toEqual({
      status: "erased",
    });
    expect(await known(shop, "shopify:7")).toBeUndefined();
    expect((await shopify(shop, "orders/updated", ORDER)).body).toMatchObject({ events: ["rejected"] });
    await shopify(shop, "customers/data_request", { customer: { id: 8, email: "jane@example.com" } });
    const { body } = await asOwner(shop, "GET", "/v1/hooks");
    expect(body["latest"]).toContainEqual(
      expect.objectContaining({
        topic: "customers/data_request",
        count: 1,
        outcome: "a customer asks for their data",
      }),
    );
    expect(JSON.stringify(body)).not.toContain("jane");
    expect(JSON.stringify(body)).not.toContain(SECRET);
  });

  test("a cart that carried the visitor's id joins them to the customer", async () => {
    const shop = await connected();
    const visitor = await shop.track("foreign-visitor", [shop.event("product_viewed", { item: "tea" })]);
    expect(visitor[0]).toMatchObject({ status: "accepted" });
    const note_attributes = [{ name: "concierge_visitor", value: "foreign-visitor" }];
    await shopify(shop, "orders/create", { ...ORDER, note_attributes });
    expect(JSON.stringify(await known(shop, "shopify:7"))).toContain("product_viewed");
  });

  test.skipIf(inject("bodies") === null)("signed nonsense keeps nothing and is never a 5xx", async () => {
    const shop = await connected();
    for (const { name, raw } of inject("bodies")!.bodies)
      for (const topic of ["orders/create", "customers/redact", "unheard/of"]) {
        const reply = await shopify(shop, topic, raw);
        // A byte order mark is no part of the text that is read, so its signature does not hold.
        const expected = name === "bom" ? { status: 401 } : { status: 200, body: { ignored: true } };
        expect(reply, `${topic} ${name}`).toMatchObject(expected);
      }
  });
});

describe("WooCommerce", () => {
  const order = {
    id: 727,
    status: "processing",
    currency: "EUR",
    date_created_gmt: "2026-05-01T10:00:00",
    customer_id: 26,
    total: "12.00",
    line_items: [{ product_id: 93, sku: "SKU-K", quantity: 1, total: "10.00", price: 10 }],
  };

  test("the secret is ours to give; replaced, the old one opens for another hour only", async () => {
    const shop = await openShop();
    const secretOf = async () =>
      ((await asOwner(shop, "GET", "/v1/hooks")).body["woocommerce"] as { secret: string }).secret;
    const first = await secretOf();
    expect(first).toMatch(/^[\w-]{43}$/);
    expect((await woo(shop, "order.created", order, first)).body).toMatchObject({ events: ["accepted"] });
    const { body } = await asOwner(shop, "PUT", "/v1/hooks/woocommerce", { rotate: true });
    expect(body["secret"]).not.toBe(first);
    expect(await secretOf()).toBe(body["secret"]);
    for (const secret of [first, body["secret"] as string])
      expect((await woo(shop, "order.updated", order, secret)).body).toMatchObject({ events: ["duplicate"] });
    await asOwner(shop, "PUT", "/v1/hooks/woocommerce", { rotate: true });
    expect((await woo(shop, "order.updated", order, first)).status).toBe(401);
  });

  test("the trial that comes before the first webhook is welcomed, and only that comes unsigned", async () => {
    const shop = await openShop();
    const unsigned = (body: string) =>
      call(`/v1/hooks/woocommerce/${shop.keys.siteId}`, { method: "POST", body });
    expect(await unsigned("webhook_id=12")).toEqual({ status: 200, body: { ignored: true } });
    expect((await unsigned(JSON.stringify(order))).status).toBe(401);
  });
});

test("403: only an owner sees or sets secrets", async () => {
  const shop = await openShop();
  for (const [method, path] of [
    ["GET", "/v1/hooks"],
    ["PUT", "/v1/hooks/shopify"],
    ["PUT", "/v1/hooks/woocommerce"],
  ] as const) {
    const reply = await call(path, {
      method,
      headers: { authorization: `Bearer ${shop.keys.serverKey}` },
      ...(method === "PUT" ? { body: JSON.stringify({ secret: SECRET }) } : {}),
    });
    expect(reply.status, path).toBe(403);
  }
});
