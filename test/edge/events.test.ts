import { describe, expect, inject, test } from "vitest";
import { CONSENT, openShop, ORIGIN, send } from "./shop.ts";

declare module "vitest" {
  interface ProvidedContext {
    badIds: { ids: string[] } | null;
    bodies: {
      bodies: { name: string; raw: string }[];
      generate: { name: string; repeat?: [string, string, number] }[];
    } | null;
    ssrf: { urls: string[] } | null;
  }
}

describe("200: each event has its own answer", () => {
  test("accepted, the same again, another with the same id, and three that cannot be", async () => {
    const shop = await openShop();
    const view = shop.event("product_viewed", { item: "kettle" });
    expect(await shop.track("visitor-1", [view])).toEqual([{ id: view.id, status: "accepted" }]);
    const answers = await shop.track("visitor-1", [
      view,
      { ...view, item: "tea" },
      shop.event("product_eaten", { item: "tea" }),
      shop.event("product_viewed", { item: "tea", price: { minor: 1.5, currency: "EUR" } }),
      { type: "page_viewed" },
      shop.event("page_viewed"),
    ]);
    expect(answers.map((one) => (one.status === "rejected" ? one.code : one.status))).toEqual([
      "duplicate",
      "event_conflict",
      "event_unknown",
      "event_invalid",
      "event_invalid",
      "accepted",
    ]);
    expect(answers[3]).toMatchObject({ pointer: "/price/minor" });
  });

  test("a reference that names nothing is refused with its place", async () => {
    const shop = await openShop();
    for (const item of [{}, [], [null], null, 7]) {
      const [answer] = await shop.track("visitor-1", [shop.event("product_viewed", { item })]);
      expect(answer, JSON.stringify(item)).toMatchObject({
        status: "rejected",
        code: "event_invalid",
        pointer: "/item",
      });
    }
  });

  test("a batch's own repetition is a duplicate too", async () => {
    const shop = await openShop();
    const view = shop.event("product_viewed", { item: "kettle" });
    expect((await shop.track("visitor-1", [view, view])).map((one) => one.status)).toEqual([
      "accepted",
      "duplicate",
    ]);
  });

  test("an id is minted with the first consent, and only then", async () => {
    const shop = await openShop();
    const body = { key: shop.keys.writeKey, events: [shop.event("page_viewed")] };
    const refused = await send("/v1/events", { origin: ORIGIN, body });
    expect(refused.body).toMatchObject({ events: [{ status: "rejected", code: "consent_missing" }] });
    expect(refused.body).not.toHaveProperty("visitorId");
    const granted = await send("/v1/events", { origin: ORIGIN, body: { ...body, consent: CONSENT } });
    expect(granted.body["visitorId"]).toMatch(/^v_[\w-]{24}$/);
  });

  test("a beacon's text/plain is JSON too, and the page may read the answer", async () => {
    const shop = await openShop();
    const { status, headers } = await send("/v1/events", {
      origin: ORIGIN,
      headers: { "content-type": "text/plain;charset=UTF-8" },
      body: {
        key: shop.keys.writeKey,
        visitorId: "visitor-1",
        consent: CONSENT,
        events: [shop.event("page_viewed")],
      },
    });
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(headers.get("cache-control")).toContain("no-store");
  });

  test("a withdrawal holds against a stale tab that still says yes", async () => {
    const shop = await openShop();
    await shop.track("visitor-1", [shop.event("page_viewed")]);
    const withdrawal = shop.event("consent_updated", {
      consent: { personalization: false, analytics: false },
    });
    expect((await shop.track("visitor-1", [withdrawal], {}))[0]?.status).toBe("accepted");
    const [stale] = await shop.track("visitor-1", [shop.event("page_viewed")], CONSENT);
    expect(stale).toMatchObject({ status: "rejected", code: "consent_missing" });
    const answer = await shop.decide({
      visitorId: "visitor-1",
      consent: CONSENT,
      slots: [{ id: "trending" }],
    });
    expect(answer.consent).toEqual({ applied: [], withheld: ["personalization", "analytics"] });
  });
});

describe("refusals change nothing", () => {
  test("401: no key, a key that is none, a right site with a wrong secret", async () => {
    const shop = await openShop();
    const body = { events: [shop.event("page_viewed")] };
    expect((await send("/v1/events", { body })).body).toMatchObject({ status: 401, code: "key_missing" });
    expect((await send("/v1/events", { body: { ...body, key: "nonsense" } })).body).toMatchObject({
      status: 401,
      code: "key_unknown",
    });
    const wrong = `${shop.keys.writeKey.slice(0, -4)}AAAA`;
    expect((await send("/v1/events", { body: { ...body, key: wrong } })).body).toMatchObject({
      status: 401,
      code: "key_unknown",
    });
  });

  test("403: another origin; and a browser that speaks for a customer", async () => {
    const shop = await openShop();
    const body = { key: shop.keys.writeKey, events: [shop.event("page_viewed")] };
    const foreign = await send("/v1/events", { origin: "https://evil.example", body });
    expect(foreign.body).toMatchObject({ status: 403, code: "origin_not_allowed" });
    expect(foreign.headers.has("access-control-allow-origin")).toBe(false);
    const claimed = await send("/v1/events", { origin: ORIGIN, body: { ...body, customerId: "jane" } });
    expect(claimed.body).toMatchObject({ status: 403, code: "identity_unverified" });
  });

  test("404: a site that never was", async () => {
    const key = "pk_nowhere-example-00000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    expect((await send("/v1/events", { body: { key, events: [{}] } })).body).toMatchObject({
      status: 404,
      code: "site_unknown",
    });
  });

  test("413: a body over 512 KB, also when it does not say so; an event over 32 KB", async () => {
    const shop = await openShop();
    const big = JSON.stringify({ key: shop.keys.writeKey, events: [], pad: "x".repeat(530_000) });
    expect((await send("/v1/events", { body: big })).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 60; i++) controller.enqueue(new TextEncoder().encode("x".repeat(10_000)));
        controller.close();
      },
    });
    expect((await send("/v1/events", { method: "POST", body: stream })).status).toBe(413);
    const lines = Array.from({ length: 500 }, (_, i) => ({
      item: `item-with-a-rather-long-name-${i}`.padEnd(100, "x"),
      quantity: 1,
    }));
    const [answer] = await shop.track("visitor-1", [shop.event("cart_updated", { lines })]);
    expect(answer).toMatchObject({ status: "rejected", code: "event_too_large" });
  });

  test("400: not JSON, not UTF-8, too deep", async () => {
    expect((await send("/v1/events", { body: "{" })).body).toMatchObject({
      status: 400,
      code: "body_not_json",
    });
    expect(
      (await send("/v1/events", { method: "POST", body: new Uint8Array([0x7b, 0xff, 0xfe]) })).body,
    ).toMatchObject({ code: "body_not_text" });
    expect((await send("/v1/events", { body: "[".repeat(100_000) })).body).toMatchObject({
      code: "body_too_deep",
    });
  });

  test("4xx: JSON that is not what any route expects, at every route that takes a body", async () => {
    const shop = await openShop([]);
    const routes: [string, string, string][] = [
      ...["events", "decide", "rank", "batch", "track", "identify", "ga4"].map(
        (name): [string, string, string] => ["POST", `/v1/${name}`, shop.keys.serverKey],
      ),
      ["PUT", "/v1/config", shop.keys.adminKey],
      ["POST", "/v1/config/rollback", shop.keys.adminKey],
      ["POST", "/v1/drafts", shop.keys.adminKey],
      ["POST", "/v1/sites", "op_the-operator-of-the-tests"],
    ];
    for (const [method, path, key] of routes) {
      for (const body of [
        "null",
        "0",
        "true",
        '""',
        "[]",
        "[null]",
        '{"batch":[null,1,"x",[]],"context":"x"}',
        '{"events":[null],"slots":[null],"items":[null]}',
      ]) {
        const reply = await send(path, { method, key, body, headers: { "if-match": '"1"' } });
        expect(reply.status, `${path} ${body}`).toBeLessThan(500);
        expect(JSON.stringify(reply.body), `${path} ${body}`).not.toContain('"accepted"');
      }
    }
    expect((await send("/v1/config", { key: shop.keys.adminKey })).headers.get("etag")).toBe('"1"');
  });

  test.skipIf(inject("bodies") === null)(
    "400: every hostile body, as event, as traits and as decide",
    async () => {
      const shop = await openShop();
      const { bodies } = inject("bodies")!;
      expect(bodies.length).toBeGreaterThan(10);
      for (const { name, raw } of bodies) {
        for (const path of ["/v1/events", "/v1/decide", "/v1/track", "/v1/batch", "/v1/ga4", "/v1/rank"]) {
          const reply = await send(path, { method: "POST", key: shop.keys.serverKey, body: raw });
          expect(reply.status, `${name} at ${path}`).toBeLessThan(500);
          if (reply.status === 200)
            expect(JSON.stringify(reply.body), `${name} at ${path}`).not.toContain('"accepted"');
        }
      }
      expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
    },
  );

  test.skipIf(inject("badIds") === null)(
    "every bad id is refused with its place, or comes back exactly",
    async () => {
      const shop = await openShop();
      for (const id of inject("badIds")!.ids) {
        const asVisitor = await send("/v1/events", {
          origin: ORIGIN,
          body: {
            key: shop.keys.writeKey,
            visitorId: id,
            consent: CONSENT,
            events: [shop.event("page_viewed")],
          },
        });
        const asItem = await send("/v1/events", {
          origin: ORIGIN,
          body: {
            key: shop.keys.writeKey,
            visitorId: "visitor-1",
            consent: CONSENT,
            events: [shop.event("product_viewed", { item: id })],
          },
        });
        for (const { status } of [asVisitor, asItem])
          expect([200, 400], JSON.stringify(id).slice(0, 40)).toContain(status);
        const [answer] = (asItem.body["events"] ?? []) as { status: string; code?: string }[];
        if (answer?.status === "rejected") expect(answer.code).toBe("event_invalid");
      }
    },
  );
});
