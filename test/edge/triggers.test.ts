import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { objectId } from "../../src/edge/names.ts";
import { CATALOG, CONSENT, openShop, send, type Shop } from "./shop.ts";

const MINUTE = 60_000;
const ALL = { ...CONSENT, marketing: true, life_events: true };
const WEBHOOK = { do: "webhook", name: "mail" };

type Notice = { id: string; type: string; purpose: string; data: { trigger?: string; occasion?: object } };
type Row = { notices: Notice[] };

const stubOf = async (shop: Shop, customerId: string) =>
  env.CUSTOMER.get(await objectId(env, "customer", shop.keys.siteId, customerId));
const tell = (shop: Shop, customerId: string, events: readonly object[], consent: object = ALL) =>
  send("/v1/events", { key: shop.keys.serverKey, body: { customerId, consent, events } });

/** Firings as they stand in a customer's log. */
async function firings(shop: Shop, customerId: string): Promise<Notice[]> {
  const all = (await (await stubOf(shop, customerId)).everything()) as unknown as { log: Row[] } | undefined;
  return (all?.log ?? []).flatMap(({ notices }) => notices).filter(({ type }) => type === "trigger_fired");
}
async function fired(shop: Shop, customerId: string, count: number): Promise<Notice[]> {
  for (let i = 0; ; i++) {
    const found = await firings(shop, customerId);
    if (found.length >= count || i === 40) return found;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
const triggers = (...all: readonly object[]) => ({ holdout: { share: 0 }, triggers: all });
const CART = { id: "cart", on: { when: "cart_abandoned", minutes: 1 }, then: [WEBHOOK] };
const added = (shop: Shop, at: number) => shop.event("product_added", { item: "kettle", quantity: 1, at });

describe("a trigger", () => {
  test("fires when a cart was left and nothing else happens, once, also when told again", async () => {
    const shop = await openShop();
    await shop.putConfig(triggers(CART));
    const event = added(shop, Date.now() - MINUTE + 1_500);
    await tell(shop, "c1", [event]);
    expect(await firings(shop, "c1")).toEqual([]);
    const [one] = await fired(shop, "c1", 1);
    expect(one).toMatchObject({ purpose: "marketing", data: { trigger: "cart" } });
    await tell(shop, "c1", [event]);
    await tell(shop, "c1", [shop.event("page_viewed")]);
    await (await stubOf(shop, "c1")).lookAgain();
    expect(await firings(shop, "c1")).toHaveLength(1);
  });

  test("does not fire for a cart that was bought, nor without the grant", async () => {
    const shop = await openShop();
    await shop.putConfig(triggers(CART));
    const at = Date.now() - MINUTE + 1_500;
    await tell(shop, "bought", [
      added(shop, at),
      shop.event("order_completed", { orderId: "o1", lines: [{ item: "kettle", quantity: 1 }], at: at + 10 }),
    ]);
    await tell(shop, "silent", [added(shop, at)], CONSENT);
    await tell(shop, "withdrew", [added(shop, at)]);
    await tell(shop, "withdrew", [shop.event("consent_updated", { consent: { marketing: false } })]);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    for (const id of ["bought", "silent", "withdrew"]) expect(await firings(shop, id)).toEqual([]);
  });

  test("fires for what the customer waits for when the catalog changes, and for nobody else", async () => {
    const shop = await openShop();
    await shop.putConfig(
      triggers(
        { id: "cheaper", on: { when: "price_drop", interest: ["viewed"], atLeast: 0.1 }, then: [WEBHOOK] },
        { id: "back", on: { when: "back_in_stock", interest: ["wished"] }, then: [WEBHOOK] },
      ),
    );
    await tell(shop, "looker", [shop.event("product_viewed", { item: "kettle" })]);
    await tell(shop, "wisher", [shop.event("product_wished", { item: "teapot" })]);
    await tell(shop, "stranger", [shop.event("product_viewed", { item: "spoon" })]);
    await shop.settled();
    await shop.putCatalog([
      { ...CATALOG[0], salePrice: { minor: 2_000, currency: "EUR" } },
      { ...CATALOG.find(({ id }) => id === "teapot")!, availability: "in_stock" },
    ]);
    expect((await fired(shop, "looker", 1)).map(({ data }) => data.trigger)).toEqual(["cheaper"]);
    expect((await fired(shop, "wisher", 1)).map(({ data }) => data.trigger)).toEqual(["back"]);
    expect(await firings(shop, "stranger")).toEqual([]);
  }, 30_000);

  test("leaves content for a slot's next decisions", async () => {
    const shop = await openShop();
    await shop.putConfig(
      triggers({
        id: "hello",
        on: { when: "first_purchase_in", where: { type: { $regex: "^Food" } } },
        purpose: "personalization",
        then: [{ do: "content", slot: "home-hero", content: { text: "How is the tea?" }, days: 3 }],
      }),
    );
    const { visitorId } = await shop.decide({
      consent: CONSENT,
      slots: [{ id: "home-hero" }],
      events: [shop.event("order_completed", { orderId: "o", lines: [{ item: "tea", quantity: 1 }] })],
    });
    const { slots } = await shop.decide({ visitorId, consent: CONSENT, slots: [{ id: "home-hero" }] });
    expect(slots[0]).toMatchObject({ content: { trigger: "hello", value: { text: "How is the tea?" } } });
  });

  test("of segments fires on entering, and a trait it states leads into another", async () => {
    const shop = await openShop();
    await shop.putConfig({
      segments: {
        buyers: { when: { $count: { event: "ordered", is: { $gte: 1 } } } },
        greeted: { when: { "traits.greeted": true } },
      },
      ...triggers({
        id: "greet",
        on: { when: "segment_entered", segment: "buyers" },
        purpose: "personalization",
        then: [{ do: "trait", name: "greeted", value: true }],
      }),
    });
    await tell(shop, "c1", [
      shop.event("order_completed", { orderId: "o", lines: [{ item: "tea", quantity: 1 }] }),
    ]);
    for (let i = 0; ; i++) {
      const all = (await (await stubOf(shop, "c1")).everything()) as unknown as {
        state: { attention: { segments: [string, number][] } };
      };
      const ids = all.state.attention.segments.map(([id]) => id);
      if (ids.includes("greeted") || i === 30) {
        expect(ids).toEqual(["buyers", "greeted"]);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  test("of a life event fires where it was told, and a denial ends it", async () => {
    const shop = await openShop();
    await shop.putConfig(
      triggers({
        id: "moving",
        on: { when: "life_event", kind: "move", confidence: 1 },
        purpose: "life_events",
        then: [WEBHOOK],
      }),
    );
    await tell(shop, "c1", [shop.event("life_event_told", { kind: "move" })]);
    expect(await fired(shop, "c1", 1)).toHaveLength(1);
    const { body } = await tell(shop, "c2", [shop.event("life_event_told", { kind: "move" })], CONSENT);
    expect(body["events"]).toMatchObject([{ status: "rejected", code: "consent_missing" }]);
  });

  test("carries a slot's picks, decided when it is sent, and not after a withdrawal", async () => {
    const shop = await openShop();
    const path = `/${crypto.randomUUID()}`;
    const hook = `https://hooks.shop.example${path}`;
    await send("/v1/webhooks/mail", {
      method: "PUT",
      key: shop.keys.adminKey,
      body: { url: hook, types: ["trigger_fired"], purpose: "marketing" },
    });
    await shop.putConfig({
      slots: { "mail-next": { strategies: ["pinned"], max: 2 } },
      rules: [{ id: "pin", slots: ["mail-next"], then: [{ do: "pin", items: ["kettle-plus", "teapot"] }] }],
      ...triggers({ ...CART, then: [{ ...WEBHOOK, slot: "mail-next" }] }),
    });
    await tell(shop, "c1", [added(shop, Date.now() - MINUTE + 1_000)]);
    let bodies: string[] = [];
    for (let i = 0; i < 40 && bodies.length === 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      bodies = await (await fetch(hook)).json();
    }
    const body = JSON.parse(bodies[0]!) as { type: string; data: { picks: { items: { id: string }[] } } };
    expect(body).toMatchObject({ type: "trigger_fired", data: { trigger: "cart", customerId: "c1" } });
    // The teapot is sold out.
    expect(body.data.picks.items.map(({ id }) => id)).toEqual(["kettle-plus"]);
  }, 20_000);

  test.each([
    [
      { id: "t", on: { when: "segment_entered", segment: "nobody" }, then: [WEBHOOK] },
      "/triggers/0/on/segment",
    ],
    [{ id: "t", on: { when: "cart_abandoned", minutes: 0 }, then: [WEBHOOK] }, "/triggers/0/on/minutes"],
    [{ id: "t", on: { when: "full_moon" }, then: [WEBHOOK] }, "/triggers/0/on/when"],
  ])("that cannot mean anything is refused at its place: %j", async (trigger, pointer) => {
    const shop = await openShop([]);
    const { status, body } = await shop.putConfig(triggers(trigger));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "config_invalid", pointer });
  });
});

test("what is told of a life must be a kind that is known, and a date that there is", async () => {
  const shop = await openShop([]);
  const { body } = await tell(shop, "c1", [
    shop.event("life_event_told", { kind: "abduction" }),
    shop.event("life_event_told", { kind: "move", on: "2027-02-30" }),
    shop.event("life_event_told", { kind: "move", on: "2027-02-28" }),
  ]);
  expect(body["events"]).toMatchObject([
    { status: "rejected", code: "event_invalid", pointer: "/kind" },
    { status: "rejected", code: "event_invalid", pointer: "/on" },
    { status: "accepted" },
  ]);
});
