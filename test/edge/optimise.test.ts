import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { objectId } from "../../src/edge/names.ts";
import { CONSENT, openShop, send, type Shop } from "./shop.ts";

type Report = {
  bandit?: {
    variations: {
      variation: string;
      share: number;
      users: number;
      mean: number;
      low: number;
      high: number;
    }[];
  };
  proposal: { action: string; variation?: string; reason: string } | null;
  verdict: { state: string; headline: string };
  status: string;
};

const report = async (shop: Shop, id: string): Promise<Report> =>
  (await send(`/v1/experiments/${id}`, { key: shop.keys.adminKey })).body as unknown as Report;

/** The next round of whoever looks after experiments, now instead of in a minute. */
async function tend(shop: Shop): Promise<void> {
  const stub = env.SITE.get(await objectId(env, "site", shop.keys.siteId, ""));
  await runInDurableObject(stub, async (_, { storage }) => {
    storage.sql.exec("UPDATE schedule SET at = 0 WHERE errand = 'steward'");
    await storage.setAlarm(Date.now() + 60_000);
  });
  await runDurableObjectAlarm(stub);
}

/** Somebody sees the slot, and clicks on what it shows, or not. */
async function visit(
  shop: Shop,
  visitorId: string,
  clicksOf: (variation: string) => boolean,
): Promise<string> {
  const { slots } = await shop.decide({
    visitorId,
    consent: CONSENT,
    page: { type: "product", item: "kettle" },
    events: [shop.event("page_viewed")],
    slots: [{ id: "similar" }],
  });
  const { token, assignments, items } = slots[0]!;
  const { variation } = assignments[0]!;
  await shop.track(visitorId, [shop.event("slot_seen", { token })]);
  if (clicksOf(variation))
    await shop.track(visitorId, [shop.event("slot_clicked", { token, item: items[0]!.id })]);
  return variation;
}

const VARIATIONS = [{ id: "two" }, { id: "one", max: 1 }];

describe("a bandit", () => {
  test("sends new visitors where it goes best, keeps who was there, and counts everybody by their chance", async () => {
    const shop = await openShop();
    const bandit = { goal: "click_rate" };
    await shop.putConfig({
      holdout: { share: 0 },
      experiments: [{ id: "b", slots: ["similar"], variations: VARIATIONS, bandit }],
    });
    const first: string[] = [];
    for (let i = 0; i < 150; i++)
      first.push(await visit(shop, `early-${i}`, (variation) => variation === "one"));
    await shop.settled();
    await tend(shop);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const later: string[] = [];
    for (let i = 0; i < 60; i++) later.push(await visit(shop, `late-${i}`, () => false));
    const share = (all: string[]) => all.filter((one) => one === "one").length / all.length;
    expect(share(first)).toBeGreaterThan(0.3);
    expect(share(first)).toBeLessThan(0.7);
    expect(share(later)).toBeGreaterThan(0.9);
    for (let i = 0; i < 10; i++) expect(await visit(shop, `early-${i}`, () => false)).toBe(first[i]);

    await shop.settled();
    const { bandit: found } = await report(shop, "b");
    expect(found!.variations.map(({ users }) => users).reduce((a, b) => a + b)).toBe(210);
    const one = found!.variations.find(({ variation }) => variation === "one")!;
    expect(one.share).toBeGreaterThan(0.9);
    // Everybody early clicked on it and nobody later: about 150 of 210 visitors would have.
    expect(one.mean).toBeGreaterThan(0.5);
    expect(one.mean).toBeLessThan(0.9);
    const two = found!.variations.find(({ variation }) => variation === "two")!;
    expect(two.mean).toBe(0);
  });
});

describe("a policy", () => {
  const experiment = (policy: object, more: object = {}) => ({
    holdout: { share: 0 },
    experiments: [
      {
        id: "p",
        slots: ["similar"],
        variations: VARIATIONS,
        goals: [{ metric: "click_rate" }],
        policy: { daysMin: 0, visitorsMin: 100, ...policy },
        ...more,
      },
    ],
  });
  async function decided(policy: object): Promise<Shop> {
    const shop = await openShop();
    await shop.putConfig(experiment(policy));
    for (let i = 0; i < 260; i++)
      await visit(shop, `v-${i}`, (variation) => variation === "one" && i % 3 > 0);
    await shop.settled();
    await tend(shop);
    return shop;
  }

  test("proposes what won; a marketer's yes gives it to everybody, also without consent, and counts nobody any more", async () => {
    const shop = await decided({ promote: "propose" });
    const { proposal, verdict } = await report(shop, "p");
    expect(verdict).toMatchObject({ state: "win", headline: "“one” wins." });
    expect(proposal).toMatchObject({ action: "promote", variation: "one" });
    const approve = () =>
      send("/v1/experiments/p/step", { key: shop.keys.adminKey, body: { approve: true } });
    expect((await approve()).body).toMatchObject({ approved: true, revision: 3 });
    expect((await approve()).body).toMatchObject({ status: 404, code: "proposal_unknown" });
    const { slots } = await shop.decide({
      consent: {},
      page: { type: "product", item: "kettle" },
      slots: [{ id: "similar" }],
    });
    expect(slots[0]!.items).toHaveLength(1);
    const { body } = await send("/v1/audit", { key: shop.keys.adminKey });
    expect(JSON.stringify(body)).toContain("config revision 3");
    expect((await report(shop, "p")).status).toBe("stopped");
  });

  test("of `auto` does it by itself and says why in the revision; of `never` proposes nothing", async () => {
    const shop = await decided({ promote: "auto" });
    const { body } = await send("/v1/config/revisions", { key: shop.keys.adminKey });
    const [latest] = body["revisions"] as { author: string; message: string }[];
    expect(latest).toMatchObject({ author: "steward" });
    expect(latest!.message).toMatch(/^p: “one” wins\. With “one” the share of visitors who click is between/);
  });
});
