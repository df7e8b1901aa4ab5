import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Card } from "../../src/core/card/card.ts";
import { objectId } from "../../src/edge/names.ts";
import { CONSENT, openShop, send, type Shop } from "./shop.ts";

const HOUR = 3_600_000;
const WATCHERS = {
  holdout: { share: 0 },
  segments: {
    watchers: {
      when: {
        $count: {
          event: "product_viewed",
          where: { "item.type": { $regex: "^Kitchen" } },
          days: 1 / 24,
          is: { $gte: 2 },
        },
      },
    },
    "watching-teapots": { when: { $segment: "watchers", "page.type": "product" } },
  },
};

const stubOf = async (shop: Shop, customerId: string) =>
  env.CUSTOMER.get(await objectId(env, "customer", shop.keys.siteId, customerId));

/** What a known customer does, as the shop's own server tells it. */
const tell = (shop: Shop, customerId: string, events: readonly object[]) =>
  send("/v1/events", { key: shop.keys.serverKey, body: { customerId, consent: CONSENT, events } });

type Attention = { segments: [string, number][]; nextAt?: number; card?: { body: Card } };
async function attentionOf(shop: Shop, customerId: string): Promise<Attention> {
  const all = (await (await stubOf(shop, customerId)).everything()) as unknown as {
    state: { attention: Attention };
  };
  return all.state.attention;
}
const idsOf = async (shop: Shop, customerId: string) =>
  (await attentionOf(shop, customerId)).segments.map(([id]) => id);

describe("a segment", () => {
  test("holds in the turn of the event that makes it true, and the decision of that very call knows", async () => {
    const shop = await openShop();
    await shop.putConfig({
      ...WATCHERS,
      rules: [
        {
          id: "tea-for-watchers",
          when: { segments: { $all: ["watching-teapots"] } },
          then: [{ do: "pin", items: ["tea"] }],
        },
      ],
    });
    const viewed = () => shop.event("product_viewed", { item: "kettle" });
    const ask = (events: readonly object[], visitorId?: string) =>
      shop.decide({
        visitorId,
        consent: CONSENT,
        events,
        slots: [{ id: "s", max: 1 }],
        page: { type: "product" },
      });
    const first = await ask([viewed()]);
    expect(first.slots[0]!.items.map(({ id }) => id)).not.toContain("tea");
    const second = await ask([viewed()], first.visitorId);
    expect(second.slots[0]!.items[0]).toMatchObject({ id: "tea", why: { code: "pinned" } });
  });

  test("is left on time though nothing happens", async () => {
    const shop = await openShop();
    await shop.putConfig(WATCHERS);
    const at = Date.now() - HOUR + 2_500;
    await tell(shop, "c1", [
      shop.event("product_viewed", { item: "kettle", at }),
      shop.event("product_viewed", { item: "cup-red", at: at + 60_000 }),
    ]);
    const attention = await attentionOf(shop, "c1");
    expect(attention.segments).toEqual([["watchers", expect.any(Number)]]);
    expect(attention.nextAt).toBe(at + HOUR);
    await new Promise((resolve) => setTimeout(resolve, at + HOUR - Date.now() + 1_500));
    expect(await idsOf(shop, "c1")).toEqual([]);
  });

  test("that a new config brings is found for customers who do nothing", async () => {
    const shop = await openShop();
    await tell(shop, "c2", [
      shop.event("product_viewed", { item: "kettle" }),
      shop.event("product_viewed", { item: "cup-red" }),
    ]);
    await shop.settled();
    expect(await idsOf(shop, "c2")).toEqual([]);
    await shop.putConfig(WATCHERS);
    for (let i = 0; i < 40 && (await idsOf(shop, "c2")).length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await idsOf(shop, "c2")).toEqual(["watchers"]);
    expect((await attentionOf(shop, "c2")).card?.body.segments).toEqual(["watchers"]);
  }, 20_000);

  test("goes with the grant it stands on", async () => {
    const shop = await openShop();
    await shop.putConfig(WATCHERS);
    await tell(shop, "c3", [
      shop.event("product_viewed", { item: "kettle" }),
      shop.event("product_viewed", { item: "cup-red" }),
    ]);
    expect(await idsOf(shop, "c3")).toEqual(["watchers"]);
    await tell(shop, "c3", [shop.event("consent_updated", { consent: { personalization: false } })]);
    expect(await idsOf(shop, "c3")).toEqual([]);
  });

  test.each([
    [{ a: { when: { $segment: "a" } } }, "/segments/a/when/$segment"],
    [{ a: { when: { $segment: "nobody" } } }, "/segments/a/when/$segment"],
    [{ a: { when: { $count: { event: "sneezed", is: 1 } } } }, "/segments/a/when/$count/event"],
    [
      { a: { when: { $count: { event: "bought", days: 30, is: { $gte: 1 } }, "page.type": "cart" } } },
      "/segments/a/when/$count",
    ],
  ])("that cannot mean anything is refused at its place: %j", async (segments, pointer) => {
    const shop = await openShop([]);
    const { status, body } = await shop.putConfig({ segments });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "config_invalid", pointer });
  });
});
