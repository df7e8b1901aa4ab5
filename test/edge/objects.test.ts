import {
  evictDurableObject,
  listDurableObjectIds,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { decodeSnapshot } from "../../src/core/recommend/snapshot/encode.ts";
import { UNGUARDED } from "./behaviour.ts";
import { wholeSnapshot } from "../../src/edge/whole-snapshot.ts";
import { decodeView } from "../../src/core/profile/view.ts";
import { asciiJson, draftAt } from "../../src/edge/draft-adapter.ts";
import { lengthPrefixed } from "../../src/edge/length-prefixed.ts";
import { objectId } from "../../src/edge/names.ts";
import type { CustomerObject, Observation } from "../../src/objects/customer-object.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openShop } from "./shop.ts";

const site = () => `site-${crypto.randomUUID()}`;

async function customer(): Promise<{
  stub: DurableObjectStub<CustomerObject>;
  observe: (...items: string[]) => ReturnType<CustomerObject["observe"]>;
  model: DurableObjectId;
  ledger: DurableObjectId;
}> {
  const name = site();
  const [model, ledger, courier, id] = await Promise.all([
    objectId(env, "model", name, "0"),
    objectId(env, "ledger", name, "0"),
    objectId(env, "courier", name, ""),
    objectId(env, "visitor", name, "v"),
  ]);
  const stub = env.CUSTOMER.get(id);
  const call = (items: readonly string[]): Observation => ({
    events: items.map(
      (item) =>
        ({
          id: `e-${item}`,
          type: "product_viewed",
          at: Date.now(),
          item,
          digest: 1,
        }) as unknown as Observation["events"][number],
    ),
    consent: { personalization: true, analytics: true },
    source: "test",
    isTrusted: false,
    policyVersion: "1",
    grantDays: 10,
    retention: { behaviourDays: 400, orderDays: 3650, idleDays: 400 },
    site: "s",
    receivers: {
      model: model.toString(),
      ledger: ledger.toString(),
      courier: courier.toString(),
    },
    wantsView: false,
  });
  return { stub, observe: async (...items) => stub.observe(call(items)), model, ledger };
}

const counted = async (ledger: DurableObjectId) =>
  (await env.LEDGER.get(ledger).tallies("daily")).reduce((sum, row) => sum + row.value, 0);

describe("CustomerObject", () => {
  test("event, profile, log and outbox are there together after the answer, and after an eviction", async () => {
    const { stub, observe } = await customer();
    await observe("a", "b");
    await evictDurableObject(stub);
    const view = await stub.view({});
    expect(decodeView(view).recent.map((touch) => touch.item)).toEqual(["a", "b"]);
    await runInDurableObject(stub, (_, { storage }) => {
      expect(storage.sql.exec("SELECT COUNT(*) AS n FROM log").one()["n"]).toBe(1);
      expect(storage.sql.exec("SELECT COUNT(*) AS n FROM seen").one()["n"]).toBe(2);
    });
  });

  test("a fault half-way leaves nothing: neither rows nor a memory ahead of them", async () => {
    const { stub, observe } = await customer();
    await observe("a");
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec("ALTER TABLE log RENAME TO hidden"));
    expect(
      await observe("b").then(
        () => "stored",
        () => "failed",
      ),
    ).toBe("failed");
    await runInDurableObject(stub, (_, { storage }) => storage.sql.exec("ALTER TABLE hidden RENAME TO log"));
    const view = await stub.view({});
    expect(decodeView(view).recent.map((touch) => touch.item)).toEqual(["a"]);
    expect((await observe("b")).answers).toEqual([{ id: "e-b", status: "accepted" }]);
  });

  test("a receiver that fails costs nothing: the alarm comes again and each effect arrives once", async () => {
    const { stub, observe, ledger } = await customer();
    const target = env.LEDGER.get(ledger);
    await runInDurableObject(target, (_, { storage }) =>
      storage.sql.exec("ALTER TABLE tallies RENAME TO hidden"),
    );
    await observe("a", "b");
    for (let i = 0; i < 8; i++) await runDurableObjectAlarm(stub);
    expect(await counted(ledger).catch(() => 0)).toBe(0);
    await runInDurableObject(stub, async (_, { storage }) => expect(await storage.getAlarm()).not.toBeNull());
    await runInDurableObject(target, (_, { storage }) =>
      storage.sql.exec("ALTER TABLE hidden RENAME TO tallies"),
    );
    await runDurableObjectAlarm(stub);
    expect(await counted(ledger)).toBe(2);
    await runDurableObjectAlarm(stub);
    expect(await counted(ledger)).toBe(2);
  });

  test("a shipment that arrives twice is applied once", async () => {
    const { ledger } = await customer();
    const delta = { family: "daily", name: "1", part: "x", metric: "events", by: 1 };
    const shipment = {
      source: "a-source",
      parcels: [1, 2].map((seq) => ({ seq, payload: JSON.stringify({ deltas: [delta] }) })),
    };
    const target = env.LEDGER.get(ledger);
    expect((await target.receive(shipment)).last).toBe(2);
    expect((await target.receive(shipment)).last).toBe(2);
    expect(await counted(ledger)).toBe(2);
    expect((await target.receive({ ...shipment, source: "another-source" })).last).toBe(2);
    expect(await counted(ledger)).toBe(4);
  });

  test("asking about a visitor nobody knows stores nothing", async () => {
    const { stub } = await customer();
    expect(await stub.view({ personalization: true })).toBe("unknown");
    await runInDurableObject(stub, (_, { storage }) =>
      expect(storage.sql.exec("SELECT name FROM sqlite_master").toArray()).toEqual([]),
    );
  });
});

describe("ModelObject", () => {
  test("is the same after an eviction: its rows are rebuilt from the log", async () => {
    const { model } = await customer();
    const stub = env.MODEL.get(model);
    for (let i = 0; i < 6; i++) {
      const facts = [
        { session: 1, at: 1000 + i, kind: "view", items: ["a"] },
        { session: 1, at: 1001 + i, kind: "buy", items: ["a", "b"] },
      ];
      await stub.receive({
        source: `source-${i}`,
        parcels: facts.map((fact, i) => ({ seq: i + 1, payload: JSON.stringify([fact]) })),
      });
    }
    const told = async () => {
      const { publishedAt: _, ...snapshot } = decodeSnapshot(
        (await wholeSnapshot(stub, (await stub.snapshot(-1, UNGUARDED))!, 5))!,
      );
      return snapshot;
    };
    const before = await told();
    expect(before.items).toEqual(["a", "b"]);
    await evictDurableObject(stub);
    expect(await told()).toEqual(before);
    expect((await stub.status()).version).toBe(6);
    expect(await stub.snapshot(6, UNGUARDED)).toBeNull();
  });
});

describe("store", () => {
  test("migrations run once, in order, and a newer store is refused by an older build", async () => {
    const { stub } = await customer();
    await runInDurableObject(stub, (_, { storage }) => {
      const first = "CREATE TABLE one (n INTEGER) STRICT";
      migrate(storage, [first]);
      migrate(storage, [first, "ALTER TABLE one ADD COLUMN m INTEGER"]);
      migrate(storage, [first, "ALTER TABLE one ADD COLUMN m INTEGER"]);
      expect(storage.sql.exec("SELECT MAX(version) AS version FROM migrations").one()["version"]).toBe(2);
      expect(() => migrate(storage, [first])).toThrow(/version 2; this build knows 1/);
      expect(() => migrate(storage, [first, "x", "CREATE TABLE two (n INTEGER) STRICT; nonsense"])).toThrow();
      expect(storage.sql.exec("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'two'").one()["n"]).toBe(
        0,
      );
    });
  });
});

describe("names", () => {
  test("are told apart by every part, and say nothing of a person", async () => {
    expect(lengthPrefixed(["a|b", "c"])).not.toBe(lengthPrefixed(["a", "b|c"]));
    const ids = await Promise.all([
      objectId(env, "visitor", "s", "jane@shop.example"),
      objectId(env, "customer", "s", "jane@shop.example"),
      objectId(env, "visitor", "s2", "jane@shop.example"),
      objectId(env, "visitor", "sj", "ane@shop.example"),
    ]);
    expect(new Set(ids.map(String)).size).toBe(4);
    for (const id of ids) expect(id.name).toBeUndefined();
  });
});

describe("DraftObject, made with itty-durable", () => {
  const open = async () => {
    const id = await objectId(env, "draft", site(), "d");
    return { id, draft: draftAt(env, id) };
  };
  const DRAFT = { site: "s", draft: "r", expiresAt: 1, persona: { traits: { name: "Zoë 🙂" } } };

  test("keeps a persona with any letters through the adapter, also on a cold object", async () => {
    const { id, draft } = await open();
    expect(await draft.look()).toBeUndefined();
    await draft.keep(DRAFT);
    await evictDurableObject(env.DRAFT.get(id));
    expect(await draft.look()).toEqual(DRAFT);
    expect(asciiJson({ a: "ü🙂" })).toBe('{"a":"\\u00fc\\ud83d\\ude42"}');
  });

  test("known defect: a raw request that is forwarded wipes it, so none ever is", async () => {
    const { id, draft } = await open();
    await draft.keep(DRAFT);
    const wiped = await env.DRAFT.get(id).fetch("https://itty-durable/do/call/destroy");
    expect(wiped.status).toBe(204);
    await evictDurableObject(env.DRAFT.get(id));
    expect(await draft.look()).toBeUndefined();
    // The Worker has no route that hands a request on to an object.
    const shop = await openShop([]);
    expect(shop.keys.siteId).toContain("-");
  });

  test("known defect: a proxied stub answers `then`, so the adapter hands out plain objects", async () => {
    const { draft } = await open();
    expect("then" in draft).toBe(false);
    expect(await Promise.resolve(draft)).toBe(draft);
  });

  test("known defect: no alarms and no RPC; its class declares neither", async () => {
    const { id } = await open();
    const stub = env.DRAFT.get(id) as unknown as { look(): Promise<unknown> };
    expect(
      await stub.look().then(
        () => "answered",
        (error: Error) => error.message,
      ),
    ).toMatch(/for RPC$/);
    await runInDurableObject(env.DRAFT.get(id), async (_, { storage }) =>
      expect(await storage.getAlarm()).toBeNull(),
    );
  });
});

test("objects of a refused request are not woken", async () => {
  const before = (await listDurableObjectIds(env.CUSTOMER)).length;
  const shop = await openShop([]);
  await shop.decide({ page: { type: "product", item: "x" }, slots: [{ id: "trending" }] });
  await shop.track("nobody", [shop.event("nonsense")]);
  expect((await listDurableObjectIds(env.CUSTOMER)).length).toBe(before);
});
