import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { ActFact } from "../../src/core/recommend/fact.ts";
import { networkLabel } from "../../src/edge/budget.ts";
import { objectId } from "../../src/edge/names.ts";
import { CONSENT, openShop, ORIGIN, send, type Shop } from "./shop.ts";

const DAY = 86_400_000;
const NOON = 1_800_014_400_000;
const labelOf = (address: string | undefined, site = "a-site", now = NOON) =>
  networkLabel(
    env,
    site,
    new Request("https://api.example", address ? { headers: { "cf-connecting-ip": address } } : {}),
    now,
  );

/** A page's visit from an address. */
const visit = (shop: Shop, visitorId: string, address: string, items: readonly string[]) =>
  send("/v1/events", {
    origin: ORIGIN,
    headers: { "cf-connecting-ip": address },
    body: {
      key: shop.keys.writeKey,
      visitorId,
      consent: CONSENT,
      events: items.map((item) => shop.event("product_viewed", { item })),
    },
  });

/** Everything in a visitor's file, as text, and the facts in its log. */
async function storedOf(shop: Shop, visitorId: string): Promise<{ text: string; facts: ActFact[] }> {
  const id = await objectId(env, "visitor", shop.keys.siteId, visitorId);
  return runInDurableObject(env.CUSTOMER.get(id), (_, { storage }) => {
    const rows = storage.sql.exec<{ owes: string | null; events: string }>("SELECT * FROM log").toArray();
    const state = storage.sql.exec("SELECT body FROM state").toArray();
    return {
      text: JSON.stringify([rows, state]),
      facts: rows.flatMap(({ owes }) => (JSON.parse(owes ?? "{}") as { facts?: ActFact[] }).facts ?? []),
    };
  });
}

describe("a network's label", () => {
  test("is one for a network, a site and a day, and says nothing beyond", async () => {
    const label = await labelOf("203.0.113.9");
    expect(label).toBeGreaterThan(0);
    expect(label).toBeLessThan(2 ** 32);
    expect(await labelOf("203.0.113.200", "a-site", NOON + 3_600_000)).toBe(label);
    const others = await Promise.all([
      labelOf("203.0.114.9"),
      labelOf("203.0.113.9", "another-site"),
      labelOf("203.0.113.9", "a-site", NOON + DAY),
      networkLabel(
        { ...env, CONCIERGE_SECRET: "another secret that is long enough to be taken for one" },
        "a-site-of-another-deployment",
        new Request("https://api.example", { headers: { "cf-connecting-ip": "203.0.113.9" } }),
        NOON,
      ),
    ]);
    expect(new Set([label, ...others]).size).toBe(5);
    expect(await labelOf("203.0.113.9")).toBe(label);
  });

  test("is not there where no address is known, and what a client claims is none", async () => {
    expect(await labelOf(undefined)).toBeUndefined();
    expect(await labelOf("not an address")).toBeUndefined();
    const claimed = new Request("https://api.example", { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(await networkLabel(env, "a-site", claimed, NOON)).toBeUndefined();
  });
});

describe("what leaves a visitor's object for the model", () => {
  test("says that a page told it and from which network, and keeps no address", async () => {
    const shop = await openShop();
    await visit(shop, "one", "198.51.100.7", ["kettle"]);
    await visit(shop, "two", "198.51.100.8", ["kettle"]);
    await visit(shop, "three", "192.0.2.7", ["kettle"]);
    const [one, two, three] = await Promise.all(
      ["one", "two", "three"].map((visitorId) => storedOf(shop, visitorId)),
    );
    expect(one!.facts).toEqual([
      {
        session: 1,
        at: expect.any(Number),
        kind: "view",
        items: ["kettle"],
        trust: "page",
        network: expect.any(Number),
      },
    ]);
    expect(two!.facts[0]!.network).toBe(one!.facts[0]!.network);
    expect(three!.facts[0]!.network).not.toBe(one!.facts[0]!.network);
    for (const { text } of [one!, two!, three!]) expect(text).not.toMatch(/198\.51\.100|192\.0\.2/);
  });

  test("says nothing of the kind for the shop's own server", async () => {
    const shop = await openShop();
    const { status } = await send("/v1/events", {
      key: shop.keys.serverKey,
      headers: { "cf-connecting-ip": "198.51.100.7" },
      body: {
        visitorId: "till",
        consent: CONSENT,
        events: [shop.event("product_viewed", { item: "kettle" })],
      },
    });
    expect(status).toBe(200);
    const { facts } = await storedOf(shop, "till");
    expect(facts).toEqual([
      { session: expect.any(Number), at: expect.any(Number), kind: "view", items: ["kettle"] },
    ]);
  });
});

describe("in a shop that is live", () => {
  const beside = async (shop: Shop): Promise<string[]> => {
    const { slots } = await shop.decide({
      visitorId: "somebody-else",
      consent: CONSENT,
      page: { type: "product", item: "kettle" },
      slots: [{ id: "seen-with", strategies: ["also_viewed"] }],
    });
    return slots[0]!.items.map(({ id }) => id);
  };

  test("one network with many cookies changes nobody's list, several networks do", async () => {
    const shop = await openShop(undefined, "live");
    await shop.putConfig({ holdout: { share: 0 } });
    for (let i = 0; i < 30; i++) await visit(shop, `cookie-${i}`, `198.51.100.${i}`, ["kettle", "spoon"]);
    await shop.settled();
    expect(await beside(shop)).toEqual([]);
    for (let i = 1; i <= 8; i++) await visit(shop, `somebody-${i}`, `192.0.${i}.7`, ["kettle", "spoon"]);
    await shop.settled();
    expect(await beside(shop)).toEqual(["spoon"]);
  });
});
