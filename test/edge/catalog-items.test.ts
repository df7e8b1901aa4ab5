import { describe, expect, test } from "vitest";
import { sendDeclared } from "./declared.ts";
import { openShop, type Shop } from "./shop.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });

/** Six people look at the kettle and buy the plus with tea; six others buy spoons and look at the sold-out teapot. */
async function learnedShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.putConfig({
    holdout: { share: 0 },
    model: { minCustomers: 5 },
    rules: [{ id: "no-spoons", slots: ["calm"], then: [{ do: "hide", items: ["spoon"] }] }],
  });
  for (let i = 0; i < 6; i++) {
    await shop.track(`buyer-${i}`, [
      shop.event("product_viewed", { item: "kettle" }),
      shop.event("product_viewed", { item: "kettle-plus" }),
      shop.event("order_completed", {
        orderId: `o-${i}`,
        lines: [
          { item: "kettle-plus", price: euros(4000) },
          { item: "tea", quantity: 2, price: euros(500) },
        ],
      }),
    ]);
    await shop.track(`other-${i}`, [
      shop.event("product_viewed", { item: "teapot" }),
      shop.event("order_completed", {
        orderId: `p-${i}`,
        lines: [
          { item: "spoon", price: euros(300) },
          { item: "kettle-max", price: euros(9900) },
        ],
      }),
    ]);
  }
  await shop.settled();
  return shop;
}

type Row = { id: string; visits: unknown };
type List = { list: string; items: readonly { id: string; obstacle?: string }[] };

describe("the catalog as the console reads it", () => {
  test("items, one item, why, and the model", async () => {
    const shop = await learnedShop();
    const key = shop.keys.adminKey;
    const items = async (query: string) => (await sendDeclared(`/v1/catalog/items${query}`, { key })).body;

    // By words, by what is amiss, page by page.
    expect(await items("?query=kettle%20max")).toMatchObject({ total: 1, items: [{ id: "kettle-max" }] });
    expect(await items("?filter=gap")).toMatchObject({ total: 1, items: [{ id: "teapot" }] });
    const first = await items("?limit=5");
    expect(first).toMatchObject({ total: 8, counts: { all: 8, out_of_stock: 1, gap: 1 } });
    const second = await items(`?limit=5&after=${first["next"] as string}`);
    const seen = [...(first["items"] as Row[]), ...(second["items"] as Row[])].map(({ id }) => id);
    expect(new Set(seen).size).toBe(8);
    expect(second["next"]).toBeNull();
    for (const wrong of [
      "?filter=odd",
      "?limit=0",
      "?limit=1e9",
      "?after=garbage",
      `?query=${"a".repeat(201)}`,
    ])
      expect(await items(wrong)).toMatchObject({ code: "query_invalid" });

    // One item, with the reason where a neighbour may not be shown; never what it costs the shop.
    const one = await sendDeclared("/v1/catalog/items/kettle-plus", { key });
    expect(one.body["item"]).toMatchObject({ id: "kettle-plus", isCold: false, visits: 5, buyers: 5 });
    const lists = one.body["lists"] as List[];
    const of = (name: string) => lists.find(({ list }) => list === name)!.items.map(({ id }) => id);
    expect(of("goes_with")).toContain("tea");
    expect(of("alike")).toContain("kettle");
    expect((await sendDeclared("/v1/catalog/items/nobodys", { key })).body).toMatchObject({
      status: 404,
      code: "item_unknown",
    });

    // Why, and why not.
    const why = async (body: object) =>
      (await sendDeclared("/v1/catalog/why", { key, body: { slot: "goes-with", ...body } })).body;
    const page = { type: "product", item: "kettle-plus" };
    expect(await why({ item: "tea", page })).toMatchObject({ outcome: "shown", place: 1 });
    expect(await why({ item: "tea", page, persona: { cart: ["tea"] } })).toMatchObject({
      outcome: "obstacle",
      obstacle: "in_cart",
    });
    expect(await why({ item: "teapot", page })).toMatchObject({ obstacle: "not_available" });
    expect(
      await why({ item: "spoon", slot: "calm", page: { type: "product", item: "kettle-max" } }),
    ).toMatchObject({ obstacle: "hidden", rules: [{ rule: "no-spoons", does: "hide", isDecisive: true }] });
    expect(await why({ item: "nobodys", page })).toMatchObject({ code: "item_unknown", pointer: "/item" });
    expect(await why({ item: "tea", page: { item: "nobodys" } })).toMatchObject({ pointer: "/page/item" });

    // How far it has come.
    const { body: model } = await sendDeclared("/v1/model", { key });
    expect(model).toMatchObject({ minCustomers: 5, shards: 1, profile: "full", available: 7 });
    expect(model["publishedAt"]).toBeGreaterThan(0);
    expect((model["log"] as { rows: number }).rows).toBeGreaterThan(0);
    expect(model["recipes"]).toContainEqual(
      expect.objectContaining({ strategy: "trending", state: "mature" }),
    );
  });

  test("an empty shop answers with nothing, and what an item costs the shop stays there", async () => {
    const empty = await openShop([]);
    const { body } = await sendDeclared("/v1/catalog/items", { key: empty.keys.adminKey });
    expect(body).toMatchObject({ total: 0, items: [], next: null });
    const { body: model } = await sendDeclared("/v1/model", { key: empty.keys.adminKey });
    expect(model).toMatchObject({ publishedAt: null, items: 0, available: 0 });

    const shop = await openShop([
      {
        id: "a/b c",
        title: "Odd",
        price: euros(900),
        cost: euros(321),
        markets: { de: { price: euros(950) } },
      },
    ]);
    const { key } = { key: shop.keys.adminKey };
    const odd = await sendDeclared(`/v1/catalog/items/${encodeURIComponent("a/b c")}`, { key });
    expect(odd.body["item"]).toMatchObject({ id: "a/b c", markets: ["de"], isCold: true });
    expect(JSON.stringify(odd.body)).not.toContain("321");
  });
});
