import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ROLES, type Role } from "../../src/core/access/role.ts";
import { lengthPrefixed } from "../../src/edge/length-prefixed.ts";
import { objectId } from "../../src/edge/names.ts";
import type { Callers } from "../../src/http/access.ts";
import { TABLE } from "../../src/routes/table.ts";
import { OPERATOR_KEY, sendDeclared } from "./declared.ts";
import { CONSENT, openShop, ORIGIN, type Shop } from "./shop.ts";

/** A site with a key of every role. */
async function openWithRoles(): Promise<{ shop: Shop; keys: Record<Role, string> }> {
  const shop = await openShop();
  const keyOf = async (role: Role) =>
    (
      await sendDeclared("/v1/keys", {
        key: shop.keys.adminKey,
        body: { kind: "ak", role, label: role },
      })
    ).body["key"] as string;
  return {
    shop,
    keys: {
      page: shop.keys.writeKey,
      server: shop.keys.serverKey,
      owner: shop.keys.adminKey,
      marketer: await keyOf("marketer"),
      analyst: await keyOf("analyst"),
      associate: await keyOf("associate"),
    },
  };
}

/** What a door says when it stays shut. */
const SHUT = new Set([
  "key_missing",
  "key_unknown",
  "key_not_allowed",
  "origin_not_allowed",
  "site_unknown",
  "route_unknown",
]);
/** Who may call, as the table says. */
const mayCall = (callers: Callers, who: Role | "operator" | "nobody"): boolean =>
  callers === "public" || callers === who || (callers !== "operator" && callers.includes(who as Role));

/** An address of the endpoint, with ids that a site has or that nobody has. */
const addressOf = (path: string): string =>
  path.replace("/v1/experiments/:id", "/v1/experiments/holdout").replaceAll(/:[^/]+/g, "nobodys");

describe("every route with every key", () => {
  test("exactly the roles of the table get in", async () => {
    const [a, b] = [await openWithRoles(), await openWithRoles()];
    const tail = (key: string) => key.slice(-32);
    const callers: { name: string; who: Role | "operator" | "nobody"; key?: string }[] = [
      { name: "no key", who: "nobody" },
      { name: "garbage", who: "nobody", key: "garbage" },
      { name: "operator", who: "operator", key: OPERATOR_KEY },
      ...[a, b].flatMap(({ keys }, site) =>
        ROLES.map((role) => ({ name: `${role} of site ${site}`, who: role, key: keys[role] })),
      ),
      // The secret part of one site's owner key under the other's name, and a server key that calls itself a person's.
      {
        name: "owner of another site",
        who: "nobody",
        key: `ak_${b.shop.keys.siteId}_${tail(a.keys.owner)}`,
      },
      { name: "server as person", who: "nobody", key: a.keys.server.replace(/^sk/, "ak") },
      { name: "invented site", who: "nobody", key: `ak_shop-example-00000000_${tail(a.keys.owner)}` },
    ];
    const wrong: string[] = [];
    let entered = 0;
    for (const { method, path, callers: allowed, request, accepts } of TABLE) {
      for (const { name, who, key } of callers) {
        // Here the signature over the body is the key: no other one opens it.
        const isSigned = path.startsWith("/v1/hooks/") && allowed === "public";
        const reply = await sendDeclared(addressOf(path), {
          method,
          ...(key === undefined ? {} : { key }),
          ...(request || accepts ? { body: "{}" } : {}),
        });
        const isShut = SHUT.has(reply.body["code"] as string);
        if (isShut) expect([401, 403, 404], `${method} ${path} as ${name}`).toContain(reply.status);
        else entered++;
        if (isShut === (mayCall(allowed, who) && !isSigned))
          wrong.push(`${method} ${path} as ${name}: ${reply.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(entered).toBeGreaterThan(TABLE.length);
  });

  test("the table itself: keys and origins are the owner's alone, and each role keeps to its own", () => {
    const QUESTIONS = new Set(["/v1/experiments/plan", "/v1/catalog/why", "/v1/config/compare"]);
    const OWNERS_ALONE = /^\/v1\/(keys|origins|identity-keys|audit|erasures)/;
    for (const { method, path, callers } of TABLE) {
      const place = `${method} ${path}`;
      if (OWNERS_ALONE.test(path)) expect(callers, place).toEqual(["owner"]);
      if (typeof callers !== "object") continue;
      expect(callers.length, place).toBeGreaterThan(0);
      for (const role of callers) expect(ROLES, place).toContain(role);
      // A question with many parts is a POST too, and changes nothing.
      if (callers.includes("analyst") && !QUESTIONS.has(path)) expect(method, place).toBe("GET");
      // Nothing that manages the shop is open to the key that stands in every page.
      if (callers.some((role) => role !== "page" && role !== "server"))
        expect(callers, place).not.toContain("page");
    }
  });
});

/** Everything of a site that its own people can see. */
async function stateOf({ shop, keys }: Awaited<ReturnType<typeof openWithRoles>>): Promise<string> {
  const readable = TABLE.filter(
    ({ method, path, callers }) =>
      method === "GET" &&
      typeof callers === "object" &&
      callers.includes("owner") &&
      (!path.includes(":") || path === "/v1/experiments/:id"),
  );
  expect(readable.length).toBeGreaterThan(7);
  const seen: unknown[] = [];
  for (const { path } of readable) {
    const { status, body } = await sendDeclared(addressOf(path), { key: keys.owner });
    expect(status, path).toBe(200);
    seen.push([path, body]);
  }
  const asked = await shop.decide({
    visitorId: "visitor-1",
    consent: CONSENT,
    slots: [{ id: "seen", strategies: ["recently_viewed"] }],
  });
  const remembered = asked.slots[0]!.items.map((item) => item.id);
  expect(remembered).toContain("kettle");
  // What is asked here is itself counted as traffic.
  return JSON.stringify([...seen, remembered], (name, value: unknown) =>
    name === "unmeasuredShare" || name === "decisions" ? undefined : value,
  );
}

test("another site's keys neither see nor change a site, whatever ids they name", async () => {
  const [a, b] = [await openWithRoles(), await openWithRoles()];
  for (const role of ROLES) await sendDeclared("/v1/site", { key: a.keys[role] }); // Days of use are noted once.
  await a.shop.putConfig({ rules: [{ id: "pin", then: [{ do: "pin", items: ["spoon"] }] }] });
  await a.shop.track("visitor-1", [a.shop.event("product_viewed", { item: "kettle" })]);
  const owner = { key: a.keys.owner };
  const { kid } = (await sendDeclared("/v1/identity-keys", { ...owner, body: { alg: "HS256" } })).body;
  const { draft } = (await sendDeclared("/v1/drafts", { ...owner, body: { config: {} } })).body;
  const ids = ((await sendDeclared("/v1/keys", owner)).body["keys"] as { id: string }[]).map((one) => one.id);
  await a.shop.settled();
  const before = await stateOf(a);
  expect(await stateOf(a)).toBe(before);

  const asB = (path: string, method: string, body?: unknown, headers: Record<string, string> = {}) =>
    sendDeclared(path, { method, key: b.keys.owner, headers, ...(body === undefined ? {} : { body }) });
  // What A has, asked for and changed by B.
  for (const id of ids) {
    expect((await asB(`/v1/keys/${id}`, "DELETE")).status).toBe(404);
    expect((await asB(`/v1/keys/${id}/rotate`, "POST", {})).status).toBe(404);
  }
  expect((await asB(`/v1/identity-keys/${kid as string}`, "GET")).status).toBe(404);
  expect((await asB(`/v1/identity-keys/${kid as string}`, "DELETE")).status).toBe(404);
  const preview = await sendDeclared("/v1/decide", {
    key: b.keys.server,
    body: { draft, slots: [{ id: "trending" }] },
  });
  expect([preview.status, preview.body["code"]]).toEqual([404, "draft_unknown"]);
  // What B may do to itself, named as A's things are named.
  expect((await asB("/v1/config", "PUT", { holdout: { share: 0.5 } }, { "if-match": '"1"' })).status).toBe(
    200,
  );
  expect((await asB("/v1/config/rollback", "POST", { revision: 1 })).status).toBe(200);
  expect((await asB("/v1/origins", "PUT", { origins: [ORIGIN] })).status).toBe(200);
  expect((await asB("/v1/catalog?mode=replace&confirm=true", "PUT", "[]")).status).toBe(200);
  expect(await b.shop.track("visitor-1", [b.shop.event("product_viewed", { item: "tea" })])).toMatchObject([
    { status: "accepted" },
  ]);
  // A body or an address cannot name another site.
  for (const more of [{ site: a.shop.keys.siteId }, { siteId: a.shop.keys.siteId }])
    expect((await asB("/v1/origins", "PUT", { origins: [ORIGIN], ...more })).status).toBe(400);
  expect((await asB(`/v1/site?site=${a.shop.keys.siteId}`, "GET")).body["siteId"]).toBe(b.shop.keys.siteId);
  await b.shop.settled();
  expect(await stateOf(a)).toBe(before);
}, 60_000);

test("a token of one site is worth nothing at another", async () => {
  const [a, b] = [await openShop(), await openShop()];
  const request = {
    visitorId: "visitor-1",
    consent: CONSENT,
    page: { type: "product", item: "kettle" },
    slots: [{ id: "better" }],
  };
  await a.track("visitor-1", [a.event("product_viewed", { item: "kettle" })]);
  const { token } = (await a.decide(request)).slots[0]!;
  expect(token).toBeTypeOf("string");
  const seen = (shop: Shop) => shop.track("visitor-1", [shop.event("slot_seen", { token })]);
  expect(await seen(b)).toMatchObject([{ status: "rejected" }]);
  expect(await seen(a)).toMatchObject([{ status: "accepted" }]);
});

test("ids made to collide name different objects", async () => {
  const triples: [string, string][] = [
    ["a|b", "c"],
    ["a", "b|c"],
    ["a:b", "c"],
    ["a", "b:c"],
    ["a\nb", "c"],
    ["a", "b\nc"],
    ["1:a", "c"],
    ["a", "1:c"],
    ["a7:visitor1:b", "c"],
    ["a", "7:visitor1:bc"],
    ["ab", "c"],
    ["a", "bc"],
    ["", "abc"],
    ["abc", ""],
    ["é", "c"],
    ["e\u0301", "c"],
  ];
  const names = await Promise.all(
    triples.flatMap(([site, id]) => [
      objectId(env, "visitor", site, id),
      objectId(env, "customer", site, id),
    ]),
  );
  expect(new Set(names.map(String)).size).toBe(2 * triples.length);
  expect(new Set(triples.map((parts) => lengthPrefixed(parts))).size).toBe(triples.length);
});
