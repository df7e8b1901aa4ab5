import {
  createExecutionContext,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { describe, expect, inject, test } from "vitest";
import type { RunReport } from "../../src/core/import/report.ts";
import { objectId } from "../../src/edge/names.ts";
import { getImport, getImports } from "../../src/routes/get-import.ts";
import { postImport } from "../../src/routes/post-import.ts";
import { postImportCommit } from "../../src/routes/post-import-commit.ts";
import type { RouteContext, RouteEnv } from "../../src/routes/route.ts";
import { openShop, send, type Shop } from "./shop.ts";

/** The routes behind doors of their own, with the roles that the table of endpoints names. */
const door =
  (handle: (c: RouteContext) => Promise<Response>) =>
  (c: RouteContext): Promise<Response> => {
    c.set("callers", ["server", "owner", "associate"]);
    return handle(c);
  };
const routes = new Hono<RouteEnv>()
  .post("/v1/import/:kind", door(postImport))
  .post("/v1/imports/:run/commit", door(postImportCommit))
  .get("/v1/imports/:run", door(getImport))
  .get("/v1/imports", door(getImports));

type Reply = { status: number; body: RunReport & { code?: string; imports?: RunReport[] } };

async function call(shop: Shop, path: string, init: RequestInit = {}): Promise<Reply> {
  const request = new Request(`https://api.example${path}`, {
    ...init,
    headers: { authorization: `Bearer ${shop.keys.serverKey}`, ...(init.headers as Record<string, string>) },
  });
  const reply = await routes.fetch(request, env, createExecutionContext());
  return { status: reply.status, body: await reply.json() };
}

const upload = (
  shop: Shop,
  kind: string,
  body: string,
  options: object = {},
  headers: Record<string, string> = {},
) =>
  call(shop, `/v1/import/${kind}?options=${encodeURIComponent(JSON.stringify(options))}`, {
    method: "POST",
    body,
    headers: { "content-type": body.startsWith("{") ? "application/x-ndjson" : "text/csv", ...headers },
  });
const commit = (shop: Shop, run: string, body: object = {}) =>
  call(shop, `/v1/imports/${run}/commit`, { method: "POST", body: JSON.stringify(body) });
const stubOf = async (shop: Shop, run: string) =>
  env.IMPORT.get(await objectId(env, "import", shop.keys.siteId, run));
const customerOf = async (shop: Shop, id: string) =>
  env.CUSTOMER.get(await objectId(env, "customer", shop.keys.siteId, id));

/** Runs alarms until the run is done. */
async function finish(shop: Shop, run: string): Promise<RunReport> {
  for (let i = 0; i < 200; i++) {
    const { body } = await call(shop, `/v1/imports/${run}`);
    if (body.status === "done") return body;
    await runDurableObjectAlarm(await stubOf(shop, run));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("The run does not end.");
}

const AT = "2026-05-01T10:00:00Z";
const HEAD = "orderId,customerId,at,item,quantity,price,currency";
const agreed = { basis: "consent", source: "loyalty card", policyVersion: "3" };
const AGREED = { basis: { personalization: agreed, analytics: agreed } };
/** Orders of so many customers, one row each. */
const history = (rows: number, customers = rows) =>
  [HEAD, ...Array.from({ length: rows }, (_, i) => `R${i},K${i % customers},${AT},tea,1,5.00,EUR`)].join(
    "\n",
  );
/** Ids of what a customer's log holds. */
const logOf = async (shop: Shop, id: string): Promise<string[]> => {
  const text = JSON.stringify(await (await customerOf(shop, id)).everything());
  return [...new Set(text?.match(/imp-[a-z0-9]+/g))].sort();
};

describe("202", () => {
  test("a file is checked and staged; nothing reaches anybody before the commit, everything after it, once", async () => {
    const shop = await openShop();
    const csv = `${HEAD}\nR1,K1,${AT},tea,2,5.00,EUR\nR1,K1,${AT},spoon,1,3.00,EUR\nR2,K2,${AT},tea,1,5.00,EUR`;
    const staged = await upload(shop, "orders", csv, AGREED);
    expect(staged.status).toBe(202);
    expect(staged.body).toMatchObject({
      status: "staged",
      kind: "orders",
      counts: { rows: 3, valid: 3, invalid: 0, entries: 2, events: 2, persons: 2 },
      withheldIfCommitted: {},
      fileHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { run } = staged.body;
    expect(await (await customerOf(shop, "K1")).known()).toBeUndefined();
    expect((await commit(shop, run)).body.status).toBe("committing");
    const done = await finish(shop, run);
    expect(done.outcome).toMatchObject({
      accepted: 2,
      duplicates: 0,
      repeated: 0,
      rejected: {},
      withheld: {},
      failed: 0,
    });
    const known = await (await customerOf(shop, "K1")).known();
    expect(known).toMatchObject({
      consent: {
        analytics: { granted: true, source: "import: loyalty card", basis: "consent", policyVersion: "3" },
      },
    });
    expect(await logOf(shop, "K1")).toHaveLength(1);
  });

  test("the same file is the same run; a file that overlaps it brings only what is new", async () => {
    const shop = await openShop();
    const first = await upload(shop, "orders", history(3), AGREED);
    expect((await upload(shop, "orders", history(3), AGREED)).body.run).toBe(first.body.run);
    await commit(shop, first.body.run);
    await finish(shop, first.body.run);
    const again = await upload(shop, "orders", history(3), { ...AGREED, commit: true });
    expect(again).toMatchObject({ status: 200, body: { run: first.body.run, status: "done" } });
    const more = await upload(shop, "orders", history(4), { ...AGREED, commit: true });
    expect(more.body.run).not.toBe(first.body.run);
    expect((await finish(shop, more.body.run)).outcome).toMatchObject({ accepted: 1, duplicates: 3 });
    expect((await call(shop, "/v1/imports")).body.imports).toHaveLength(2);
  });

  test("without a basis orders stay transactions, and the report counts what was withheld", async () => {
    const shop = await openShop();
    const { body } = await upload(shop, "orders", history(5), { commit: true });
    expect(body.withheldIfCommitted).toEqual({ analytics: 5, personalization: 5 });
    expect((await finish(shop, body.run)).outcome).toMatchObject({
      accepted: 5,
      withheld: { analytics: 5, personalization: 5 },
    });
  });

  test("what needs a grant and has none is refused and counted; a customer's own grant counts", async () => {
    const shop = await openShop();
    await send("/v1/events", {
      key: shop.keys.serverKey,
      body: { customerId: "K1", consent: { personalization: true }, events: [shop.event("page_viewed")] },
    });
    const row = (customerId: string) => ({
      customerId,
      at: new Date().toISOString(),
      kind: "nps",
      score: 9,
      question: "q",
      survey: "s",
    });
    const { body } = await upload(
      shop,
      "surveys",
      `${JSON.stringify(row("K1"))}\n${JSON.stringify(row("K2"))}`,
      { commit: true },
    );
    expect((await finish(shop, body.run)).outcome).toMatchObject({
      accepted: 1,
      rejected: { consent_missing: 1 },
    });
  });

  test("a dated yes does not overrule a newer no", async () => {
    const shop = await openShop();
    await send("/v1/events", {
      key: shop.keys.serverKey,
      body: {
        customerId: "K0",
        events: [shop.event("consent_updated", { consent: { personalization: false } })],
      },
    });
    const at = Date.now() - 86_400_000;
    const { body } = await upload(shop, "orders", history(1), {
      basis: { personalization: { ...agreed, at } },
      commit: true,
    });
    await finish(shop, body.run);
    expect(await (await customerOf(shop, "K0")).known()).toMatchObject({
      consent: { personalization: { granted: false } },
    });
  });

  test("who was erased stays so, and the report says how many", async () => {
    const shop = await openShop();
    const first = await upload(shop, "orders", history(2), { ...AGREED, commit: true });
    await finish(shop, first.body.run);
    const gone = await send("/v1/customers/K0", { method: "DELETE", key: shop.keys.serverKey });
    expect(gone.status).toBe(200);
    const again = await upload(shop, "orders", `${history(2)}\nR9,K0,${AT},tea,1,5.00,EUR`, {
      ...AGREED,
      commit: true,
    });
    expect((await finish(shop, again.body.run)).outcome).toMatchObject({
      rejected: { erased: 2 },
      duplicates: 1,
    });
  });
});

describe("stopped half-way", () => {
  test("a commit that is cut off again and again ends as one that was not", async () => {
    const [clean, cut] = [await openShop(), await openShop()];
    const text = history(900, 60);
    const run = async (shop: Shop) => (await upload(shop, "orders", text, AGREED)).body.run;
    const [cleanRun, cutRun] = [await run(clean), await run(cut)];
    await commit(clean, cleanRun);
    await finish(clean, cleanRun);
    await commit(cut, cutRun);
    for (let i = 0; i < 4; i++) {
      const stub = await stubOf(cut, cutRun);
      const alarm = runDurableObjectAlarm(stub).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 15 + 25 * i));
      await runInDurableObject(stub, (_, state) => state.abort("cut off")).catch(() => undefined);
      await alarm;
    }
    const { outcome } = await finish(cut, cutRun);
    expect(outcome!.accepted + outcome!.repeated + outcome!.duplicates).toBe(900);
    expect(outcome).toMatchObject({ rejected: {}, failed: 0 });
    for (const id of ["K0", "K17", "K59"]) {
      const log = await logOf(cut, id);
      expect(log).toHaveLength(15);
      expect(log).toEqual(await logOf(clean, id));
    }
  });

  test("an upload that broke off leaves nothing that commits, and the file can be sent again", async () => {
    const shop = await openShop();
    const { body } = await upload(shop, "orders", history(3), { dryRun: true });
    const stub = await stubOf(shop, body.run);
    await stub.begin({
      site: shop.keys.siteId,
      shelf: "0".repeat(64),
      report: { ...body, status: "staging" },
    });
    expect((await commit(shop, body.run)).status).toBe(404);
    expect((await upload(shop, "orders", history(3))).body).toMatchObject({
      run: body.run,
      status: "staged",
    });
  });
});

describe("what waits", () => {
  test("is sealed, survives an eviction, and is gone when the run is over", async () => {
    const shop = await openShop();
    const canary = "canary-of-a-customer";
    const text = JSON.stringify({ customerId: canary, traits: { diary: canary } });
    const { body } = await upload(shop, "customers", text, AGREED);
    const stub = await stubOf(shop, body.run);
    const stored = () =>
      runInDurableObject(stub, (_, { storage }) => {
        const names = storage.sql
          .exec("SELECT name FROM sqlite_master WHERE name IN ('run', 'chunks')")
          .toArray();
        return JSON.stringify(names.map(({ name }) => storage.sql.exec(`SELECT * FROM ${name}`).toArray()));
      });
    expect(await stored()).toContain("sealed");
    expect(await stored()).not.toContain(canary);
    await evictDurableObject(stub);
    await commit(shop, body.run);
    const done = await finish(shop, body.run);
    expect(await stored()).toBe("[]");
    expect(JSON.stringify(done)).not.toContain(canary);
    expect(done.finishedAt).toBeGreaterThanOrEqual(done.committedAt!);
  });

  test("goes after a day without a commit", async () => {
    const shop = await openShop();
    const { body } = await upload(shop, "orders", history(3));
    const stub = await stubOf(shop, body.run);
    await runDurableObjectAlarm(stub);
    expect((await call(shop, `/v1/imports/${body.run}`)).body.status).toBe("staged");
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("UPDATE run SET body = json_set(body, '$.expiresAt', 1)");
    });
    await runDurableObjectAlarm(stub);
    expect(await call(shop, `/v1/imports/${body.run}`)).toMatchObject({
      status: 404,
      body: { code: "import_unknown" },
    });
    expect((await call(shop, "/v1/imports")).body.imports).toEqual([]);
  });
});

describe("refused", () => {
  test("200, 409: a dry run keeps nothing; wrong rows are left out only when that is said", async () => {
    const shop = await openShop();
    const csv = `${history(2)}\nR9,,${AT},tea,1,5.00,EUR`;
    const dry = await upload(shop, "orders", csv, { dryRun: true });
    expect(dry).toMatchObject({
      status: 200,
      body: { status: "checked", errors: [{ line: 4, pointer: "/customerId" }] },
    });
    expect((await call(shop, `/v1/imports/${dry.body.run}`)).status).toBe(404);
    const staged = await upload(shop, "orders", csv, { commit: true });
    expect(staged.body.status).toBe("staged");
    expect(await commit(shop, staged.body.run)).toMatchObject({
      status: 409,
      body: { code: "import_row_invalid" },
    });
    expect((await commit(shop, staged.body.run, { acceptInvalid: true })).status).toBe(202);
    expect((await finish(shop, staged.body.run)).outcome).toMatchObject({ accepted: 2 });
  });

  test("400, 404, 415: formats, kinds, options and files that are none", async () => {
    const shop = await openShop();
    const status = async (
      kind: string,
      body: string,
      options: object = {},
      headers: Record<string, string> = {},
    ) => {
      const reply = await upload(shop, kind, body, options, headers);
      return [reply.status, reply.body.code];
    };
    expect(await status("orders", history(1), {}, { "content-encoding": "gzip" })).toEqual([
      415,
      "format_unsupported",
    ]);
    expect(await status("orders", history(1), {}, { "content-type": "application/json" })).toEqual([
      415,
      "format_unsupported",
    ]);
    expect(await status("wishes", history(1))).toEqual([404, "import_unknown"]);
    expect(await status("orders", history(1), { dateFormat: "guess" })).toEqual([400, "body_invalid"]);
    expect(await status("orders", `${HEAD}\n"R1,K1\nR2`)).toEqual([400, "import_unreadable"]);
    expect(await status("surveys", `customerId,question\n${"K,q\n".repeat(300)}"open`)).toEqual([
      400,
      "import_unreadable",
    ]);
    expect((await call(shop, "/v1/imports")).body.imports).toEqual([]);
    expect((await commit(shop, "nothing")).status).toBe(404);
    expect((await commit(shop, "0".repeat(32))).status).toBe(404);
  });

  test("401, 403, 404: pages never import, and a run belongs to its site", async () => {
    const [shop, other] = [await openShop(), await openShop()];
    const { body } = await upload(shop, "orders", history(1));
    expect((await call(other, `/v1/imports/${body.run}`)).status).toBe(404);
    expect((await commit(other, body.run)).status).toBe(404);
    const withKey = (key: string) =>
      call(shop, `/v1/import/orders`, {
        method: "POST",
        body: history(1),
        headers: { authorization: `Bearer ${key}` },
      });
    expect((await withKey(shop.keys.writeKey)).status).toBe(403);
    expect((await withKey("nobody")).status).toBe(401);
  });

  test("403: an associate brings in notes, and nothing else", async () => {
    const shop = await openShop();
    const { body } = await send("/v1/keys", {
      key: shop.keys.adminKey,
      body: { kind: "ak", role: "associate", label: "till" },
    });
    const headers = { authorization: `Bearer ${body["key"] as string}` };
    expect(await upload(shop, "orders", history(1), {}, headers)).toMatchObject({
      status: 403,
      body: { code: "key_not_allowed" },
    });
    const orders = await upload(shop, "orders", history(1));
    const other = await call(shop, `/v1/imports/${orders.body.run}/commit`, {
      method: "POST",
      body: "{}",
      headers,
    });
    expect(other).toMatchObject({ status: 403, body: { code: "key_not_allowed" } });
    const note = JSON.stringify({
      customerId: "K",
      author: "ann",
      text: "likes blue",
      at: new Date().toISOString(),
    });
    const clienteling = { basis: { clienteling: { ...agreed, source: "till" } }, commit: true };
    const notes = await upload(shop, "notes", note, clienteling, headers);
    expect((await finish(shop, notes.body.run)).outcome).toMatchObject({ accepted: 1 });
  });

  test.skipIf(inject("bodies") === null)(
    "hostile bodies are 4xx or counted wrong, never 5xx, and keep nothing",
    async () => {
      const shop = await openShop();
      for (const { name, raw } of inject("bodies")!.bodies) {
        const reply = await upload(
          shop,
          "customers",
          raw,
          { dryRun: true },
          { "content-type": "application/x-ndjson" },
        );
        expect(reply.status, name).toBeLessThan(500);
        if (reply.status === 200) expect(reply.body.counts.valid, name).toBe(0);
      }
    },
  );
});
