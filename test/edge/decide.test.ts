import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { objectId } from "../../src/edge/names.ts";
import { CONSENT, openShop, send, ORIGIN, type Shop } from "./shop.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });

/** A shop where five people bought kettle, tea and cup together, and looked at the plus before buying it. */
async function learnedShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.putConfig({ holdout: { share: 0 }, model: { minCustomers: 5 } });
  for (let i = 0; i < 6; i++) {
    await shop.track(`buyer-${i}`, [
      shop.event("product_viewed", { item: "kettle" }),
      shop.event("product_viewed", { item: "kettle-plus" }),
      shop.event("order_completed", {
        orderId: `o-${i}`,
        lines: [
          { item: "kettle-plus", price: euros(4000) },
          { item: "tea", quantity: 2, price: euros(500) },
          { item: "cup-red", price: euros(900) },
        ],
      }),
    ]);
    // Others buy other things, so that what goes together stands out.
    await shop.track(`other-${i}`, [
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

const ids = (slot: { items: readonly { id: string }[] } | undefined): string[] =>
  slot?.items.map((item) => item.id) ?? [];

describe("200: slots", () => {
  test("cross-sell, up-sell and trending answer on one page without repeating each other", async () => {
    const shop = await learnedShop();
    const answer = await shop.decide({
      visitorId: "somebody",
      consent: CONSENT,
      page: { type: "product", item: "kettle-plus" },
      events: [shop.event("product_viewed", { item: "kettle-plus" })],
      slots: [{ id: "goes-with" }, { id: "better" }, { id: "trending" }],
    });
    const [goesWith, better, trending] = answer.slots;
    expect(goesWith).toMatchObject({ status: "personalized", holdout: false });
    expect(ids(goesWith)).toContain("tea");
    expect(goesWith?.items[0]).toMatchObject({
      rank: 1,
      why: { code: "bought_together", text: expect.stringContaining("at least 5 times") },
      controls: ["not_this", "own_it", "less_like_this"],
    });
    expect(ids(goesWith)).not.toContain("kettle-plus");
    const all = [goesWith, better, trending].flatMap(ids);
    expect(new Set(all).size).toBe(all.length);
    expect(answer).toMatchObject({
      configRevision: 2,
      consent: { applied: ["analytics", "personalization"], withheld: [] },
      events: [{ status: "accepted" }],
    });

    const upSell = await shop.decide({
      visitorId: "somebody",
      consent: CONSENT,
      locale: "de-DE",
      page: { type: "product", item: "kettle" },
      slots: [{ id: "better" }],
    });
    expect(ids(upSell.slots[0])).toEqual(["kettle-plus"]); // The max is beyond twice the price.
    // The page prints prices as they are: a browser's first formatter would take a tenth of a second on a slow phone.
    expect(upSell.slots[0]?.items[0]?.price?.text).toMatch(/^\d+,\d\d\s€$/);
    expect(upSell.slots[0]?.items[0]?.why).toMatchObject({
      code: "trade_up",
      text: expect.stringMatching(/^Twice the capacity/),
    });
    // No slot shows a red and a blue cup.
    expect(ids(goesWith).filter((id) => id.startsWith("cup")).length).toBeLessThanOrEqual(1);
  });

  test("without consent it is contextual: no id, no token, no controls, no experiment, nothing stored", async () => {
    const shop = await learnedShop();
    const answer = await shop.decide({
      visitorId: "somebody-else",
      page: { type: "product", item: "kettle-plus" },
      slots: [{ id: "goes-with" }],
    });
    expect(answer.slots[0]).toMatchObject({
      status: "contextual",
      reason: "no_consent",
      assignments: [],
      holdout: false,
    });
    expect(ids(answer.slots[0])).toContain("tea");
    expect(answer.slots[0]).not.toHaveProperty("token");
    expect(answer.slots[0]?.items[0]?.controls).toEqual([]);
    expect(answer).not.toHaveProperty("visitorId");
    expect(answer.consent).toEqual({ applied: [], withheld: ["personalization", "analytics"] });
  });

  test("in the cart, owned, refused, excluded and sold out never appear; replenishable and due does", async () => {
    const shop = await learnedShop();
    const ask = (visitorId: string, more: object = {}) =>
      shop.decide({
        visitorId,
        consent: CONSENT,
        page: { type: "product", item: "kettle-plus" },
        slots: [{ id: "goes-with" }],
        ...more,
      });
    await shop.track("v", [shop.event("product_viewed", { item: "kettle-plus" })]);
    expect(ids((await ask("v", { cart: [{ item: "tea" }] })).slots[0])).not.toContain("tea");
    expect(ids((await ask("v", { exclude: ["tea"] })).slots[0])).not.toContain("tea");
    await shop.track("v", [shop.event("feedback_given", { item: "cup-red", feedback: "not_this" })]);
    expect(ids((await ask("v")).slots[0])).not.toContain("cup-red");
    const day = 86_400_000;
    await shop.track("v", [
      shop.event("order_completed", { orderId: "v-1", at: Date.now() - 5 * day, lines: [{ item: "tea" }] }),
    ]);
    expect(ids((await ask("v")).slots[0])).not.toContain("tea");
    await shop.track("w", [
      shop.event("order_completed", { orderId: "w-1", at: Date.now() - 40 * day, lines: [{ item: "tea" }] }),
    ]);
    expect(ids((await ask("w")).slots[0])).toContain("tea");
    await shop.track("v", [shop.event("order_refunded", { orderId: "v-1" })]);
    expect(ids((await ask("v")).slots[0])).toContain("tea");
    await shop.putCatalog([{ id: "tea", title: "Tea", price: euros(500), availability: "out_of_stock" }]);
    expect(ids((await ask("v")).slots[0])).not.toContain("tea");
  });

  test("a pair that fewer than k customers made is shown to nobody", async () => {
    const shop = await openShop();
    await shop.putConfig({ holdout: { share: 0 }, model: { minCustomers: 5 } });
    for (let i = 0; i < 4; i++)
      await shop.track(`b-${i}`, [
        shop.event("order_completed", { orderId: `o-${i}`, lines: [{ item: "kettle" }, { item: "spoon" }] }),
      ]);
    for (let i = 0; i < 8; i++)
      await shop.track(`c-${i}`, [
        shop.event("order_completed", { orderId: `q-${i}`, lines: [{ item: "tea" }, { item: "cup-red" }] }),
      ]);
    await shop.settled();
    const answer = await shop.decide({
      page: { type: "product", item: "kettle" },
      slots: [{ id: "goes-with" }],
    });
    expect(answer.slots[0]).toMatchObject({ status: "fallback", reason: "below_min", items: [] });
  });

  test("the slot's own fallback stays below its min", async () => {
    const shop = await learnedShop();
    const answer = await shop.decide({
      page: { type: "product", item: "kettle-plus" },
      slots: [{ id: "goes-with", min: 4, max: 4 }],
    });
    expect(answer.slots[0]).toMatchObject({ status: "fallback", items: [] });
  });

  test("a server asks for a customer with its own key; markets decide what is sold where", async () => {
    const shop = await openShop([
      { id: "a", title: "A", price: euros(100), type: "T" },
      {
        id: "b",
        title: "B",
        price: euros(110),
        type: "T",
        markets: { de: { title: "B auf Deutsch", price: euros(120) } },
      },
      { id: "c", title: "C", price: euros(115), type: "T", markets: { fr: {} } },
    ]);
    const { body } = await send("/v1/decide", {
      key: shop.keys.serverKey,
      body: {
        customerId: "jane",
        market: "de",
        page: { type: "product", item: "a" },
        slots: [{ id: "better" }],
      },
    });
    const [slot] = body["slots"] as { items: { id: string; title: string; price: unknown }[] }[];
    expect(slot!.items).toMatchObject([{ id: "b", title: "B auf Deutsch", price: euros(120) }]);
  });

  test("nonsense items, 0 items and unknown slots still answer 200", async () => {
    const empty = await openShop([]);
    const answer = await empty.decide({
      visitorId: "v",
      consent: CONSENT,
      page: { type: "product", item: "nope" },
      cart: [{ item: "nope" }],
      exclude: ["x"],
      slots: [{ id: "whatever", seeds: ["nope"] }, { id: "better" }],
    });
    expect(answer.slots.map((slot) => [slot.status, slot.items.length])).toEqual([
      ["fallback", 0],
      ["fallback", 0],
    ]);
  });

  test("a fault behind a decision becomes the shop's fallback, with 200", async () => {
    const shop = await openShop();
    await shop.track("v", [shop.event("page_viewed")]);
    const stub = env.CUSTOMER.get(await objectId(env, "visitor", shop.keys.siteId, "v"));
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec("ALTER TABLE log RENAME TO hidden"));
    const { status, body } = await send("/v1/decide", {
      origin: ORIGIN,
      body: {
        key: shop.keys.writeKey,
        visitorId: "v",
        consent: CONSENT,
        events: [shop.event("page_viewed")],
        slots: [{ id: "trending" }],
      },
    });
    expect(status).toBe(200);
    expect(body["slots"]).toEqual([
      { id: "trending", status: "fallback", reason: "fault", items: [], assignments: [], holdout: false },
    ]);
  });

  test("Server-Timing tells where the time went", async () => {
    const shop = await openShop();
    const { headers } = await send("/v1/decide", {
      origin: ORIGIN,
      body: { key: shop.keys.writeKey, slots: [{ id: "trending" }] },
    });
    expect(headers.get("server-timing")).toMatch(/object;dur=\d+, decide;dur=\d+/);
  });
});

describe("400: a wrong request is refused with its place", () => {
  test.each([
    [{ slots: [] }, "/slots"],
    [{ slots: [{ id: "Not A Name" }] }, "/slots/0/id"],
    [{ slots: [{ id: "a", max: 25 }] }, "/slots/0/max"],
    [{ slots: [{ id: "a" }], page: { type: "nowhere" } }, "/page/type"],
    [{ slots: [{ id: "a" }], surprise: 1 }, "/surprise"],
    [{ slots: [{ id: "a" }], exclude: [""] }, "/exclude/0"],
  ])("%j", async (request, pointer) => {
    const shop = await openShop([]);
    const reply = await send("/v1/decide", { origin: ORIGIN, body: { key: shop.keys.writeKey, ...request } });
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
    expect(reply.body).toMatchObject({ status: 400, code: "body_invalid", pointer });
  });
});

describe("tokens", () => {
  test("are spent once per decision and slot, by the one they were made for, in the site they were made in", async () => {
    const shop = await learnedShop();
    const answer = await shop.decide({
      visitorId: "v",
      consent: CONSENT,
      page: { type: "product", item: "kettle-plus" },
      events: [shop.event("page_viewed")],
      slots: [{ id: "goes-with" }],
    });
    const { token, items } = answer.slots[0]!;
    const seen = () => shop.event("slot_seen", { token });
    const code = (one: { status: string; code?: string } | undefined) => one?.code ?? one?.status;
    expect(
      (
        await shop.track("v", [seen(), seen(), shop.event("slot_clicked", { token, item: items[0]!.id })])
      ).map(code),
    ).toEqual(["accepted", "duplicate", "accepted"]);
    expect(code((await shop.track("thief", [seen()]))[0])).toBe("token_invalid");
    expect(
      code((await shop.track("v", [shop.event("slot_seen", { token: `${token!.slice(0, -3)}AAA` })]))[0]),
    ).toBe("token_invalid");
    const other = await openShop();
    expect(code((await other.track("v", [seen()]))[0])).toBe("token_invalid");
  });
});

describe("rank", () => {
  test("keeps the shop's order without consent, follows rules, and the customer's looks with consent", async () => {
    const shop = await learnedShop();
    const rank = async (more: object) => {
      const { body } = await send("/v1/rank", {
        origin: ORIGIN,
        body: {
          key: shop.keys.writeKey,
          items: ["spoon", "cup-red", "unknown-to-the-catalog", "tea"],
          ...more,
        },
      });
      return { status: body["status"], items: (body["items"] as { item: string }[]).map((one) => one.item) };
    };
    expect(await rank({})).toEqual({
      status: "contextual",
      items: ["spoon", "cup-red", "unknown-to-the-catalog", "tea"],
    });
    await shop.track("v", [shop.event("product_viewed", { item: "tea" })]);
    const personal = await rank({ visitorId: "v", consent: CONSENT });
    expect(personal.status).toBe("personalized");
    expect(personal.items.indexOf("tea")).toBeLessThan(3);
    await shop.putConfig({
      rules: [
        { id: "hide-spoon", then: [{ do: "hide", items: ["spoon"] }] },
        { id: "boost-tea", then: [{ do: "boost", where: { type: "Food > Tea" }, strength: 5 }] },
      ],
    });
    expect((await rank({})).items).toEqual(["tea", "cup-red", "unknown-to-the-catalog"]);
  });
});
