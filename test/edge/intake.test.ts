import { describe, expect, test } from "vitest";
import { CONSENT, openShop, ORIGIN, send } from "./shop.ts";

const CATEGORIES = { context: { consent: { categoryPreferences: { Analytics: true, Functional: true } } } };
const statuses = (body: Record<string, unknown>) =>
  (body["events"] as { status: string; code?: string }[]).map((one) => one.code ?? one.status);

describe("Segment", () => {
  test("a batch by Basic auth: its context holds for each call, names are understood, ids count once", async () => {
    const shop = await openShop();
    const basic = { authorization: `Basic ${btoa(`${shop.keys.writeKey}:`)}` };
    const batch = [
      {
        type: "track",
        messageId: "m1",
        anonymousId: "anon-1",
        event: "Product Viewed",
        properties: { product_id: "kettle", price: 30, currency: "EUR" },
      },
      {
        type: "track",
        messageId: "m2",
        anonymousId: "anon-1",
        event: "Completed Order",
        properties: {
          order_id: "s-1",
          total: 47.6,
          shipping: 5,
          tax: 7.6,
          currency: "EUR",
          products: [
            { product_id: "kettle", price: 30, quantity: 1 },
            { product_id: "tea", price: 5, quantity: 1 },
          ],
        },
      },
      { type: "page", messageId: "m3", anonymousId: "anon-1" },
      { type: "identify", messageId: "m4", userId: "jane", traits: { plan: "gold" } },
      {
        type: "track",
        messageId: "m1",
        anonymousId: "anon-1",
        event: "Product Viewed",
        properties: { product_id: "kettle", price: 30, currency: "EUR" },
      },
    ];
    const reply = await send("/v1/batch", { origin: ORIGIN, headers: basic, body: { batch, ...CATEGORIES } });
    expect(reply.status).toBe(200);
    expect(statuses(reply.body)).toEqual([
      "accepted",
      "accepted",
      "accepted",
      "identity_unverified",
      "duplicate",
    ]);
    await shop.settled();
    const { body } = await send("/v1/site", { key: shop.keys.adminKey });
    expect(body["daily"]).toContainEqual(
      expect.objectContaining({ part: "EUR", metric: "revenue", value: 3500 }),
    );
  });

  test("writeKey in the body; a server key may name the customer; absent consent is no", async () => {
    const shop = await openShop();
    const call = {
      type: "track",
      messageId: "w1",
      anonymousId: "anon-2",
      event: "Product Added",
      properties: { product_id: "tea", quantity: 2 },
    };
    expect(
      statuses(
        (await send("/v1/track", { body: { ...call, writeKey: shop.keys.writeKey, ...CATEGORIES } })).body,
      ),
    ).toEqual(["accepted"]);
    expect(
      statuses(
        (
          await send("/v1/track", {
            body: { ...call, messageId: "w2", anonymousId: "anon-3", writeKey: shop.keys.writeKey },
          })
        ).body,
      ),
    ).toEqual(["consent_missing"]);
    expect(
      statuses(
        (
          await send("/v1/track", {
            body: {
              ...call,
              messageId: "w3",
              anonymousId: "anon-4",
              writeKey: shop.keys.writeKey,
              context: { consent: { categoryPreferences: {} } },
            },
          })
        ).body,
      ),
    ).toEqual(["consent_missing"]);
    expect(
      statuses(
        (
          await send("/v1/identify", {
            key: shop.keys.serverKey,
            body: { messageId: "w4", userId: "jane", traits: { plan: "gold" }, ...CATEGORIES },
          })
        ).body,
      ),
    ).toEqual(["accepted"]);
  });
});

describe("GA4", () => {
  test("items become one event each; revenue is the items' value; one answer per message", async () => {
    const shop = await openShop();
    const { body } = await send("/v1/ga4", {
      origin: ORIGIN,
      body: {
        key: shop.keys.writeKey,
        visitorId: "g-1",
        consent: CONSENT,
        events: [
          {
            id: "g1",
            name: "add_to_cart",
            params: {
              currency: "EUR",
              items: [
                { item_id: "kettle", price: 30, quantity: 2 },
                { item_id: "tea", price: 5 },
              ],
            },
          },
          {
            id: "g2",
            name: "purchase",
            params: {
              transaction_id: "t-1",
              currency: "EUR",
              value: 65,
              tax: 10,
              shipping: 5,
              items: [
                { item_id: "kettle", price: 30, quantity: 2 },
                { item_id: "tea", price: 5 },
              ],
            },
          },
          {
            id: "g1",
            name: "add_to_cart",
            params: {
              currency: "EUR",
              items: [
                { item_id: "kettle", price: 30, quantity: 2 },
                { item_id: "tea", price: 5 },
              ],
            },
          },
        ],
      },
    });
    expect(statuses(body)).toEqual(["accepted", "accepted", "duplicate"]);
    await shop.settled();
    const site = await send("/v1/site", { key: shop.keys.adminKey });
    expect(site.body["daily"]).toContainEqual(
      expect.objectContaining({ part: "EUR", metric: "revenue", value: 6500 }),
    );
    expect(site.body["daily"]).toContainEqual(
      expect.objectContaining({ part: "product_added", metric: "events", value: 2 }),
    );
  });
});
