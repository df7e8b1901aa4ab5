import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { describe, expect, inject, test, vi } from "vitest";
import type { EndpointRequest } from "../../src/core/webhook/endpoint.ts";
import type { Notice } from "../../src/core/webhook/notice.ts";
import { objectId } from "../../src/edge/names.ts";
import { ERASED_ID_USE, seal } from "../../src/edge/seal.ts";
import type { Env } from "../../src/env.ts";
import type { CourierObject } from "../../src/objects/courier-object.ts";
import { deleteWebhook } from "../../src/routes/delete-webhook.ts";
import { getWebhookDeliveries } from "../../src/routes/get-webhook-deliveries.ts";
import { getWebhooks } from "../../src/routes/get-webhooks.ts";
import { postWebhookReplay } from "../../src/routes/post-webhook-replay.ts";
import { postWebhookRotate } from "../../src/routes/post-webhook-rotate.ts";
import { postWebhookTest } from "../../src/routes/post-webhook-test.ts";
import { putWebhook } from "../../src/routes/put-webhook.ts";
import { openShop } from "./shop.ts";

declare module "vitest" {
  interface ProvidedContext {
    ssrf: { urls: string[] } | null;
  }
}

type Courier = DurableObjectStub<CourierObject>;
const HOST = "api.example";
const CRM: EndpointRequest = {
  url: "https://crm.example/hook",
  types: ["order_recorded", "customer_erased", "consent_changed"],
  purpose: "marketing",
  enabled: true,
};

/** A courier of its own, with one endpoint. Nobody is at home there: every try is answered 502. */
async function courier(...more: readonly (readonly [string, Partial<EndpointRequest>])[]): Promise<Courier> {
  const stub = env.COURIER.get(await objectId(env, "courier", `site-${crypto.randomUUID()}`, ""));
  for (const [id, request] of [["crm", {}], ...more] as const)
    await stub.putEndpoint(id, { ...CRM, ...request }, HOST);
  return stub;
}

let made = 0;
const notice = (fields: Partial<Notice> = {}): Notice => ({
  id: `n_${++made}`,
  type: "order_recorded",
  at: Date.now(),
  subject: "object-of-jane",
  purpose: "marketing",
  customerId: "jane@shop.example",
  data: { orderId: "1001" },
  ...fields,
});
const ship = (stub: Courier, source: string, ...lists: readonly (readonly Notice[])[]) =>
  stub.receive({
    source,
    parcels: lists.map((list, i) => ({ seq: i + 1, payload: JSON.stringify(list) })),
  });
const ids = async (stub: Courier, state: "waiting" | "parked" = "waiting") =>
  (await stub.deliveries(state)).map(({ endpoint, id }) => `${endpoint} ${id}`).sort();

/** Lets a courier make the tries that are due, as if their time had come. */
async function pass(stub: Courier): Promise<void> {
  await runInDurableObject(stub, (_, { storage }) => {
    storage.sql.exec("UPDATE deliveries SET next_at = next_at - 1000000000 WHERE state = 'waiting'");
  });
  await runDurableObjectAlarm(stub);
}

/** Waits until every first try was made. */
async function tried(stub: Courier): Promise<void> {
  for (let waited = 0; waited < 5_000; waited += 20) {
    if ((await stub.deliveries("waiting")).every(({ tries }) => tries > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("Not everything was tried.");
}

describe("what is received", () => {
  test("becomes one delivery for each endpoint that asked for its type and serves its purpose, once", async () => {
    const stub = await courier(
      ["ads", { purpose: "personalization" }],
      ["audit", { types: ["consent_changed"], purpose: "analytics" }],
      ["off", { enabled: false }],
    );
    const [order, consent, segment] = [
      notice(),
      notice({ type: "consent_changed", purpose: null }),
      notice({ type: "segment_entered" }),
    ];
    expect(await ship(stub, "a", [order, consent], [segment])).toBe(2);
    const queued = [
      `ads ${consent.id}`,
      `audit ${consent.id}`,
      `crm ${consent.id}`,
      `crm ${order.id}`,
    ].sort();
    expect(await ids(stub)).toEqual(queued);
    expect(await ship(stub, "a", [order, consent], [segment])).toBe(2);
    expect(await ids(stub)).toEqual(queued);
  });

  test("stores nothing where nobody asked to be told", async () => {
    const stub = env.COURIER.get(await objectId(env, "courier", `site-${crypto.randomUUID()}`, ""));
    expect(await ship(stub, "a", [notice()], [notice()])).toBe(2);
    await runInDurableObject(stub, async (_, { storage }) => {
      expect(storage.sql.exec("SELECT * FROM receipts").toArray()).toEqual([]);
      expect(await storage.getAlarm()).toBeNull();
    });
  });

  test("waits without anything legible about the customer", async () => {
    const stub = await courier();
    await ship(stub, "a", [notice({ customerId: "jane@shop.example", data: { orderId: "order-of-jane" } })]);
    await tried(stub);
    await runInDurableObject(stub, (_, { storage }) => {
      const tables = storage.sql
        .exec<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
        )
        .toArray();
      expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["deliveries", "outcomes"]));
      const stored = tables.map(({ name }) => storage.sql.exec(`SELECT * FROM ${name}`).toArray());
      expect(stored.flat().length).toBeGreaterThan(3);
      expect(JSON.stringify(stored)).not.toMatch(/jane|order-of|whsec_/);
    });
  });
});

describe("what fails", () => {
  test("is tried again after 5 seconds, with the alarm set for it, also after an eviction", async () => {
    const stub = await courier();
    const before = Date.now();
    await ship(stub, "a", [notice()]);
    await tried(stub);
    const [waiting] = await stub.deliveries("waiting");
    expect(waiting).toMatchObject({ tries: 1, endpoint: "crm" });
    expect(waiting!.nextAt).toBeGreaterThanOrEqual(before + 5_000);
    expect(waiting!.nextAt).toBeLessThan(Date.now() + 6_000);
    await runInDurableObject(stub, async (_, { storage }) =>
      expect(await storage.getAlarm()).toBeLessThanOrEqual(waiting!.nextAt),
    );
    await evictDurableObject(stub);
    expect(await stub.deliveries("waiting")).toEqual([waiting]);
  });

  test("is parked after ten tries and tried again on demand, under the same id and with the same body", async () => {
    const stub = await courier();
    const one = notice();
    await ship(stub, "a", [one]);
    await tried(stub);
    const body = () =>
      runInDurableObject(
        stub,
        (_, { storage }) => storage.sql.exec("SELECT body FROM deliveries").one()["body"],
      );
    const sealed = await body();
    for (let i = 0; i < 8; i++) await pass(stub);
    expect(await stub.deliveries("waiting")).toMatchObject([{ tries: 9 }]);
    await pass(stub);
    expect(await stub.deliveries("waiting")).toEqual([]);
    expect(await stub.deliveries("parked")).toMatchObject([{ id: one.id, tries: 10 }]);
    const outcomes = await stub.outcomes();
    expect(outcomes.map(({ tries }) => tries)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["parked", ...Array(9).fill("failed")]);
    expect(outcomes[0]!.reason).toBe("answered 502");

    expect(await stub.replay({ id: "another" })).toBe(0);
    expect(await stub.replay({ endpoint: "another" })).toBe(0);
    expect(await stub.replay({ id: one.id })).toBe(1);
    await tried(stub);
    expect(await stub.deliveries("waiting")).toMatchObject([{ id: one.id, tries: 1 }]);
    expect(await body()).toBe(sealed);
  });

  test("is kept parked for 30 days, and not a day longer", async () => {
    const stub = await courier();
    await ship(stub, "a", [notice(), notice({ type: "consent_changed", purpose: null })]);
    await tried(stub);
    await stub.putEndpoint("crm", { ...CRM, enabled: false }, HOST);
    const age = (days: number) =>
      runInDurableObject(stub, (_, { storage }) => {
        storage.sql.exec("UPDATE deliveries SET next_at = next_at - ?", days * 86_400_000);
      });
    await age(29);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await ids(stub, "parked")).toHaveLength(2);
    await age(1);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await ids(stub, "parked")).toEqual([]);
    await runInDurableObject(stub, async (_, { storage }) => expect(await storage.getAlarm()).toBeNull());
  });

  test("a fault in the store neither ends the alarm nor loses a delivery", async () => {
    const stub = await courier();
    await ship(stub, "a", [notice()]);
    await tried(stub);
    const rename = (from: string, to: string) =>
      runInDurableObject(stub, (_, { storage }) => {
        storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
      });
    await rename("deliveries", "hidden");
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    await runInDurableObject(stub, async (_, { storage }) => expect(await storage.getAlarm()).not.toBeNull());
    await rename("hidden", "deliveries");
    await pass(stub);
    expect(await stub.deliveries("waiting")).toMatchObject([{ tries: 2 }]);
  });

  test("an outcome that cannot be stored stops sending for a while instead of repeating at full speed", async () => {
    const stub = await courier();
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("ALTER TABLE outcomes RENAME TO hidden");
    });
    const fetched = vi.spyOn(globalThis, "fetch");
    await ship(stub, "a", [notice(), notice()]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(fetched.mock.calls.length).toBeGreaterThan(0);
    expect(fetched.mock.calls.length).toBeLessThanOrEqual(2);
    fetched.mockRestore();
    expect((await stub.deliveries("waiting")).map(({ tries }) => tries)).toEqual([0, 0]);
    await runInDurableObject(stub, async (_, { storage }) => {
      expect(await storage.getAlarm()).not.toBeNull();
      storage.sql.exec("ALTER TABLE hidden RENAME TO outcomes");
    });
    await evictDurableObject(stub);
    await pass(stub);
    expect((await stub.deliveries("waiting")).map(({ tries }) => tries)).toEqual([1, 1]);
  });

  test("an address that today's rule refuses is not sent to, whatever is stored", async () => {
    const stub = await courier();
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("UPDATE endpoints SET body = json_set(body, '$.url', 'https://127.0.0.1/')");
    });
    await evictDurableObject(stub);
    const one = notice();
    await ship(stub, "a", [one]);
    for (let waited = 0; waited < 2_000 && (await ids(stub, "parked")).length === 0; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ids(stub, "parked")).toEqual([`crm ${one.id}`]);
    expect(await stub.endpoints()).toMatchObject([{ state: "disabled", parked: 1, waiting: 0 }]);
    expect(await stub.outcomes()).toMatchObject([{ reason: "not sent: the address is an IP address" }]);
    expect(await stub.replay({})).toBe(0);
  });

  test("the list of tries is bounded, and says nothing of customers", async () => {
    const stub = await courier();
    await ship(
      stub,
      "a",
      Array.from({ length: 230 }, () => notice()),
    );
    await tried(stub);
    const outcomes = await stub.outcomes();
    expect(outcomes).toHaveLength(200);
    expect(JSON.stringify(outcomes)).not.toContain("jane");
    for (let i = 1; i < 200; i++) expect(outcomes[i]!.at).toBeLessThanOrEqual(outcomes[i - 1]!.at);
  });
});

describe("a customer who withdraws or is erased", () => {
  test("withdrawing drops what is queued about them for these purposes, and nothing else", async () => {
    const stub = await courier(["ads", { purpose: "personalization" }]);
    const [order, consent, ad, other] = [
      notice(),
      notice({ type: "consent_changed", purpose: null }),
      notice({ purpose: "personalization" }),
      notice({ subject: "object-of-joe" }),
    ];
    await ship(stub, "a", [order, consent, ad, other]);
    await stub.withdraw("object-of-jane", ["marketing"]);
    await stub.withdraw("object-of-jane", ["marketing"]);
    const left = [`ads ${ad.id}`, `ads ${consent.id}`, `crm ${consent.id}`, `crm ${other.id}`].sort();
    expect(await ids(stub)).toEqual(left);
  });

  test("what was noticed before and arrives after is not queued; what is noticed later is", async () => {
    const stub = await courier();
    const before = notice();
    await Promise.all([ship(stub, "a", [before]), stub.withdraw("object-of-jane", ["marketing"])]);
    await ship(stub, "b", [before, notice({ at: before.at - 1 })]);
    expect(await ids(stub)).toEqual([]);
    const after = notice({ at: Date.now() + 1_000 });
    await ship(stub, "b", [], [], [after]);
    expect(await ids(stub)).toEqual([`crm ${after.id}`]);
  });

  test("a parked delivery is dropped too, and cannot be replayed", async () => {
    const stub = await courier();
    await ship(stub, "a", [notice()]);
    await stub.putEndpoint("crm", { ...CRM, enabled: false }, HOST);
    expect(await ids(stub, "parked")).toHaveLength(1);
    await stub.purge("object-of-jane");
    await stub.putEndpoint("crm", CRM, HOST);
    expect(await stub.replay({})).toBe(0);
    expect(await stub.status()).toEqual({ waiting: 0, parked: 0 });
  });

  test("an erasure drops everything about them and tells receivers the id they know, once", async () => {
    const stub = await courier();
    const [consent, other] = [
      notice({ type: "consent_changed", purpose: null }),
      notice({ subject: "object-of-joe" }),
    ];
    await ship(stub, "a", [notice(), consent, other]);
    const burial = {
      subject: "object-of-jane",
      at: Date.now(),
      receipt: "r1",
      sealedId: await seal(env, ERASED_ID_USE, "jane@shop.example"),
    };
    await stub.buried(burial);
    await stub.buried(burial);
    expect(await ids(stub)).toEqual(["crm erased_r1", `crm ${consent.id}`, `crm ${other.id}`].sort());
    await stub.purge("object-of-jane");
    expect(await ids(stub)).toContain("crm erased_r1");
    // Told again when the person has come back, it takes nothing away from them.
    const back = notice({ at: Date.now() + 1_000 });
    await ship(stub, "b", [back]);
    await stub.buried(burial);
    expect(await ids(stub)).toContain(`crm ${back.id}`);
    await stub.purge("object-of-jane");
    // A visitor without an id of the shop's is nothing a receiver could find.
    await stub.buried({ subject: "object-of-joe", at: Date.now(), receipt: "r2", sealedId: null });
    expect(await ids(stub)).toEqual(["crm erased_r1", `crm ${consent.id}`].sort());
  });
});

describe("endpoints", () => {
  test("a change drops what is no longer asked for; deleting drops the rest; a new one has another secret", async () => {
    const stub = await courier();
    const [order, consent] = [notice(), notice({ type: "consent_changed", purpose: null })];
    await ship(stub, "a", [order, consent]);
    await stub.putEndpoint("crm", { ...CRM, purpose: "analytics" }, HOST);
    expect(await ids(stub)).toEqual([`crm ${consent.id}`]);
    const first = await stub.rotate("crm", 24);
    expect(await stub.deleteEndpoint("crm")).toBe(true);
    expect(await stub.deleteEndpoint("crm")).toBe(false);
    expect(await stub.status()).toEqual({ waiting: 0, parked: 0 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const again = await stub.putEndpoint("crm", CRM, HOST);
    expect("secret" in again && again.secret).toMatch(/^whsec_/);
    expect("secret" in again && again.secret).not.toBe(first!.secret);
  });
});

const app = new Hono<{ Bindings: Env }>();
app.put("/v1/webhooks/:id", putWebhook);
app.get("/v1/webhooks", getWebhooks);
app.delete("/v1/webhooks/:id", deleteWebhook);
app.post("/v1/webhooks/:id/rotate", postWebhookRotate);
app.post("/v1/webhooks/:id/test", postWebhookTest);
app.get("/v1/webhooks/deliveries", getWebhookDeliveries);
app.post("/v1/webhooks/deliveries/replay", postWebhookReplay);

describe("routes", () => {
  const open = async () => {
    const { keys } = await openShop([]);
    return async (method: string, path: string, body?: unknown, key = keys.adminKey) => {
      const reply = await app.request(
        `https://api.example/v1/webhooks${path}`,
        {
          method,
          headers: { authorization: `Bearer ${key}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        env,
        { waitUntil: () => {}, passThroughOnException: () => {}, props: {} },
      );
      const text = await reply.text();
      return { status: reply.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
    };
  };
  const { enabled: _, ...asked } = CRM;

  test("an endpoint is added with its secret, changed and listed without, rotated, tested and deleted", async () => {
    const call = await open();
    const added = await call("PUT", "/crm", asked);
    expect(added).toMatchObject({ status: 201, body: { ...asked, id: "crm", state: "enabled", waiting: 0 } });
    expect(added.body["secret"]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const changed = await call("PUT", "/crm", { ...asked, enabled: false });
    expect(changed).toMatchObject({ status: 200, body: { state: "disabled", why: "Switched off." } });
    expect(changed.body).not.toHaveProperty("secret");
    const listed = await call("GET", "");
    expect(listed.body).toEqual({ webhooks: [changed.body] });

    const rotated = await call("POST", "/crm/rotate", {});
    expect(rotated.status).toBe(200);
    expect(rotated.body["secret"]).not.toBe(added.body["secret"]);
    const overlap = (rotated.body["previousSecretUntil"] as number) - Date.now();
    expect(overlap).toBeGreaterThan(23.9 * 3_600_000);
    expect(overlap).toBeLessThanOrEqual(24 * 3_600_000);
    const leaked = await call("POST", "/crm/rotate", { overlapHours: 0 });
    expect(leaked.body).not.toHaveProperty("previousSecretUntil");
    expect(await call("POST", "/crm/rotate", { overlapHours: 73 })).toMatchObject({
      status: 400,
      body: { code: "body_invalid", pointer: "/overlapHours" },
    });

    expect(await call("POST", "/crm/test")).toMatchObject({
      status: 200,
      body: { type: "test", outcome: "failed", reason: "answered 502" },
    });
    expect(await call("GET", "/deliveries")).toMatchObject({
      body: { totals: { waiting: 0, parked: 0 }, tries: [{ endpoint: "crm", type: "test" }] },
    });
    expect(await call("GET", "/deliveries?state=parked")).toMatchObject({
      status: 200,
      body: { deliveries: [] },
    });
    expect((await call("DELETE", "/crm")).status).toBe(204);
  });

  test("what is wrong is said", async () => {
    const call = await open();
    for (const [method, path, body] of [
      ["DELETE", "/crm"],
      ["POST", "/crm/test"],
      ["POST", "/crm/rotate", {}],
    ] as const)
      expect(await call(method, path, body)).toMatchObject({
        status: 404,
        body: { code: "webhook_unknown" },
      });
    expect(await call("PUT", "/C%20R%20M", asked)).toMatchObject({
      status: 400,
      body: { code: "id_invalid" },
    });
    expect(await call("PUT", "/crm", { ...asked, types: ["everything"] })).toMatchObject({
      status: 400,
      body: { code: "body_invalid", pointer: "/types/0" },
    });
    expect(await call("GET", "/deliveries?state=lost")).toMatchObject({ status: 400 });
    expect(await call("POST", "/deliveries/replay", { id: "n_9" })).toMatchObject({
      status: 404,
      body: { code: "delivery_unknown" },
    });
    expect(await call("POST", "/deliveries/replay", {})).toMatchObject({
      status: 200,
      body: { replayed: 0 },
    });
    for (let i = 0; i < 20; i++) expect((await call("PUT", `/e${i}`, asked)).status).toBe(201);
    expect(await call("PUT", "/e20", asked)).toMatchObject({
      status: 409,
      body: { code: "too_many_webhooks" },
    });
    expect((await call("PUT", "/e0", asked)).status).toBe(200);
  });

  test("only people who run the shop may", async () => {
    const call = await open();
    const { keys } = await openShop([]);
    for (const key of [keys.serverKey, keys.writeKey])
      for (const [method, path, body] of [
        ["PUT", "/crm", asked],
        ["GET", ""],
        ["DELETE", "/crm"],
        ["POST", "/crm/rotate", {}],
        ["POST", "/crm/test"],
        ["GET", "/deliveries"],
        ["POST", "/deliveries/replay", {}],
      ] as const)
        expect(await call(method, path, body, key)).toMatchObject({ status: 403 });
  });

  const urls = inject("ssrf")?.urls ?? [];
  test.skipIf(urls.length === 0)("no address that leads inside is taken", async () => {
    const call = await open();
    for (const url of [...urls, "https://api.example/v1/events", "https://API.example./"])
      expect(await call("PUT", "/crm", { ...asked, url }), url).toMatchObject({
        status: 400,
        body: { code: expect.stringMatching(/^(unsafe_webhook_url|body_\w+)$/) },
      });
    expect((await call("GET", "")).body).toEqual({ webhooks: [] });
  });
});
