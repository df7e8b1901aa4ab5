import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { CustomerObject } from "../../src/objects/customer-object.ts";
import { bought, DAY, exposed, happened, ring, SHOP, viewed, World } from "./customers.ts";

afterEach(() => vi.useRealTimers());

const later = (ms: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
const START = Date.now() - DAY;

/** Somebody with behaviour, orders, an experiment and a visitor they were found to be. */
async function live(world: World, name: string): Promise<void> {
  const party = await world.party(name);
  await world.tell(name, [
    viewed("a", { at: START }),
    exposed(party, "exp", "bold", { at: START + 1 }),
    bought(`own-${name}`, 500, { at: START + 2 }),
  ]);
  await world.tell(name, [bought("shared", 1000, { at: START + (name === "c" ? 9 : 5) })], SHOP);
}

/** Every text in every file that others share. */
async function sharedFiles(world: World): Promise<string> {
  const model = env.MODEL.get(env.MODEL.idFromString(world.receivers.model));
  const courier = env.COURIER.get(env.COURIER.idFromString(world.receivers.courier));
  const texts = await Promise.all(
    [world.ledger, model, courier].map((stub) =>
      runInDurableObject(stub as DurableObjectStub, (_, { storage }) => {
        const tables = storage.sql
          .exec<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
          )
          .toArray();
        return JSON.stringify(
          tables.map(({ name }) => [name, storage.sql.exec(`SELECT * FROM ${name}`).toArray()]),
        );
      }),
    ),
  );
  return texts.join("\n");
}

describe("an erasure", () => {
  test("leaves the numbers as a recount without the person, whoever else told the same order", async () => {
    const world = await World.open();
    for (const name of ["c", "c2"]) await live(world, name);
    await world.tell("v", [viewed("b", { at: START }), bought("of-v", 70, { at: START + 3 })]);
    await world.merge("v", "c");
    await world.settled();
    await world.erase("c");
    await world.settled();
    const alone = await World.open();
    await live(alone, "c2");
    await alone.settled();
    expect(await world.numbers()).toEqual(await alone.numbers());
    expect([await world.stored("c"), await world.stored("v")]).toEqual([null, null]);
    // Neither object is named anywhere but on its tombstone.
    const files = (await sharedFiles(world)).split("\n");
    for (const name of ["c", "v"]) {
      const id = world.parties.get(name)!.id.toString();
      expect(files.map((file) => file.split(id).length - 1)).toEqual([1, 0, 0]);
    }
  });

  test("lets somebody else teach the basket that the erased had taught", async () => {
    const world = await World.open();
    await world.tell("v", [bought("o", 1000, { at: START })]);
    await world.settled();
    await world.tell("c", [bought("o", 1000, { at: START + 1 })], SHOP);
    await world.settled();
    await world.erase("v");
    await world.settled();
    const log = (await world.stored("c"))!["log"] as { owes: string | null }[];
    expect(log.filter((row) => row.owes?.includes('"buy"'))).toHaveLength(1);
    expect([await world.told("daily", "orders"), await world.told("daily", "revenue")]).toEqual([1, 1000]);
  });

  test("refuses late events, re-imports and other tabs; twice is once", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("a"), bought("o")], SHOP);
    const first = await world.erase("c", "er_1");
    expect(await world.erase("c", "er_2")).toEqual(first);
    for (const isCold of [false, true]) {
      if (isCold) await evictDurableObject((await world.party("c")).stub);
      expect(await world.say("c", [viewed("late", { at: START })])).toEqual(["erased"]);
      expect(await world.say("c", [bought("o")], { ...SHOP, source: "import" })).toEqual(["erased"]);
      expect(await world.say("c", [], { consent: { marketing: true } })).toEqual([]);
      expect(await world.view("c")).toBe("unknown");
    }
    expect(await world.stored("c")).toBeNull();
    await world.settled();
    expect(await world.numbers()).toEqual({});
    expect(await world.ledgerRows("SELECT receipt FROM burials")).toEqual([{ receipt: "er_1" }]);
  });

  test("of somebody who was never here stands all the same", async () => {
    const world = await World.open();
    expect(await world.say("c", [viewed("a")], { consent: {} })).toEqual(["consent_missing"]);
    await world.erase("c");
    expect(await world.say("c", [viewed("a")])).toEqual(["erased"]);
    const registeredAt = Date.now() + 10;
    later(1000);
    expect(await world.say("c", [viewed("a")], { registeredAt })).toEqual(["accepted"]);
    expect(await world.ledgerRows("SELECT returned_at > at AS is_back FROM burials")).toEqual([
      { is_back: 1 },
    ]);
  });

  test("ends with a fresh signed registration: everything begins anew, and nothing older comes back, whoever brings it", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("a", { at: START }), bought("o")], SHOP);
    const source = (await world.state("c"))!["source"];
    await world.tell("v", [viewed("old", { at: START }), bought("before", 300, { at: START })]);
    const { at } = await world.erase("c");
    later(5000);
    expect(await world.say("c", [viewed("b")], { registeredAt: at })).toEqual(["erased"]);
    expect(
      await world.say("c", [viewed("b"), viewed("older", { at: at - 1 })], { registeredAt: at + 1 }),
    ).toEqual(["accepted", "erased"]);
    await evictDurableObject((await world.party("c")).stub);
    expect(await world.say("c", [viewed("c"), viewed("older", { at: at - 1 })])).toEqual([
      "accepted",
      "erased",
    ]);
    expect((await world.state("c"))!["source"]).not.toBe(source);
    await world.merge("v", "c");
    await world.settled();
    const view = await world.view("c");
    expect(typeof view === "string" ? view : view.recent.map((touch) => touch.item)).toEqual(["b", "c"]);
    expect(await world.told("daily", "revenue")).toBe(0);
    await world.erase("c");
    await world.settled();
    expect(await world.numbers()).toEqual({});
    expect(await world.ledgerRows("SELECT key FROM orders")).toEqual([]);
  });

  test("killed between the ledger's word and its own end is brought to it by alarm, also when numbers were still owed", async () => {
    const world = await World.open();
    await world.tell("v", [viewed("a"), bought("o")]);
    await world.settled();
    await world.tell("v", [viewed("unsent"), bought("unsent")]);
    const { stub } = await world.party("v");
    await runInDurableObject(stub, async (object, { storage }) => {
      const stop = vi.spyOn(storage, "deleteAll").mockRejectedValue(new Error("killed"));
      await expect(
        object.erase({ ...world.standing(world.parties.get("v")!), receipt: "er_1" }),
      ).rejects.toThrow("killed");
      stop.mockRestore();
    });
    expect(await world.ledgerRows("SELECT receipt FROM burials")).toEqual([{ receipt: "er_1" }]);
    expect(await world.stored("v")).not.toBeNull();
    await evictDurableObject(stub);
    expect(await world.say("v", [viewed("b")])).toEqual(["erased"]);
    await ring(stub);
    expect(await world.stored("v")).toBeNull();
    await world.settled();
    expect(await world.numbers()).toEqual({});
    await runInDurableObject(stub, async (_, { storage }) => expect(await storage.getAlarm()).toBeNull());
  });

  test("of a marked visitor takes their part out of the customer, however long ago they merged", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("mine", { at: START }), bought("mine", 100, { at: START })], SHOP);
    await world.settled();
    const before = await world.numbers();
    await world.tell("v", [viewed("theirs", { at: START }), bought("theirs", 200, { at: START })]);
    await world.merge("v", "c");
    await world.settled();
    later(40 * DAY);
    expect(await world.unmerge("v", "c")).toBe("too_late");
    await world.erase("v");
    await world.settled();
    expect(await world.numbers()).toEqual(before);
    expect(JSON.stringify(await world.stored("c"))).not.toContain("theirs");
    expect(await world.stored("v")).toBeNull();
  });

  test("of a customer takes a visitor along whose hand-over was still on its way, and leaves one who came later", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("mine")]);
    await world.tell("v", [viewed("theirs")]);
    const customer = await world.party("c");
    await world.breaks(customer.stub, "log");
    await expect(world.merge("v", "c")).rejects.toThrow("broken");
    await world.breaks(customer.stub, "log", false);
    later(10);
    await world.erase("c");
    later(10);
    await world.tell("v2", [viewed("other")]);
    expect(await world.merge("v2", "c")).toBe("elsewhere");
    await world.settled();
    expect(await world.stored("v")).toBeNull();
    expect(await world.say("v2", [viewed("more")])).toEqual(["accepted"]);
  });

  test("is applied again to a copy that was restored from before it, and not to somebody who has come back since", async () => {
    const world = await World.open();
    const restored = async (name: string) =>
      runInDurableObject((await world.party(name)).stub, async (_, ctx) => {
        const object = new CustomerObject(ctx, { ...env, RESTORED_AT: String(Date.now()) });
        const view = await object.view({ personalization: true });
        return view.startsWith("{") ? "served" : view;
      });
    await world.tell("c", [viewed("a"), bought("o")], SHOP);
    await world.settled();
    const copy = (await world.stored("c"))!;
    const { at } = await world.erase("c");
    await world.settled();
    const putBack = async () => {
      await runInDurableObject((await world.party("c")).stub, (_, { storage }) => {
        for (const [table, rows] of Object.entries(copy)) {
          const names = Object.keys(rows[0] as object);
          storage.sql.exec(`CREATE TABLE ${table} (${names[0]} PRIMARY KEY, ${names.slice(1).join()})`);
          for (const row of rows as Record<string, SqlStorageValue>[])
            storage.sql.exec(
              `INSERT INTO ${table} VALUES (${names.map(() => "?").join()})`,
              ...Object.values(row),
            );
        }
      });
      await evictDurableObject((await world.party("c")).stub);
    };
    await putBack();
    expect(await restored("c")).toBe("unknown");
    expect(await world.stored("c")).toBeNull();
    await evictDurableObject((await world.party("c")).stub);
    later(1000);
    expect(await world.say("c", [viewed("b")], { registeredAt: at + 1 })).toEqual(["accepted"]);
    expect(await restored("c")).toBe("served");
    await world.settled();
    expect(await world.told("daily", "events")).toBe(1);
  });
});

test("who was not heard of for the idle time goes by themselves, and may come back any time", async () => {
  const world = await World.open();
  const { stub } = await world.party("v");
  await world.tell("v", [viewed("a")]);
  await world.settled();
  later(801 * DAY);
  await runInDurableObject(stub, async (object, { storage }) => {
    const stop = vi.spyOn(storage, "deleteAll").mockRejectedValueOnce(new Error("not now"));
    await object.alarm();
    expect(stop).toHaveBeenCalled();
    stop.mockRestore();
    expect(await storage.getAlarm()).not.toBeNull();
  });
  expect(await world.stored("v")).not.toBeNull();
  await ring(stub);
  expect(await world.stored("v")).toBeNull();
  expect(await world.say("v", [happened("page_viewed")])).toEqual(["accepted"]);
});
