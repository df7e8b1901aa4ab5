import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { DecisionClaim } from "../../src/core/event/resolved.ts";
import { identitySecret } from "../../src/edge/identity-key.ts";
import { mintKey } from "../../src/edge/keys.ts";
import { deploymentDefect } from "../../src/edge/secret.ts";
import { slugOf } from "../../src/edge/site-slug.ts";
import { signClaim, verifyToken } from "../../src/edge/tokens.ts";
import { liveKeys } from "../../src/store/key-store.ts";
import { migrate } from "../../src/store/migrations.ts";
import { SITE_MIGRATIONS } from "../../src/store/site-store.ts";
import { sendDeclared } from "./declared.ts";
import { openShop, ORIGIN, type Shop } from "./shop.ts";

type Made = { id: string; key: string; role: string; label: string; expiresAt: number | null };
type Listed = Omit<Made, "key">;

const asOwner = (shop: Shop, path: string, body?: unknown, method?: string) =>
  sendDeclared(path, {
    key: shop.keys.adminKey,
    ...(body === undefined ? {} : { body }),
    ...(method === undefined ? {} : { method }),
  });
const make = async (shop: Shop, request: object) =>
  (await asOwner(shop, "/v1/keys", request)).body as unknown as Made;
const list = async (shop: Shop) => (await asOwner(shop, "/v1/keys")).body["keys"] as Listed[];
const opens = async (key: string, path = "/v1/config") => (await sendDeclared(path, { key })).status;

describe("keys", () => {
  test("are shown once, listed without themselves, and open what their role may", async () => {
    const shop = await openShop([]);
    const made = await make(shop, { kind: "ak", role: "marketer", label: "Ada laptop" });
    expect(made).toMatchObject({ kind: "ak", role: "marketer", label: "Ada laptop", expiresAt: null });
    expect(made.key).toMatch(new RegExp(`^ak_${shop.keys.siteId}_[A-Za-z0-9_-]{32}$`));
    const listed = await asOwner(shop, "/v1/keys");
    expect((listed.body["keys"] as Listed[]).map(({ role, label }) => `${role} ${label}`).toSorted()).toEqual(
      ["marketer Ada laptop", "owner owner", "page write", "server server"],
    );
    const text = JSON.stringify(listed.body);
    for (const secret of [made.key, shop.keys.adminKey, "digest"]) expect(text).not.toContain(secret);
    expect([await opens(made.key), await opens(made.key, "/v1/keys")]).toEqual([200, 403]);
  });

  test("each says whose it is, and nobody else's: the session", async () => {
    const shop = await openShop([]);
    const made = await make(shop, { kind: "ak", role: "associate", label: "Till 3" });
    const session = await sendDeclared("/v1/session", { key: made.key });
    expect(session.body).toEqual({
      site: shop.keys.siteId,
      kind: expect.any(String),
      origins: expect.arrayContaining([ORIGIN]),
      role: "associate",
      label: "Till 3",
      expiresAt: null,
    });
    expect((await sendDeclared("/v1/session", { key: shop.keys.serverKey })).body).toMatchObject({
      role: "server",
    });
    expect((await sendDeclared("/v1/session", { key: shop.keys.writeKey })).status).toBe(403);
  });

  test("rotation: both open for the grace, then only the new one; at most two of a label", async () => {
    const shop = await openShop([]);
    const { id, key } = await make(shop, { kind: "ak", role: "marketer", label: "robot" });
    const graceHours = 1.5 / 3600;
    const { body, status } = await asOwner(shop, `/v1/keys/${id}/rotate`, { graceHours });
    const fresh = body as unknown as Made & { replaces: { id: string; expiresAt: number } };
    expect([status, fresh.role, fresh.label, fresh.replaces.id]).toEqual([201, "marketer", "robot", id]);
    expect([await opens(key), await opens(fresh.key)]).toEqual([200, 200]);
    const third = await asOwner(shop, `/v1/keys/${fresh.id}/rotate`, { graceHours: 1 });
    expect(third.body).toMatchObject({ status: 409, code: "keys_too_many", cure: expect.any(String) });
    expect((await asOwner(shop, "/v1/keys", { kind: "ak", role: "marketer", label: "robot" })).status).toBe(
      409,
    );
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, fresh.replaces.expiresAt - Date.now()) + 50),
    );
    expect([await opens(key), await opens(fresh.key)]).toEqual([401, 200]);
    expect((await list(shop)).map((one) => one.id)).not.toContain(id);
    // Without a grace the old one is gone at once: what one does with a key that leaked.
    const last = await asOwner(shop, `/v1/keys/${fresh.id}/rotate`, { graceHours: 0 });
    expect([await opens(fresh.key), await opens(last.body["key"] as string)]).toEqual([401, 200]);
    expect((await asOwner(shop, `/v1/keys/${id}/rotate`, {})).body).toMatchObject({ code: "key_not_found" });
    for (const graceHours of [-1, 169, "1", null])
      expect((await asOwner(shop, `/v1/keys/${fresh.id}/rotate`, { graceHours })).status).toBe(400);
  });

  test("a grace never makes an ending key live longer", async () => {
    const shop = await openShop([]);
    const { id } = await make(shop, { kind: "sk", label: "erp" });
    const first = (await asOwner(shop, `/v1/keys/${id}/rotate`, { graceHours: 1 })).body;
    const { id: second } = first as unknown as Made;
    await asOwner(shop, `/v1/keys/${second}`, undefined, "DELETE");
    const again = (await asOwner(shop, `/v1/keys/${id}/rotate`, { graceHours: 168 })).body;
    const ends = (answer: Record<string, unknown>) => (answer["replaces"] as { expiresAt: number }).expiresAt;
    expect(ends(again)).toBe(ends(first));
  });

  test("revoked is 401 at once; the last owner key that lasts stays", async () => {
    const shop = await openShop([]);
    const { id, key } = await make(shop, { kind: "ak", role: "analyst", label: "Bo" });
    expect(await opens(key, "/v1/site")).toBe(200);
    expect((await asOwner(shop, `/v1/keys/${id}`, undefined, "DELETE")).body).toEqual({ id, revoked: true });
    expect(await opens(key, "/v1/site")).toBe(401);
    expect((await asOwner(shop, `/v1/keys/${id}`, undefined, "DELETE")).status).toBe(404);

    const owner = (await list(shop)).find((one) => one.role === "owner")!;
    const refused = await asOwner(shop, `/v1/keys/${owner.id}`, undefined, "DELETE");
    expect(refused.body).toMatchObject({ status: 409, code: "key_last_owner", cure: expect.any(String) });
    const rotated = await asOwner(shop, `/v1/keys/${owner.id}/rotate`, { graceHours: 1 });
    const successor = rotated.body as unknown as Made;
    const self = await sendDeclared(`/v1/keys/${successor.id}`, { method: "DELETE", key: successor.key });
    expect(self.body).toMatchObject({ code: "key_last_owner" }); // The other owner key is about to end.
    expect((await asOwner(shop, `/v1/keys/${owner.id}`, undefined, "DELETE")).status).toBe(200);
    expect([await opens(shop.keys.adminKey), await opens(successor.key)]).toEqual([401, 200]);
  });

  test("401, never a fault: text that is no key, cut, prolonged, another secret's, an invented one", async () => {
    const shop = await openShop([]);
    const { adminKey, serverKey, siteId } = shop.keys;
    const other = await mintKey(
      { ...env, CONCIERGE_SECRET: "another-secret-of-the-tests-0123456" },
      "ak",
      siteId,
    );
    const wrong = [
      "x",
      "ak_",
      `ak_${siteId}_`,
      adminKey.slice(0, -1),
      `${adminKey}A`,
      adminKey.replace(/^ak/, "sk"),
      serverKey.replace(/^sk/, "ak"),
      other.key,
      "!\"#$%&'()*+,/:;<=>?@[]^`{|}~".repeat(2),
      "a".repeat(7_000),
    ];
    for (const key of wrong) {
      const reply = await sendDeclared("/v1/config", { key });
      expect([reply.status, reply.body["code"]], key.slice(0, 60)).toEqual([401, "key_unknown"]);
    }
    for (const authorization of [
      "Bearer",
      "Bearer ",
      "Basic !!!",
      "Basic ",
      "Digest x",
      `Bearer  ${adminKey}`,
    ])
      expect((await sendDeclared("/v1/config", { headers: { authorization } })).status, authorization).toBe(
        401,
      );
    for (const key of [null, 7, {}, "x".repeat(300)])
      expect((await sendDeclared("/v1/decide", { body: { key } })).status).toBe(401);
  });

  test("400: what no key can be made of", async () => {
    const shop = await openShop([]);
    const wrong = [
      {},
      { kind: "ak", label: "x" },
      { kind: "ak", role: "page", label: "x" },
      { kind: "pk", role: "owner", label: "x" },
      { kind: "sk", label: "" },
      { kind: "sk", label: "operator" },
      { kind: "sk", label: "a\nb" },
      { kind: "sk", label: "x".repeat(65) },
      { kind: "sk", label: "x", digest: "0" },
    ];
    for (const request of wrong)
      expect((await asOwner(shop, "/v1/keys", request)).body, JSON.stringify(request)).toMatchObject({
        status: 400,
        code: "body_invalid",
      });
    expect(await list(shop)).toHaveLength(3);
  });

  test("the day of the latest use is kept, once", async () => {
    const shop = await openShop([]);
    const { id, key } = await make(shop, { kind: "ak", role: "analyst", label: "Cy" });
    const dayOf = async () =>
      ((await asOwner(shop, "/v1/keys")).body["keys"] as { id: string; lastUsedDay: number | null }[]).find(
        (one) => one.id === id,
      )!.lastUsedDay;
    expect(await dayOf()).toBeNull();
    await opens(key, "/v1/site");
    await expect.poll(dayOf).toBe(Math.floor(Date.now() / 86_400_000));
  });

  test("409: the naming key cannot rotate and says so", async () => {
    const shop = await openShop([]);
    const { body } = await sendDeclared("/v1/keys/naming/rotate", {
      method: "POST",
      key: shop.keys.adminKey,
    });
    expect(body).toMatchObject({ status: 409, code: "key_not_rotatable" });
    expect(body["detail"]).toContain("names every object");
  });

  test("a site made before keys had roles keeps its keys", async () => {
    const stub = env.SITE.get(env.SITE.newUniqueId());
    await runInDurableObject(stub, async (_, { storage }) => {
      await storage.deleteAll();
      migrate(storage, SITE_MIGRATIONS.slice(0, 1));
      for (const kind of ["pk", "sk", "ak"])
        storage.sql.exec(
          "INSERT INTO keys (digest, kind, label, created_at) VALUES (?, ?, ?, 1)",
          kind,
          kind,
          kind,
        );
      migrate(storage, SITE_MIGRATIONS);
      const keys = liveKeys(storage, 2);
      expect(keys.map(({ kind, role, expiresAt }) => [kind, role, expiresAt]).toSorted()).toEqual([
        ["ak", "owner", null],
        ["pk", "page", null],
        ["sk", "server", null],
      ]);
      expect(new Set(keys.map((key) => key.id)).size).toBe(3);
      for (const { id } of keys) expect(id).toMatch(/^[0-9a-f]{12}$/);
    });
  });
});

describe("origins", () => {
  test("are replaced as a whole; a page of one that is no longer named is refused", async () => {
    const shop = await openShop([]);
    const ask = async (origin: string) =>
      (
        await sendDeclared("/v1/decide", {
          origin,
          body: { key: shop.keys.writeKey, slots: [{ id: "trending" }] },
        })
      ).status;
    expect([await ask(ORIGIN), await ask("https://new.example")]).toEqual([200, 403]);
    const put = await asOwner(shop, "/v1/origins", { origins: ["https://new.example"] }, "PUT");
    expect(put.body).toEqual({ origins: ["https://new.example"] });
    expect([await ask(ORIGIN), await ask("https://new.example")]).toEqual([403, 200]);
    for (const origins of [
      [],
      ["new.example"],
      ["https://new.example/"],
      ["javascript:1"],
      "https://x.example",
    ])
      expect((await asOwner(shop, "/v1/origins", { origins }, "PUT")).status, JSON.stringify(origins)).toBe(
        400,
      );
  });
});

describe("identity keys", () => {
  const PEM = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
`;

  test("HS256: the secret is derived, kept nowhere, and shown again to the owner, which is noted", async () => {
    const shop = await openShop([]);
    const { body } = await asOwner(shop, "/v1/identity-keys", { alg: "HS256" });
    const { kid, secret } = body as { kid: string; secret: string };
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(secret).toBe(await identitySecret(env, shop.keys.siteId, kid));
    expect(secret).not.toBe(await identitySecret(env, "another-site", kid));
    expect(JSON.stringify((await asOwner(shop, "/v1/identity-keys")).body)).not.toContain(secret);
    expect((await asOwner(shop, `/v1/identity-keys/${kid}`)).body).toMatchObject({ kid, secret });
    const audit = JSON.stringify((await asOwner(shop, "/v1/audit")).body);
    expect(audit).toContain(`had the secret of identity key ${kid} shown`);
    expect(audit).not.toContain(secret);
  });

  test("EdDSA: a JWK and the same key as PEM are kept as one JWK; a private key is refused", async () => {
    const shop = await openShop([]);
    const { body } = await asOwner(shop, "/v1/identity-keys", { alg: "EdDSA", publicKey: PEM });
    const jwk = { kty: "OKP", crv: "Ed25519", x: "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE" };
    expect(JSON.parse(body["publicKey"] as string)).toEqual(jwk);
    const second = await asOwner(shop, "/v1/identity-keys", {
      alg: "EdDSA",
      publicKey: { ...jwk, use: "sig" },
    });
    expect(second.body["publicKey"]).toBe(body["publicKey"]);
    const wrong = [
      { ...jwk, d: "AAAA" },
      { ...jwk, x: "AAAA" },
      { ...jwk, crv: "P-256" },
      {},
      "",
      PEM.replace("MCow", "MCox"),
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----",
    ];
    for (const publicKey of wrong)
      expect(
        (await asOwner(shop, "/v1/identity-keys", { alg: "EdDSA", publicKey })).body,
        JSON.stringify(publicKey),
      ).toMatchObject({ status: 400, code: "body_invalid", pointer: "/publicKey" });
  });

  test("two may live, a third is 409; an ended one makes room and leaves the site's reading", async () => {
    const shop = await openShop([]);
    const [first, second] = [
      await asOwner(shop, "/v1/identity-keys", { alg: "HS256" }),
      await asOwner(shop, "/v1/identity-keys", { alg: "EdDSA", publicKey: PEM }),
    ];
    expect((await asOwner(shop, "/v1/identity-keys", { alg: "HS256" })).body).toMatchObject({
      status: 409,
      code: "keys_too_many",
    });
    const kid = first.body["kid"] as string;
    expect((await asOwner(shop, `/v1/identity-keys/${kid}`, undefined, "DELETE")).status).toBe(200);
    expect((await asOwner(shop, `/v1/identity-keys/${kid}`, undefined, "DELETE")).status).toBe(404);
    const { keys } = (await asOwner(shop, "/v1/identity-keys")).body as { keys: { kid: string }[] };
    expect(keys.map((key) => key.kid)).toEqual([second.body["kid"]]);
  });
});

describe("audit", () => {
  test("every change by a person is noted with the label of the key, the newest first", async () => {
    const shop = await openShop([]);
    const ada = await make(shop, { kind: "ak", role: "marketer", label: "Ada" });
    await sendDeclared("/v1/config", {
      method: "PUT",
      key: ada.key,
      headers: { "if-match": '"1"' },
      body: { holdout: { share: 0.2 } },
    });
    await sendDeclared("/v1/config/rollback", { key: ada.key, body: { revision: 1 } });
    await sendDeclared("/v1/drafts", { key: ada.key, body: { config: {} } });
    await asOwner(shop, "/v1/origins", { origins: [ORIGIN] }, "PUT");
    await asOwner(shop, "/v1/catalog", [{ id: "a", title: "A" }], "PUT");
    await asOwner(shop, `/v1/keys/${ada.id}/rotate`, { graceHours: 0 });
    const { entries } = (await asOwner(shop, "/v1/audit")).body as {
      entries: { actor: string; act: string }[];
    };
    expect(entries.map(({ actor, act }) => `${actor}: ${act.replaceAll(/[0-9a-f]{12}/g, "#")}`)).toEqual([
      'owner: rotated marketer key "Ada" (#) into #, grace 0 h',
      "owner: catalog: 1 changed, 0 removed",
      `owner: origins: ${ORIGIN}`,
      "Ada: preview made",
      "Ada: config revision 3",
      "Ada: config revision 2",
      'owner: made marketer key "Ada" (#)',
      "operator: site created",
    ]);
  });
});

describe("secrets of the deployment", () => {
  const SOUND = "kJ8sQ2mVx4Lr0TzB7nYc5DwHf1Ga9PeU";
  const OPERATOR = "op_mVx4Lr0TzB7nYc5DwHf1Ga9P";
  const defect = (secrets: object) => deploymentDefect({ ...env, ...secrets })?.detail.split(" ")[0];

  test.each([
    [{ CONCIERGE_SECRET: undefined }, "CONCIERGE_SECRET"],
    [{ CONCIERGE_SECRET: "short" }, "CONCIERGE_SECRET"],
    [{ CONCIERGE_SECRET: "changeme-kJ8sQ2mVx4Lr0TzB7nYc5DwHf" }, "CONCIERGE_SECRET"],
    [{ CONCIERGE_SECRET: "your-secret-here-with-32-characters" }, "CONCIERGE_SECRET"],
    [{ CONCIERGE_SECRET: "abcdefghijklmnopqrstuvwxyz0123456789" }, "CONCIERGE_SECRET"],
    [{ OPERATOR_KEY: "op_short" }, "OPERATOR_KEY"],
    [{ OPERATOR_KEY: "op_replace-me-before-the-start" }, "OPERATOR_KEY"],
    [{ OPERATOR_KEY: "op_aaaaaaaaaaaaaaaaaaaaaaaaaaaa" }, "OPERATOR_KEY"],
    [{ TOKEN_SECRET: "short" }, "TOKEN_SECRET"],
    [{ TOKEN_SECRET: SOUND, TOKEN_SECRET_PREVIOUS: "x".repeat(40) }, "TOKEN_SECRET_PREVIOUS"],
    [{ CONCIERGE_SECRET: SOUND, OPERATOR_KEY: OPERATOR, TOKEN_SECRET: SOUND }, undefined],
    [{ OPERATOR_KEY: undefined }, undefined],
    [{ OPERATOR_KEY: "" }, undefined],
  ])("%j: %s", (secrets, name) => {
    expect(defect(secrets)).toBe(name);
    expect(defect(secrets)).toBe(name); // What was found sound before does not vouch for this one.
    expect(defect({})).toBeUndefined();
  });

  test("tokens of the current and of the previous signing key are believed, and of no third", async () => {
    const [one, two, three] = ["1", "2", "3"].map((digit) => SOUND.replace(/.$/, digit));
    const claim = {
      site: "s",
      subject: "p",
      expiresAt: 10,
      decisionId: "d",
      slot: "x",
      revision: 1,
      picks: [],
      assignments: [],
    } as unknown as DecisionClaim;
    const envs = [
      env,
      { ...env, TOKEN_SECRET: one! },
      { ...env, TOKEN_SECRET: two!, TOKEN_SECRET_PREVIOUS: one! },
      { ...env, TOKEN_SECRET: three!, TOKEN_SECRET_PREVIOUS: two! },
    ];
    const tokens = await Promise.all(envs.map((each) => signClaim(each, claim)));
    expect(tokens[0]).toMatch(/^1\./);
    expect(new Set(tokens.map((token) => token.split(".")[0])).size).toBe(4);
    const believed = await Promise.all(
      envs.map((each) =>
        Promise.all(tokens.map(async (token) => (await verifyToken(each, "s", token, 1)) !== undefined)),
      ),
    );
    expect(believed).toEqual([
      [true, false, false, false],
      [true, true, false, false],
      [false, true, true, false],
      [false, false, true, true],
    ]);
    const [, body, mac] = tokens[1]!.split(".");
    expect(await verifyToken(envs[1]!, "s", `1.${body}.${mac}`, 1)).toBeUndefined();
  });
});

test("no two origins share a site's slug, and plain ones keep theirs", async () => {
  expect(await slugOf(env, "https://shop.example", "live")).toBe("shop-example");
  expect(await slugOf(env, "https://shop.example", "bench")).toBe("shop-example-bench");
  const long = `https://${"a".repeat(63)}.example`;
  const all = await Promise.all(
    [
      "https://a.b.example",
      "https://a-b.example",
      "http://a.b.example",
      "https://a.b.example:8443",
      "https://a.b-example",
      "https://a--b.example",
      "https://shop.bench",
      "https://shop",
      "http://[::1]:8787",
      long,
      `${long}.x`,
    ].flatMap((origin) => [slugOf(env, origin, "live"), slugOf(env, origin, "bench")]),
  );
  expect(new Set(all).size).toBe(all.length);
  for (const slug of all) expect(slug).toMatch(/^[a-z0-9][a-z0-9-]{0,64}$/);
});
