import { describe, expect, test } from "vitest";
import { sendDeclared } from "./declared.ts";
import { openShop, ORIGIN, send, type Shop } from "./shop.ts";

const BULK = "/ofrep/v1/evaluate/flags";
const CONFIG = {
  holdout: { share: 0 },
  features: {
    banner: { defaultValue: "plain", rules: [{ condition: { country: "AT" }, force: "servus" }] },
    dark: { defaultValue: false, variants: { on: true, off: false }, metadata: { team: "shop" } },
    layout: { defaultValue: 1, rules: [{ key: "layout-test", variations: [1, 2], hashVersion: 2 }] },
    old: { defaultValue: 1, disabled: true },
  },
};
const consent = { personalization: true, analytics: true };

async function openFlags(): Promise<Shop> {
  const shop = await openShop([]);
  expect((await shop.putConfig(CONFIG)).status).toBe(200);
  return shop;
}
const ask = (shop: Shop, path: string, context?: object, more: Parameters<typeof send>[1] = {}) =>
  sendDeclared(path, { key: shop.keys.serverKey, ...more, body: context === undefined ? {} : { context } });

describe("POST /ofrep/v1/evaluate/flags", () => {
  test("200: every flag, and why", async () => {
    const shop = await openFlags();
    const { status, headers, body } = await ask(shop, BULK, {
      targetingKey: "visitor-1",
      country: "AT",
      consent,
    });
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(body).toEqual({
      flags: [
        { key: "banner", value: "servus", reason: "TARGETING_MATCH" },
        { key: "dark", value: false, reason: "STATIC", variant: "off", metadata: { team: "shop" } },
        expect.objectContaining({ key: "layout", reason: "SPLIT", metadata: { experiment: "layout-test" } }),
        { key: "old", reason: "DISABLED" },
      ],
    });
    expect((await ask(shop, BULK)).body["flags"]).toContainEqual({
      key: "banner",
      value: "plain",
      reason: "DEFAULT",
    });
  });

  test("304 while nothing changes for this person; 200 when it does", async () => {
    const shop = await openFlags();
    const at = { targetingKey: "visitor-1", country: "AT" };
    const etag = (await ask(shop, BULK, at)).headers.get("etag")!;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await ask(shop, BULK, at, { headers: { "if-none-match": known } });
      expect([again.status, again.headers.get("etag"), again.body["text"]]).toEqual([304, etag, ""]);
    }
    const other = await ask(shop, BULK, { ...at, country: "DE" }, { headers: { "if-none-match": etag } });
    expect(other.status).toBe(200);
    await shop.putConfig({ ...CONFIG, slots: { one: {} } });
    expect((await ask(shop, BULK, at, { headers: { "if-none-match": etag } })).status).toBe(304);
    await shop.putConfig({ ...CONFIG, features: { ...CONFIG.features, dark: { defaultValue: true } } });
    expect((await ask(shop, BULK, at, { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  test("without a yes to personalization and to analytics nobody is split, whoever asks", async () => {
    const shop = await openFlags();
    for (const said of [
      undefined,
      {},
      { personalization: "yes", analytics: true },
      { analytics: true },
      { personalization: true },
      "all",
      [true],
    ]) {
      for (const key of [shop.keys.serverKey, shop.keys.writeKey]) {
        const { body } = await ask(
          shop,
          `${BULK}/layout`,
          { targetingKey: "visitor-1", consent: said },
          { key },
        );
        expect(body).toEqual({
          key: "layout",
          value: 1,
          reason: "DEFAULT",
          metadata: { consent: "missing" },
        });
      }
    }
    const asked = await ask(shop, `${BULK}/layout`, { targetingKey: "visitor-1", consent });
    expect(asked.body["reason"]).toBe("SPLIT");
  });

  test("400 in the protocol's own words", async () => {
    const shop = await openFlags();
    const bad = async (body: unknown, path = BULK) => {
      const reply = await sendDeclared(path, {
        key: shop.keys.serverKey,
        method: "POST",
        body: body as string,
      });
      expect(reply.headers.get("content-type")).toBe("application/json");
      return [reply.status, reply.body["errorCode"], reply.body["key"], reply.body["code"]];
    };
    expect(await bad("{")).toEqual([400, "PARSE_ERROR", undefined, "body_not_json"]);
    expect(await bad("{", `${BULK}/banner`)).toEqual([400, "PARSE_ERROR", "banner", "body_not_json"]);
    expect(await bad("[]")).toEqual([400, "GENERAL", undefined, "body_invalid"]);
    expect(await bad({ context: 7 })).toEqual([400, "INVALID_CONTEXT", undefined, "body_invalid"]);
    expect(await bad({ context: { targetingKey: 7 } })).toEqual([
      400,
      "INVALID_CONTEXT",
      undefined,
      "body_invalid",
    ]);
    expect(await bad({ context: { targetingKey: "undefined" } }, `${BULK}/dark`)).toEqual([
      400,
      "INVALID_CONTEXT",
      "dark",
      "body_invalid",
    ]);
    expect(await bad({ context: { consent } }, `${BULK}/layout`)).toEqual([
      400,
      "TARGETING_KEY_MISSING",
      "layout",
      "targeting_key_missing",
    ]);
    const all = await ask(shop, BULK, { consent });
    expect(all.status).toBe(200);
    expect(all.body["flags"]).toContainEqual(
      expect.objectContaining({ key: "layout", errorCode: "TARGETING_KEY_MISSING" }),
    );
  });

  test("404 for a flag that is not there; an unusual key is not repeated", async () => {
    const shop = await openFlags();
    const { status, body } = await ask(shop, `${BULK}/nowhere`, {});
    expect(status).toBe(404);
    expect(body).toMatchObject({
      key: "nowhere",
      errorCode: "FLAG_NOT_FOUND",
      errorDetails: "This site has no flag of that key.",
      code: "flag_unknown",
      type: "/errors/flag_unknown.md",
    });
    expect((await ask(shop, `${BULK}/%3Cb%3E`, {})).body["key"]).toBe("");
    expect((await ask(shop, `${BULK}/toString`, {})).status).toBe(404);
  });

  test("401 without a key of this deployment, 403 for other roles and origins; X-API-Key will do", async () => {
    const shop = await openFlags();
    for (const path of [BULK, `${BULK}/dark`, "/v1/features"]) {
      const method = path === "/v1/features" ? "GET" : "POST";
      const body = method === "GET" ? {} : { body: {} };
      const status = async (more: Parameters<typeof send>[1]) =>
        (await sendDeclared(path, { method, ...body, ...more })).status;
      expect(await status({})).toBe(401);
      expect(await status({ key: `${shop.keys.serverKey.slice(0, -1)}_` })).toBe(401);
      expect(await status({ key: shop.keys.adminKey })).toBe(403);
      expect(await status({ key: shop.keys.writeKey, origin: "https://evil.example" })).toBe(403);
      expect(await status({ key: shop.keys.writeKey, origin: ORIGIN })).toBe(200);
    }
    const byHeader = await sendDeclared(`${BULK}/dark`, {
      body: {},
      headers: { "x-api-key": shop.keys.writeKey },
    });
    expect(byHeader.status).toBe(200);
  });

  test("429 with Retry-After when a visitor asks too often", async () => {
    const shop = await openFlags();
    const page = { key: shop.keys.writeKey, origin: ORIGIN };
    const replies = [];
    for (let i = 0; i < 80; i++)
      replies.push(await ask(shop, `${BULK}/dark`, { targetingKey: "hasty" }, page));
    const refused = replies.find(({ status }) => status === 429)!;
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(refused.headers.get("access-control-expose-headers")).toContain("Retry-After");
    expect((await ask(shop, `${BULK}/dark`, { targetingKey: "calm" }, page)).status).toBe(200);
  });
});

describe("pages of other origins", () => {
  const preflight = (path: string, method: string, origin?: string) =>
    send(path, {
      method: "OPTIONS",
      headers: { "access-control-request-method": method, "access-control-request-headers": "authorization" },
      ...(origin === undefined ? {} : { origin }),
    });

  test("a browser may ask, is told the headers, and nothing of credentials; elsewhere no origin is let in", async () => {
    for (const [path, method] of [
      [BULK, "POST"],
      [`${BULK}/dark`, "POST"],
      ["/v1/features", "GET"],
      ["/api/features/pk_x", "GET"],
    ] as const) {
      const { status, headers } = await preflight(path, method, ORIGIN);
      expect([status, headers.get("access-control-allow-origin")], path).toEqual([204, ORIGIN]);
      expect(headers.get("access-control-allow-headers")).toBe(
        "Authorization, Content-Type, If-None-Match, X-API-Key",
      );
      expect(headers.get("access-control-allow-credentials")).toBeNull();
      expect((await preflight(path, "DELETE", ORIGIN)).headers.get("access-control-allow-origin")).toBeNull();
      expect((await preflight(path, method)).headers.get("access-control-allow-origin")).toBeNull();
    }
    const elsewhere = await preflight("/v1/config", "PUT", ORIGIN);
    expect(elsewhere.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("the answer names the page's own origin, if it is the site's", async () => {
    const shop = await openFlags();
    const page = { key: shop.keys.writeKey, origin: ORIGIN };
    const own = await ask(shop, BULK, {}, page);
    expect(own.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    expect(own.headers.get("access-control-expose-headers")).toContain("ETag");
    const foreign = await ask(shop, BULK, {}, { ...page, origin: "https://evil.example" });
    expect([foreign.status, foreign.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });
});

describe("GET /v1/features", () => {
  test("200, and 304 for who has it; at GrowthBook's address too", async () => {
    const shop = await openFlags();
    const payload = await sendDeclared("/v1/features", { key: shop.keys.serverKey });
    expect(payload.body).toMatchObject({
      status: 200,
      features: { banner: { defaultValue: "plain", rules: [{ force: "servus" }] }, old: { defaultValue: 1 } },
    });
    expect(Date.parse(payload.body["dateUpdated"] as string)).toBeGreaterThan(Date.now() - 60_000);
    const path = `/api/features/${shop.keys.writeKey}`;
    const own = await sendDeclared(path, { origin: ORIGIN });
    expect(own.body).toEqual(payload.body);
    expect(own.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    const known = await sendDeclared(path, { headers: { "if-none-match": own.headers.get("etag")! } });
    expect(known.status).toBe(304);
    expect((await sendDeclared(path, { origin: "https://evil.example" })).status).toBe(403);
    expect((await sendDeclared(`/api/features/${shop.keys.serverKey}`)).body["code"]).toBe("key_not_allowed");
    expect((await sendDeclared("/api/features/pk_nobodys")).status).toBe(401);
  });

  test("a rule that splits tells every SDK to ask for consent first", async () => {
    const shop = await openFlags();
    const { body } = await sendDeclared("/v1/features", { key: shop.keys.serverKey });
    const { layout } = body["features"] as Record<string, { rules: { condition: unknown }[] }>;
    expect(layout!.rules[0]!.condition).toEqual({
      "consent.personalization": { $eq: true },
      "consent.analytics": { $eq: true },
    });
  });
});

describe("PUT /v1/config", () => {
  test("400 for prerequisites in a circle, with the place; lint for a rule that nobody reaches", async () => {
    const shop = await openShop([]);
    const on = (id: string) => ({
      rules: [{ force: 1, parentConditions: [{ id, condition: { value: 1 } }] }],
    });
    const refused = await shop.putConfig({ features: { a: on("b"), b: on("a") } });
    expect([refused.status, refused.body["code"], refused.body["pointer"]]).toEqual([
      400,
      "config_invalid",
      "/features/b/rules/0/parentConditions/0/id",
    ]);
    const starved = { defaultValue: 0, rules: [{ force: 1 }, { force: 2 }] };
    const { body } = await shop.putConfig({ features: { a: starved } });
    expect(body["lint"]).toMatchObject([{ code: "rule_unreachable", pointer: "/features/a/rules/1" }]);
  });
});
