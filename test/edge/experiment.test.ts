import { describe, expect, test } from "vitest";
import { hashBucket } from "../../src/core/experiment/bucket.ts";
import { CONSENT, openShop, send, type Shop } from "./shop.ts";

type Report = {
  variations: {
    variation: string;
    users: number;
    buyers: number;
    orders: number;
    revenue: number;
  }[];
  split: object;
  verdict: { state: string; headline: string; action: string; sentences: string[] };
};
const EXPERIMENT = { id: "count", slots: ["similar"], variations: [{ id: "many" }, { id: "one", max: 1 }] };

async function report(shop: Shop, id = "count"): Promise<Report> {
  await shop.settled();
  return (await send(`/v1/experiments/${id}`, { key: shop.keys.adminKey })).body as unknown as Report;
}

/** A visitor who sees the slot, and may buy. */
async function visit(
  shop: Shop,
  visitorId: string,
  revenueMinor?: number,
): Promise<{ variation: string | undefined; items: number }> {
  const answer = await shop.decide({
    visitorId,
    consent: CONSENT,
    page: { type: "product", item: "kettle" },
    events: [shop.event("page_viewed")],
    slots: [{ id: "similar" }],
  });
  const slot = answer.slots[0]!;
  await shop.track(visitorId, [
    shop.event("slot_seen", { token: slot.token }),
    ...(revenueMinor === undefined
      ? []
      : [
          shop.event("order_completed", {
            orderId: `order-${visitorId}`,
            revenue: { minor: revenueMinor, currency: "EUR" },
            lines: [{ item: "spoon" }],
          }),
        ]),
  ]);
  return { variation: slot.assignments[0]?.variation, items: slot.items.length };
}

describe("experiments", () => {
  test("split by GrowthBook's hash, change what is shown, count who saw it and what they bought", async () => {
    const shop = await openShop();
    await shop.putConfig({ holdout: { share: 0 }, experiments: [EXPERIMENT] });
    const expected = { many: { users: 0, revenue: 0, buyers: 0 }, one: { users: 0, revenue: 0, buyers: 0 } };
    for (let i = 0; i < 24; i++) {
      const buys = i % 3 === 0 ? 1000 + i : undefined;
      const { variation, items } = await visit(shop, `visitor-${i}`, buys);
      const right = hashBucket("count", `visitor-${i}`, 2)! < 0.5 ? "many" : "one";
      expect(variation).toBe(right);
      expect(items).toBe(right === "many" ? 2 : 1);
      expected[right].users++;
      if (buys !== undefined) {
        expected[right].buyers++;
        expected[right].revenue += buys;
      }
    }
    const { variations, verdict } = await report(shop);
    for (const one of variations) {
      const right = expected[one.variation as "many" | "one"];
      const { users, buyers, revenue } = right;
      expect(one).toMatchObject({ users, buyers, orders: buyers, revenue });
    }
    expect(verdict.headline).toContain("No difference can be told yet");
  });

  test("a decision that nobody saw counts nobody; the same one seen twice counts once", async () => {
    const shop = await openShop();
    await shop.putConfig({ holdout: { share: 0 }, experiments: [EXPERIMENT] });
    await shop.decide({
      visitorId: "unseen",
      consent: CONSENT,
      events: [shop.event("page_viewed")],
      slots: [{ id: "similar" }],
    });
    await visit(shop, "seen");
    await visit(shop, "seen");
    const { variations } = await report(shop);
    expect(variations.reduce((sum, one) => sum + one.users, 0)).toBe(1);
  });

  test("an order before the exposure does not count; a refund takes its revenue back", async () => {
    const shop = await openShop();
    await shop.putConfig({ holdout: { share: 0 }, experiments: [EXPERIMENT] });
    await shop.track("early", [
      shop.event("order_completed", {
        orderId: "before",
        at: Date.now() - 60_000,
        revenue: { minor: 999, currency: "EUR" },
        lines: [{ item: "tea" }],
      }),
    ]);
    await visit(shop, "early");
    await visit(shop, "late", 500);
    await shop.track("late", [
      shop.event("order_refunded", { orderId: "order-late", amount: { minor: 200, currency: "EUR" } }),
    ]);
    const { variations } = await report(shop);
    expect(variations.reduce((sum, one) => sum + one.revenue, 0)).toBe(300);
  });

  test("the holdout sees the shop's fallback, and is compared like any experiment", async () => {
    const shop = await openShop();
    await shop.putConfig({ holdout: { share: 0.5 } });
    for (let i = 0; i < 12; i++) {
      const answer = await shop.decide({
        visitorId: `h-${i}`,
        consent: CONSENT,
        page: { type: "product", item: "kettle" },
        events: [shop.event("page_viewed")],
        slots: [{ id: "similar" }],
      });
      const slot = answer.slots[0]!;
      const isHeldOut = hashBucket("holdout:holdout", `h-${i}`, 2)! < 0.5;
      expect(slot).toMatchObject({ status: isHeldOut ? "holdout" : "personalized", holdout: isHeldOut });
      if (isHeldOut) expect(slot.items).toEqual([]);
      await shop.track(`h-${i}`, [shop.event("slot_seen", { token: slot.token })]);
    }
    const { variations } = await report(shop, "holdout");
    expect(variations.reduce((sum, one) => sum + one.users, 0)).toBe(12);
  });

  test("404 for one that the config does not hold", async () => {
    const shop = await openShop();
    expect((await send("/v1/experiments/none", { key: shop.keys.adminKey })).body).toMatchObject({
      status: 404,
      code: "experiment_unknown",
    });
  });

  test("a flag that was seen counts, in the variation that the person draws and no other", async () => {
    const shop = await openShop();
    const variations = [
      { id: "buy", value: "Buy" },
      { id: "add", value: "Add" },
    ];
    await shop.putConfig({
      holdout: { share: 0 },
      experiments: [{ id: "wording", flag: "button", variations }],
    });
    for (let i = 0; i < 8; i++) {
      const visitorId = `f-${i}`;
      const { body } = await send("/ofrep/v1/evaluate/flags/button", {
        key: shop.keys.serverKey,
        body: { context: { targetingKey: visitorId, consent: CONSENT } },
      });
      const { variant } = body as { variant: string };
      expect(variant).toBe(hashBucket("wording", visitorId, 2) < 0.5 ? "buy" : "add");
      const tell = (variation: string) =>
        shop.track(visitorId, [shop.event("flag_seen", { flag: "button", variation })]);
      expect(await tell(variant === "buy" ? "add" : "buy")).toMatchObject([
        { status: "rejected", code: "variation_unknown" },
      ]);
      expect(await tell(variant)).toMatchObject([{ status: "accepted" }]);
      expect(await tell(variant)).toMatchObject([{ status: "accepted" }]);
    }
    const { variations: found } = await report(shop, "wording");
    expect(found.reduce((sum, one) => sum + one.users, 0)).toBe(8);
  });
});
