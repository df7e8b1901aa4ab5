import { beforeAll, describe, expect, test } from "vitest";
import { hashBucket } from "../../src/core/experiment/bucket.ts";
import type { SlotAnswer } from "../../src/core/wire/decide.ts";
import { CONSENT, openShop, ORIGIN, send, type Reply, type Shop } from "./shop.ts";

const TWO = [{ id: "many" }, { id: "one", max: 1 }];
const CONFIG = {
  holdout: { share: 0.5 },
  slots: {
    similar: { strategies: ["pinned"], max: 3 },
    calm: { strategies: ["pinned"], max: 3, holdout: 1 },
  },
  rules: [
    { id: "pins", slots: ["similar", "calm"], then: [{ do: "pin", items: ["tea", "spoon", "kettle-plus"] }] },
  ],
  experiments: [
    { id: "count", slots: ["similar"], variations: TWO },
    { id: "nobody", coverage: 0, when: { "page.type": "cart" }, variations: TWO },
    {
      id: "follows",
      requires: [{ experiment: "nobody", variations: ["one"] }],
      variations: [{ id: "a" }, { id: "b" }],
    },
    { id: "over", status: "stopped", winner: "many", slots: ["similar"], variations: TWO },
    { id: "secret", status: "draft", variations: [{ id: "a" }, { id: "b", value: "unheard of" }] },
  ],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  expect((await shop.putConfig(CONFIG)).status).toBe(200);
});

/** A visitor whom the site's holdout keeps, or does not, and whom the hash puts into that arm of `count`. */
function visitorOf(isHeldOut: boolean, arm?: "many" | "one"): string {
  for (let i = 0; ; i++) {
    const id = `visitor-${i}`;
    if (hashBucket("holdout:holdout", id, 2) < 0.5 !== isHeldOut) continue;
    if (arm === undefined || (hashBucket("count", id, 2) < 0.5 ? "many" : "one") === arm) return id;
  }
}

const ask = (request: object): Promise<Reply> =>
  send("/v1/decide", {
    origin: ORIGIN,
    body: {
      key: shop.keys.writeKey,
      consent: CONSENT,
      page: { type: "product", item: "kettle" },
      slots: [{ id: "similar" }],
      ...request,
    },
  });
const slotsOf = async (request: object): Promise<SlotAnswer[]> => {
  const { status, body } = await ask(request);
  expect(status).toBe(200);
  return body["slots"] as SlotAnswer[];
};
const arms = ({ assignments }: SlotAnswer) =>
  Object.fromEntries(assignments.map(({ experiment, variation }) => [experiment, variation]));

describe("a forced variation", () => {
  test("is used whatever the draw says, and says that it was forced", async () => {
    const visitorId = visitorOf(false, "many");
    const [drawn] = await slotsOf({ visitorId });
    expect(arms(drawn!)).toEqual({ over: "many", count: "many" });
    expect(drawn!.items).toHaveLength(3);
    expect(drawn!.token).toBeTypeOf("string");
    expect(drawn!.assignments.some((one) => "forced" in one || "variations" in one)).toBe(false);
    const [looked] = await slotsOf({ visitorId, force: { count: "one" } });
    expect(looked).toMatchObject({ status: drawn!.status, reason: drawn!.reason });
    expect(looked!.items.map(({ id }) => id)).toEqual(drawn!.items.slice(0, 1).map(({ id }) => id));
    expect(looked!.assignments).toContainEqual({
      experiment: "count",
      variation: "one",
      forced: true,
      variations: ["many", "one"],
    });
    expect(looked!.assignments.find((one) => one.experiment === "over")).not.toHaveProperty("forced");
  });

  test("has no token, in no slot of the answer", async () => {
    const slots = await slotsOf({
      visitorId: visitorOf(false),
      slots: [{ id: "similar" }, { id: "elsewhere" }],
      force: { count: "one" },
    });
    expect(slots).toHaveLength(2);
    for (const slot of slots) expect(slot).not.toHaveProperty("token");
  });

  test("regardless of coverage and audience, and what requires it follows", async () => {
    const visitorId = visitorOf(false);
    const [drawn] = await slotsOf({ visitorId });
    expect(arms(drawn!)).not.toHaveProperty("nobody");
    expect(arms(drawn!)).not.toHaveProperty("follows");
    const [looked] = await slotsOf({ visitorId, force: { nobody: "one" } });
    expect(arms(looked!)).toMatchObject({ nobody: "one", follows: expect.stringMatching(/^[ab]$/) });
    expect(looked!.items).toHaveLength(1);
  });

  test("instead of what a stopped experiment left to everybody", async () => {
    const [looked] = await slotsOf({ visitorId: visitorOf(false, "many"), force: { over: "one" } });
    expect(arms(looked!)["over"]).toBe("one");
    expect(looked!.assignments.filter((one) => one.experiment === "over")).toHaveLength(1);
    expect(looked!.items).toHaveLength(1);
  });

  test("shows itself to who is held out of everything, or of the slot; where it does not reach nothing changes", async () => {
    const visitorId = visitorOf(true);
    const ids = [{ id: "similar" }, { id: "calm" }];
    expect((await slotsOf({ visitorId, slots: ids })).map(({ status }) => status)).toEqual([
      "holdout",
      "holdout",
    ]);
    const [similar, calm] = await slotsOf({ visitorId, slots: ids, force: { count: "one" } });
    expect(similar).toMatchObject({ status: "personalized", holdout: false });
    expect(similar!.items).toHaveLength(1);
    expect(calm).toMatchObject({ status: "holdout", items: [] });
    const [, seen] = await slotsOf({ visitorId: visitorOf(false), slots: ids, force: { nobody: "one" } });
    expect(seen).toMatchObject({ status: "personalized", holdout: false });
  });

  test("gives no consent: who said nothing gets it from page and catalog alone, and no id", async () => {
    for (const consent of [undefined, { personalization: false, analytics: false }]) {
      const { body } = await ask({ consent, force: { count: "one" } });
      expect(body).not.toHaveProperty("visitorId");
      expect(body["consent"]).toEqual({ applied: [], withheld: ["personalization", "analytics"] });
      const [slot] = body["slots"] as SlotAnswer[];
      expect(slot).toMatchObject({ status: "contextual", reason: "no_consent" });
      expect(slot!.items).toHaveLength(1);
      expect(slot!.items[0]!.controls).toEqual([]);
    }
  });

  test("an empty one forces nothing: the answer counts as ever, and tells the variations there are", async () => {
    const visitorId = visitorOf(false, "many");
    const [plain] = await slotsOf({ visitorId });
    const [told] = await slotsOf({ visitorId, force: {} });
    expect(told!.token).toBeTypeOf("string");
    expect(told!.items).toEqual(plain!.items);
    expect(told!.assignments).toEqual(
      plain!.assignments.map((one) => ({ ...one, variations: ["many", "one"] })),
    );
  });
});

describe("a look leaves nothing behind", () => {
  type Report = { unmeasuredShare: number | null; variations: { variation: string; users: number }[] };

  test("no exposure, no share of traffic, no variation that sticks", async () => {
    const own = await openShop();
    await own.putConfig({ ...CONFIG, holdout: { share: 0 } });
    const visitorId = visitorOf(false, "many");
    const look = (more: object = {}) =>
      own.decide({
        visitorId,
        consent: CONSENT,
        page: { type: "product", item: "kettle" },
        slots: [{ id: "similar" }],
        ...more,
      });
    const drawn = (await look({ events: [own.event("page_viewed")] })).slots[0]!;
    const rows = async () => {
      const { body } = await send(`/v1/customers/${visitorId}`, { key: own.keys.serverKey });
      return JSON.stringify({ ...body, now: 0, at: 0 });
    };
    await own.settled();
    const before = await rows();
    const unmeasured = async () =>
      ((await send("/v1/experiments/count", { key: own.keys.adminKey })).body as Report).unmeasuredShare;
    const shareBefore = await unmeasured();
    expect(shareBefore).not.toBeUndefined();
    for (let i = 0; i < 5; i++) {
      const { slots } = await look({ force: { count: "one" } });
      expect(arms(slots[0]!)["count"]).toBe("one");
    }
    await own.settled();
    expect(await rows()).toBe(before);
    const users = async () =>
      ((await send("/v1/experiments/count", { key: own.keys.adminKey })).body as Report).variations.map(
        (one) => one.users,
      );
    expect(await users()).toEqual([0, 0]);
    for (let i = 0; i < 20; i++) await look({ consent: {}, force: { count: "one" } });
    await own.settled();
    expect(await unmeasured()).toBe(shareBefore);
    const [again] = (await look()).slots;
    expect(arms(again!)["count"]).toBe("many");
    // What is reported by a token that was drawn counts, in the variation that was drawn.
    await own.track(visitorId, [own.event("slot_seen", { token: drawn.token })]);
    await own.settled();
    expect(await users()).toEqual([1, 0]);
  });
});

describe("what cannot be forced is a problem, and nothing is stored", () => {
  test.each([
    ["an experiment there is not", { none: "a" }, "/force/none"],
    ["a variation there is not", { count: "three" }, "/force/count"],
    ["a draft, to a page", { secret: "b" }, "/force/secret"],
    ["one right and one wrong", { count: "one", nobody: "two" }, "/force/nobody"],
    ["a name that is none", { "No Name": "a" }, "/force/No Name"],
    ["a variation that is no name", { count: "<b>" }, "/force/count"],
    ["a variation that is no text", { count: 1 }, "/force/count"],
    ["a list", ["count"], "/force/0"],
    ["more than twenty", Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`e${i}`, "a"])), "/force"],
  ])("%s", async (_, force, pointer) => {
    const event = shop.event("page_viewed");
    const { status, body } = await ask({ visitorId: `refused-${pointer}`, force, events: [event] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "body_invalid", pointer });
    const { status: found } = await send(`/v1/customers/${encodeURIComponent(`refused-${pointer}`)}`, {
      key: shop.keys.serverKey,
    });
    expect(found).toBe(404);
  });

  test("an experiment called like a field of every object is just another unknown one", async () => {
    const { status, body } = await ask({ force: { tostring: "a", valueof: "b" } });
    expect([status, body["pointer"]]).toEqual([400, "/force/tostring"]);
  });

  test("a server may look at a draft", async () => {
    const { status, body } = await send("/v1/decide", {
      key: shop.keys.serverKey,
      body: { customerId: "somebody", slots: [{ id: "similar" }], force: { secret: "b" } },
    });
    expect(status).toBe(200);
    expect((body["slots"] as SlotAnswer[])[0]!.assignments).toContainEqual({
      experiment: "secret",
      variation: "b",
      value: "unheard of",
      forced: true,
      variations: ["a", "b"],
    });
  });
});
