import { describe, expect, test, vi } from "vitest";
import { sendDeclared } from "./declared.ts";
import { openShop, type Shop } from "./shop.ts";

const CONSENT = { analytics: true, personalization: true };
type Live = {
  seq: number;
  acts: { seq: number; kind: string; at: number; items: { id: string; title: string }[] }[];
};
const live = async (shop: Shop, after = 0): Promise<Live> =>
  (await sendDeclared(`/v1/live?after=${after}`, { key: shop.keys.adminKey })).body as Live;

describe("live", () => {
  test("tells what was done and not who, each act once, and nothing of those who did not agree", async () => {
    const shop = await openShop();
    const marked = `visitor-${crypto.randomUUID()}`;
    await shop.decide({
      visitorId: marked,
      consent: CONSENT,
      events: [
        shop.event("product_viewed", { item: "kettle" }),
        shop.event("product_viewed", { item: "no-such-item" }),
      ],
      slots: [{ id: "trending" }],
    });
    await shop.decide({
      visitorId: "somebody-else",
      consent: { analytics: false, personalization: false },
      events: [shop.event("product_viewed", { item: "tea" })],
      slots: [{ id: "trending" }],
    });
    await vi.waitFor(async () => expect((await live(shop)).acts).toHaveLength(1), {
      timeout: 10_000,
      interval: 200,
    });
    const { acts, seq } = await live(shop);
    expect(acts[0]).toMatchObject({
      kind: "view",
      items: [{ id: "kettle", title: expect.stringContaining("ettle") }],
    });
    expect(JSON.stringify(acts)).not.toContain(marked);
    expect((await live(shop, seq)).acts).toEqual([]);
    // A client from before a restart is told what there is.
    expect((await live(shop, seq + 1_000)).acts).toHaveLength(1);
    for (const after of ["-1", "x", "1.5", "9e99"])
      expect((await sendDeclared(`/v1/live?after=${after}`, { key: shop.keys.adminKey })).status).toBe(200);
  });
});

describe("pulse", () => {
  test("counts decisions of both kinds, looks and clicks of a slot with their range", async () => {
    const shop = await openShop();
    const page = { type: "product", item: "kettle" };
    const answer = await shop.decide({ visitorId: "p1", consent: CONSENT, page, slots: [{ id: "similar" }] });
    expect(answer.slots[0]!.items.length).toBeGreaterThan(0);
    await shop.decide({ slots: [{ id: "trending" }] });
    const { token, items } = answer.slots[0]!;
    await shop.decide({
      visitorId: "p1",
      consent: CONSENT,
      events: [shop.event("slot_seen", { token }), shop.event("slot_clicked", { token, item: items[0]?.id })],
      slots: [{ id: "trending" }],
    });
    await vi.waitFor(
      async () => {
        const { body } = await sendDeclared("/v1/pulse", { key: shop.keys.adminKey });
        expect(body).toMatchObject({
          slots: [
            {
              slot: "similar",
              seen: 1,
              clicks: 1,
              clickRate: { estimate: 1, high: 1, low: expect.any(Number) },
            },
          ],
          model: { catalogItems: expect.any(Number), coverage: expect.any(Number) },
          ledger: { p99Ms: expect.any(Number) },
        });
        const days = body["days"] as {
          day: string;
          decisions: { measured: number; unmeasured: number };
          events: number;
        }[];
        expect(days).toHaveLength(30);
        expect(days.at(-1)).toMatchObject({ day: new Date().toISOString().slice(0, 10), events: 2 });
      },
      { timeout: 15_000, interval: 300 },
    );
  });

  test("an empty site has an empty pulse, and consent of nobody", async () => {
    const shop = await openShop([]);
    const { body } = await sendDeclared("/v1/pulse", { key: shop.keys.adminKey });
    expect(body).toMatchObject({ slots: [], model: { coverage: 0 } });
    const { body: consent } = await sendDeclared("/v1/insight/consent", { key: shop.keys.adminKey });
    expect(consent).toMatchObject({ people: 0 });
  });
});
