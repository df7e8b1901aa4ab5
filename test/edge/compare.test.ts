import { describe, expect, test } from "vitest";
import { sendDeclared } from "./declared.ts";
import { openShop, type Shop } from "./shop.ts";

type Slot = {
  slot: string;
  isChanged: boolean;
  before: { items: { id: string }[] };
  after: { items: { id: string }[] };
};
const compare = (shop: Shop, body: object, key = shop.keys.adminKey) =>
  sendDeclared("/v1/config/compare", { key, body });
const PIN = { rules: [{ id: "pin", slots: ["similar"], then: [{ do: "pin", items: ["tea"] }] }] };
const page = { type: "product", item: "kettle" };

describe("compare", () => {
  test("shows each slot before and after, and changes nothing", async () => {
    const shop = await openShop();
    const { body } = await compare(shop, { config: PIN, slots: ["similar", "recently-viewed"], page });
    const [similar, recent] = body["slots"] as Slot[];
    expect(similar).toMatchObject({ slot: "similar", isChanged: true });
    expect(similar!.before.items.map(({ id }) => id)).not.toContain("tea");
    expect(similar!.after.items[0]).toMatchObject({ id: "tea" });
    expect(similar).toMatchObject({
      before: { rules: [] },
      after: { rules: [{ rule: "pin", does: ["pin"], acts: true }] },
    });
    const idle = {
      rules: [...PIN.rules, { id: "idle", slots: ["similar"], then: [{ do: "hide", items: ["no-such"] }] }],
    };
    const both = await compare(shop, { config: idle, slots: ["similar"], page });
    expect((both.body["slots"] as Slot[])[0]).toMatchObject({
      after: { rules: [{ acts: true }, { rule: "idle", acts: false }] },
    });
    expect(recent).toMatchObject({ slot: "recently-viewed", isChanged: false });
    const again = await compare(shop, { config: {}, slots: ["similar"], page });
    expect((again.body["slots"] as Slot[])[0]).toMatchObject({ isChanged: false });
    expect(
      (await sendDeclared("/v1/config/revisions", { key: shop.keys.adminKey })).body["revisions"],
    ).toHaveLength(1);
  });

  test("a persona sees what it looked at; a wrong config is refused at its place", async () => {
    const shop = await openShop();
    const { body } = await compare(shop, {
      config: {},
      slots: ["recently-viewed"],
      page: { type: "home" },
      persona: { viewed: ["kettle", "tea"] },
    });
    expect((body["slots"] as Slot[])[0]!.after.items.map(({ id }) => id)).toEqual(["tea", "kettle"]);
    const two = { config: {}, slots: ["similar"], persona: {}, customer: "c-1" };
    expect((await compare(shop, two)).body).toMatchObject({ code: "body_invalid", pointer: "/persona" });
    const none = await compare(shop, {
      config: { rules: [{ id: "off", slots: ["buy-again"], then: [{ do: "limit", max: 0 }] }] },
      slots: ["buy-again"],
    });
    expect((none.body["slots"] as Slot[])[0]).toMatchObject({
      isChanged: true,
      after: { status: "suppressed" },
    });
    const wrong = await compare(shop, { config: { rules: [{ id: 1 }] }, slots: ["similar"] });
    expect(wrong.body).toMatchObject({
      code: "config_invalid",
      pointer: expect.stringMatching(/^\/config\/rules\/0/),
    });
  });

  test("a real customer only with their grants, only by an owner, and the log says so without naming them", async () => {
    const shop = await openShop();
    const grant = (consent: object) =>
      sendDeclared("/v1/events", {
        key: shop.keys.serverKey,
        body: {
          customerId: "c-1",
          events: [
            shop.event("consent_updated", { consent }),
            shop.event("product_viewed", { item: "kettle" }),
          ],
        },
      });
    const asked = { config: {}, slots: ["recently-viewed"], page: { type: "home" }, customer: "c-1" };
    expect((await compare(shop, asked)).body).toMatchObject({ code: "customer_unknown" });
    await grant({ personalization: true });
    expect((await compare(shop, asked)).body).toMatchObject({ code: "consent_missing" });
    await grant({ clienteling: true, personalization: true });
    expect(((await compare(shop, asked)).body["slots"] as Slot[])[0]!.after.items[0]).toMatchObject({
      id: "kettle",
    });
    const made = await sendDeclared("/v1/keys", {
      key: shop.keys.adminKey,
      body: { kind: "ak", role: "marketer", label: "Ada" },
    });
    expect((await compare(shop, asked, made.body["key"] as string)).body).toMatchObject({
      code: "key_not_allowed",
    });
    const audit = JSON.stringify((await sendDeclared("/v1/audit", { key: shop.keys.adminKey })).body);
    expect(audit).toContain("through a customer's eyes");
    expect(audit).not.toContain("c-1");
  });
});
