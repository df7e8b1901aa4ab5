import { describe, expect, test } from "vitest";
import { CONSENT, openShop, send, type Shop } from "./shop.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openYoungShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.putConfig({ holdout: { share: 0 }, model: { minCustomers: 5 } });
  return shop;
}

/** One visit: these items, one look each. */
const visit = (shop: Shop, who: string, items: readonly string[]) =>
  shop.track(
    who,
    items.map((item) => shop.event("product_viewed", { item })),
  );

/** What somebody else is shown beside an item by what visitors looked at, and by nothing else. */
async function beside(shop: Shop, item: string): Promise<string[]> {
  const { slots } = await shop.decide({
    visitorId: "somebody-else",
    consent: CONSENT,
    page: { type: "product", item },
    slots: [{ id: "seen-with", strategies: ["also_viewed"] }],
  });
  return slots[0]!.items.map(({ id }) => id);
}

describe("a click changes what is shown", () => {
  test("to others within a second, once a fifth person has made the pair", async () => {
    const shop = await openYoungShop();
    for (let i = 0; i < 4; i++) await visit(shop, `visitor-${i}`, ["kettle", "spoon"]);
    await pause(1_500);
    expect(await beside(shop, "kettle")).toEqual([]);
    // Two of five people share their byte in one pair of 25; then it takes a sixth.
    let shown: string[] = [];
    for (const who of ["the-fifth", "the-sixth"]) {
      await visit(shop, who, ["kettle", "spoon"]);
      await pause(1_000);
      shown = await beside(shop, "kettle");
      if (shown.length > 0) break;
    }
    expect(shown).toEqual(["spoon"]);
  });

  test("to the visitor themself in the very next answer", async () => {
    const shop = await openYoungShop();
    for (let i = 0; i < 6; i++) {
      await visit(shop, `a-${i}`, ["kettle", "spoon"]);
      await visit(shop, `b-${i}`, ["tea", "cup-red"]);
    }
    await shop.settled();
    const forMe = async (item: string) => {
      const { slots } = await shop.decide({
        visitorId: "me",
        consent: CONSENT,
        page: { type: "home" },
        events: [shop.event("product_viewed", { item })],
        slots: [{ id: "for-you", strategies: ["for_you"] }],
      });
      return slots[0]!.items.map(({ id }) => id);
    };
    expect(await forMe("kettle")).toContain("spoon");
    const next = await forMe("tea");
    expect(next).toContain("cup-red");
  });

  test("to nobody else while one visitor alone made it, however often", async () => {
    const shop = await openYoungShop();
    for (let i = 0; i < 40; i++) await visit(shop, "the-only-one", ["kettle", "spoon"]);
    await shop.settled();
    expect(await beside(shop, "kettle")).toEqual([]);
  });
});

describe("an order that the page tells first and the shop's server confirms", () => {
  test("teaches what goes together, though from its first word on the shop alone is believed", async () => {
    const shop = await openShop(undefined, "live");
    await shop.putConfig({ holdout: { share: 0 }, model: { minCustomers: 3 } });
    for (let i = 0; i < 6; i++) {
      const order = { orderId: `order-${i}`, revenue: { minor: 3500, currency: "EUR" } };
      const lines = [{ item: "kettle" }, { item: "tea" }];
      await shop.track(`visitor-${i}`, [shop.event("order_completed", { ...order, lines })]);
      const told = await send("/v1/events", {
        key: shop.keys.serverKey,
        body: { customerId: `c-${i}`, events: [shop.event("order_completed", { ...order, lines })] },
      });
      expect(told.body["events"]).toMatchObject([{ status: "accepted" }]);
      await shop.settled();
    }
    const { slots } = await shop.decide({
      visitorId: "somebody-else",
      consent: CONSENT,
      page: { type: "product", item: "kettle" },
      slots: [{ id: "goes-with", strategies: ["cross_sell"] }],
    });
    expect(slots[0]!.items[0]).toMatchObject({ id: "tea", why: { code: "bought_together" } });
  });
});
