import { describe, expect, test } from "vitest";
import { CONSENT, openShop, ORIGIN, send } from "./shop.ts";

describe("config", () => {
  test("200: {} is a good config; a revision has an ETag; 304 when it is known", async () => {
    const shop = await openShop();
    const first = await send("/v1/config", { key: shop.keys.adminKey });
    expect([first.status, first.body, first.headers.get("etag")]).toEqual([200, {}, '"1"']);
    expect(
      (await send("/v1/config", { key: shop.keys.adminKey, headers: { "if-none-match": '"1"' } })).status,
    ).toBe(304);
    expect((await shop.putConfig({})).body).toEqual({ revision: 2, lint: [] });
  });

  test("412: of two that start from the same revision one wins; 428 without If-Match", async () => {
    const shop = await openShop();
    const put = (message: string) =>
      send(`/v1/config?message=${message}`, {
        method: "PUT",
        key: shop.keys.adminKey,
        headers: { "if-match": '"1"' },
        body: { holdout: { share: 0.1 } },
      });
    const both = await Promise.all([put("one"), put("two")]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 412]);
    expect(both.find((one) => one.status === 412)?.body).toMatchObject({ code: "config_changed" });
    expect((await send("/v1/config", { method: "PUT", key: shop.keys.adminKey, body: {} })).status).toBe(428);
  });

  test("400: the place, the shape and nothing published", async () => {
    const shop = await openShop([], "live");
    const wrong: [object, string][] = [
      [{ slots: { "a b": {} } }, "/slots/a b"],
      [{ rules: [{ id: "r", then: [{ do: "explode" }] }] }, "/rules/0/then/0/do"],
      [{ rules: [{ id: "r", then: [] }] }, "/rules/0/then"],
      [
        { rules: [{ id: "r", when: { x: { $where: "1" } }, then: [{ do: "limit", max: 1 }] }] },
        "/rules/0/when",
      ],
      [{ experiments: [{ id: "e", variations: [{ id: "a" }] }] }, "/experiments/0/variations"],
      [{ model: { minCustomers: 1 } }, "/model/minCustomers"],
      [{ feed: { url: "http://127.0.0.1/feed" } }, "/feed/url"],
      [{ holdout: { share: 2 } }, "/holdout/share"],
    ];
    for (const [config, pointer] of wrong) {
      const reply = await shop.putConfig(config);
      expect(reply.body, JSON.stringify(config)).toMatchObject({
        status: 400,
        code: "config_invalid",
        pointer,
      });
      expect(reply.body["shape"]).toBeTypeOf("string");
    }
    expect((await send("/v1/config", { key: shop.keys.adminKey })).headers.get("etag")).toBe('"1"');
  });

  test("403: a write key may not read it, a server key may not change it", async () => {
    const shop = await openShop();
    expect((await send("/v1/config", { key: shop.keys.writeKey })).status).toBe(403);
    expect(
      (
        await send("/v1/config", {
          method: "PUT",
          key: shop.keys.serverKey,
          headers: { "if-match": '"1"' },
          body: {},
        })
      ).status,
    ).toBe(403);
  });

  test("revisions, and back to one of them as a new one", async () => {
    const shop = await openShop();
    await shop.putConfig({ rules: [{ id: "pin", then: [{ do: "pin", items: ["spoon"] }] }] });
    const ask = async () =>
      (
        await shop.decide({ page: { type: "product", item: "kettle" }, slots: [{ id: "goes-with" }] })
      ).slots[0]!.items.map((item) => item.id);
    expect(await ask()).toEqual(["spoon"]);
    const back = await send("/v1/config/rollback", { key: shop.keys.adminKey, body: { revision: 1 } });
    expect(back.body).toEqual({ revision: 3 });
    expect(await ask()).toEqual([]);
    const { body } = await send("/v1/config/revisions", { key: shop.keys.adminKey });
    expect(
      (body["revisions"] as { revision: number; message: string }[]).map((one) => [
        one.revision,
        one.message,
      ]),
    ).toEqual([
      [3, "Back to revision 1."],
      [2, ""],
      [1, "The defaults."],
    ]);
    expect(
      (await send("/v1/config/rollback", { key: shop.keys.adminKey, body: { revision: 99 } })).status,
    ).toBe(404);
  });

  test("lint points at what is valid and hardly meant; a dry run publishes nothing", async () => {
    const shop = await openShop();
    const config = {
      slots: { "goes-with": { max: 0 }, only: { strategies: ["pinned"] } },
      rules: [
        { id: "gone", until: 1_000_000_000_000, then: [{ do: "limit", max: 1 }] },
        { id: "sold-out", slots: ["goes-with"], then: [{ do: "pin", items: ["teapot"] }] },
        { id: "starved", slots: ["goes-with"], then: [{ do: "pin", items: ["nowhere"] }] },
      ],
    };
    const { body } = await send("/v1/config?dryRun=true", {
      method: "PUT",
      key: shop.keys.adminKey,
      body: config,
    });
    expect((body["lint"] as { code: string }[]).map((one) => one.code)).toEqual([
      "slot_empty",
      "slot_empty",
      "rule_over",
      "pin_unavailable",
      "item_unknown",
      "rule_starved",
    ]);
    expect((await send("/v1/config", { key: shop.keys.adminKey })).headers.get("etag")).toBe('"1"');
  });

  test("the JSON Schema comes from the schema that parses", async () => {
    const { status, headers, body } = await send("/v1/schema/config.json");
    expect([status, headers.get("content-type")]).toEqual([200, "application/schema+json"]);
    expect(Object.keys(body["properties"] as object)).toEqual(
      expect.arrayContaining(["slots", "rules", "segments", "experiments", "holdout", "consent"]),
    );
  });
});

test("every starter is a config that can be published as it is", async () => {
  const { body } = await send("/v1/config/starters");
  expect(Object.keys(body).sort()).toEqual(["electronics", "fashion", "grocery"]);
  const shop = await openShop([], "live");
  for (const starter of Object.values(body))
    expect((await shop.putConfig(starter as object)).body).toMatchObject({ lint: [] });
});

describe("rules", () => {
  test("order of power: hide beats pin, pin beats the model, filter limits it, limit counts", async () => {
    const shop = await openShop();
    const ask = async (slot: object = { id: "similar" }, more: object = {}) =>
      (await shop.decide({ page: { type: "product", item: "kettle" }, slots: [slot], ...more })).slots[0]!;
    const names = async (...args: Parameters<typeof ask>) =>
      (await ask(...args)).items.map((item) => item.id);
    expect(await names()).toEqual(["kettle-plus", "kettle-max"]);
    await shop.putConfig({
      rules: [{ id: "a", then: [{ do: "pin", items: ["spoon", "tea"], position: 2 }] }],
    });
    expect(await names()).toEqual(["kettle-plus", "spoon", "tea", "kettle-max"]);
    await shop.putConfig({
      rules: [
        {
          id: "a",
          then: [
            { do: "pin", items: ["spoon", "tea"] },
            { do: "hide", items: ["spoon"] },
          ],
        },
      ],
    });
    expect(await names()).toEqual(["tea", "kettle-plus", "kettle-max"]);
    await shop.putConfig({ rules: [{ id: "f", then: [{ do: "filter", where: { price: { $gt: 50 } } }] }] });
    expect(await names()).toEqual(["kettle-max"]);
    await shop.putConfig({
      rules: [
        {
          id: "b",
          then: [
            { do: "bury", items: ["kettle-plus"], strength: 10 },
            { do: "boost", where: { id: "kettle-max" }, strength: 10 },
          ],
        },
      ],
    });
    expect(await names()).toEqual(["kettle-max", "kettle-plus"]);
    await shop.putConfig({ rules: [{ id: "l", then: [{ do: "limit", max: 1 }] }] });
    expect(await names()).toHaveLength(1);
    await shop.putConfig({ rules: [{ id: "l", then: [{ do: "limit", max: 0 }] }] });
    expect(await ask()).toMatchObject({ status: "suppressed", items: [] });
  });

  test("hold when their condition, dates, slots and purpose do", async () => {
    const shop = await openShop();
    const pin = (more: object) => ({
      rules: [{ id: "r", then: [{ do: "pin", items: ["spoon"] }], ...more }],
    });
    const holds = async (request: object = {}) =>
      (
        await shop.decide({
          page: { type: "product", item: "kettle" },
          slots: [{ id: "goes-with" }],
          ...request,
        })
      ).slots[0]!.items.some((item) => item.id === "spoon");
    await shop.putConfig(pin({ when: { "cart.total": { $gt: 5 }, "item.brand": "Brook" } }));
    expect([await holds(), await holds({ cart: [{ item: "tea", quantity: 2 }] })]).toEqual([false, true]);
    await shop.putConfig(pin({ from: Date.now() + 60_000 }));
    expect(await holds()).toBe(false);
    await shop.putConfig(pin({ until: new Date(Date.now() + 60_000).toISOString() }));
    expect(await holds()).toBe(true);
    await shop.putConfig(pin({ slots: ["elsewhere"] }));
    expect(await holds()).toBe(false);
    await shop.putConfig(pin({ purpose: "personalization" }));
    expect([await holds(), await holds({ visitorId: "v", consent: CONSENT })]).toEqual([false, true]);
    await shop.putConfig({
      holdout: { share: 0 },
      segments: { looker: { when: { "signals.topType": "Food > Tea" }, purpose: "personalization" } },
      ...pin({ when: { segments: { $in: ["looker"] } } }),
    });
    await shop.track("v", [shop.event("product_viewed", { item: "tea" })]);
    expect([await holds(), await holds({ visitorId: "v", consent: CONSENT })]).toEqual([false, true]);
  });
});

describe("previews", () => {
  test("a link shows an invented persona a config that is not live; nobody else sees it", async () => {
    const shop = await openShop();
    const made = await send("/v1/drafts", {
      key: shop.keys.adminKey,
      body: {
        config: {
          rules: [{ id: "r", when: { "traits.plan": "größer" }, then: [{ do: "pin", items: ["spoon"] }] }],
        },
        persona: { viewed: ["tea"], traits: { plan: "größer" } },
      },
    });
    expect(made.status).toBe(201);
    const ask = (draft?: unknown) =>
      send("/v1/decide", {
        origin: ORIGIN,
        body: {
          key: shop.keys.writeKey,
          draft,
          page: { type: "product", item: "kettle" },
          slots: [{ id: "goes-with" }],
        },
      });
    const shown = (await ask(made.body["draft"])).body["slots"] as {
      items: { id: string }[];
      token?: string;
    }[];
    expect(shown[0]!.items[0]).toMatchObject({ id: "spoon" });
    expect(shown[0]).not.toHaveProperty("token");
    expect(((await ask()).body["slots"] as { items: object[] }[])[0]!.items).toEqual([]);
    expect((await ask("no-such-draft")).body).toMatchObject({ status: 404, code: "draft_unknown" });
    const other = await openShop();
    const foreign = await send("/v1/decide", {
      origin: ORIGIN,
      body: { key: other.keys.writeKey, draft: made.body["draft"], slots: [{ id: "a" }] },
    });
    expect(foreign.body).toMatchObject({ code: "draft_unknown" });
    expect(
      (await send("/v1/drafts", { key: shop.keys.adminKey, body: { config: { holdout: { share: 7 } } } }))
        .body,
    ).toMatchObject({ code: "config_invalid", pointer: "/config/holdout/share" });
  });
});
