import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { JOINED_MAX } from "../../src/core/customer/join.ts";
import { bought, DAY, euros, exposed, GRANTED, happened, SHOP, viewed, World } from "./customers.ts";

const DENIED = { personalization: false, analytics: false };
const rename = (world: World, from: string, to: string) =>
  world.ledgerRows(`ALTER TABLE ${from} RENAME TO ${to}`);
const items = async (world: World, name: string) => {
  const view = await world.view(name);
  return typeof view === "string" ? view : view.recent.map((touch) => touch.item);
};

describe("a merge", () => {
  test("gives the customer everything once, each trait from where it came, and one person to the numbers", async () => {
    const world = await World.open();
    const at = Date.now();
    await world.tell("c", [happened("traits_updated", { traits: { size: "M", city: "Oslo" }, at: at - 9 })], {
      ...SHOP,
      source: "import",
    });
    await world.tell("v", [
      viewed("a", { at: at - 8 }),
      happened("traits_updated", { traits: { size: "L" }, at: at - 7 }),
      bought("o", 500, { at: at - 6 }),
    ]);
    expect(await world.merge("v", "c")).toBe("merged");
    expect(await world.merge("v", "c")).toBe("already");
    await world.settled();
    const known = await (await world.party("c")).stub.known();
    expect(known).toMatchObject({
      traits: [
        { name: "city", value: "Oslo", source: "import" },
        { name: "size", value: "L", source: "snippet" },
      ],
      recent: [{ item: "a" }],
      orders: [{ orderId: "o", minor: 500 }],
    });
    expect(await world.view("v")).toBe("joined");
    const numbers = await world.numbers();
    expect(numbers["customers/known//count"]).toBe(1);
    expect([
      await world.told("daily", "orders"),
      await world.told("daily", "revenue"),
      await world.told("daily", "events"),
    ]).toEqual([1, 500, 4]);
  });

  test("that could not reach the customer at first is finished by alarm, and the customer keeps their name", async () => {
    const world = await World.open();
    await world.tell("v", [viewed("a")]);
    // The ledger is asked who was erased before anything is taken over.
    await rename(world, "burials", "hidden");
    await expect(world.merge("v", "c")).rejects.toThrow();
    await rename(world, "hidden", "burials");
    await evictDurableObject((await world.party("v")).stub);
    await world.settled();
    expect(await items(world, "c")).toEqual(["a"]);
    expect(await world.state("c")).not.toHaveProperty("customerId");
    await world.tell("c", [bought("o")], SHOP);
    expect((await world.state("c"))!["customerId"]).toBe("c");
  });

  test("late events of before reach the customer, later ones are somebody else's", async () => {
    const world = await World.open();
    const at = Date.now();
    await world.tell("v", [viewed("a", { at: at - 20 })]);
    await world.merge("v", "c");
    const mark = ((await world.state("v"))!["mark"] as { at: number }).at;
    expect(
      await world.say("v", [viewed("late", { at: at - 30 }), viewed("after", { at: mark + 1 })]),
    ).toEqual(["accepted", "visitor_joined"]);
    await world.settled();
    expect(await items(world, "c")).toEqual(["late", "a"]);
    expect(await world.told("daily", "events")).toBe(2);
  });

  test("the order in which orders are claimed does not matter: a visitor's report that comes last takes nothing back", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("x")]);
    await world.tell("v", [bought("o", 700)]);
    // The visitor's report is held back until the customer has claimed the order.
    const visitor = await world.party("v");
    await runInDurableObject(visitor.stub, (_, { storage }) =>
      storage.sql.exec("UPDATE log SET owes = replace(owes, 'claims', 'held')"),
    );
    await world.merge("v", "c");
    await runInDurableObject(visitor.stub, (_, { storage }) =>
      storage.sql.exec("UPDATE log SET owes = replace(owes, 'held', 'claims')"),
    );
    const [row] = (await world.stored("v"))!["log"] as { seq: number; owes: string }[];
    const state = (await world.state("v"))!;
    await world.alarm("c");
    await world.ledger.receive({
      source: String(state["source"]),
      parcels: [{ seq: row!.seq, payload: row!.owes }],
      party: visitor.id.toString(),
    });
    await world.settled();
    expect([await world.told("daily", "orders"), await world.told("daily", "revenue")]).toEqual([1, 700]);
    await world.tell("c", [happened("order_refunded", { orderId: "o" })]);
    await world.settled();
    expect(await world.told("daily", "refunded")).toBe(700);
  });

  test("an order told again right after the hand-over is still one order", async () => {
    const world = await World.open();
    await world.tell("v", [bought("o", 700)]);
    await world.settled();
    await world.merge("v", "c");
    await world.tell("c", [bought("o", 690, { lines: [{ item: "of-o", quantity: 1 }] })], SHOP);
    await world.settled();
    expect([await world.told("daily", "orders"), await world.told("daily", "revenue")]).toEqual([1, 690]);
  });

  test("a customer who is full, erased or the visitor themselves takes nobody in, and the visitor goes on as they were", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("x")]);
    for (let i = 0; i < JOINED_MAX; i++) {
      await world.tell(`v${i}`, [viewed(`a${i}`)]);
      expect(await world.merge(`v${i}`, "c")).toBe("merged");
    }
    await world.tell("v", [viewed("mine")]);
    expect(await world.merge("v", "c")).toBe("elsewhere");
    expect(await world.say("v", [viewed("more")])).toEqual(["accepted"]);
    expect(await items(world, "v")).toEqual(["mine", "more"]);
    // Somebody who is joined already goes on being heard.
    await world.tell("v0", [happened("traits_updated", { traits: { late: true }, at: Date.now() - DAY })]);
    await world.settled();
    expect(await (await world.party("c")).stub.known()).toMatchObject({
      traits: [{ name: "late", value: true }],
    });
    expect(await world.merge("v", "v")).toBe("elsewhere");
    const visitor = await world.party("v");
    await runInDurableObject(visitor.stub, (object) =>
      expect(object.mergeInto("not-an-object", world.standing(visitor))).rejects.toThrow(
        "must be 64 hex digits",
      ),
    );
    expect(await items(world, "v")).toEqual(["mine", "more"]);
  });

  test("unverified input changes nothing of a known customer, except for a denial", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("x"), happened("traits_updated", { traits: { size: "M" } })]);
    await world.tell("v", [viewed("a")]);
    await world.merge("v", "c");
    await world.settled();
    const before = JSON.stringify(await world.stored("c"));
    const later = Date.now() + 1000;
    expect(
      await world.say(
        "v",
        [
          viewed("b", { at: later }),
          happened("traits_updated", { traits: { size: "XXL" }, at: later }),
          bought("o", 9, { at: later }),
          happened("consent_updated", { consent: { marketing: true }, at: later }),
        ],
        { consent: { ...GRANTED, marketing: true, clienteling: true } },
      ),
    ).toEqual(["visitor_joined", "visitor_joined", "visitor_joined", "visitor_joined"]);
    expect(await world.merge("v", "c2")).toBe("elsewhere");
    await world.settled();
    expect(JSON.stringify(await world.stored("c"))).toBe(before);
  });

  test("a denial at the mark reaches the customer before the answer: nothing is shown, behaviour is gone from their log", async () => {
    const world = await World.open();
    await world.tell("c", [viewed("own"), bought("page-order")]);
    await world.tell("v", [viewed("brought")]);
    await world.settled();
    await world.merge("v", "c");
    expect(await items(world, "c")).toEqual(["own", "of-page-order", "brought"]);
    await world.tell("v", [], { consent: { personalization: false } });
    expect(await world.view("c")).toBe("denied");
    await world.tell("v", [happened("consent_updated", { consent: DENIED })], { consent: {} });
    expect(JSON.stringify(await world.stored("c"))).not.toMatch(/own"|brought|page-order/);
    await world.settled();
    expect(await world.view("c")).toBe("denied");
  });

  test("late events mind what was denied meanwhile, also by refolding: who is out of an experiment stays out", async () => {
    const world = await World.open();
    const at = Date.now();
    await world.tell("c", [exposed(await world.party("c"), "exp", "bold", { at: at - 50 })]);
    await world.tell("c", [], { consent: { analytics: false } });
    await world.tell("c", [viewed("late", { at: at - 90 })]);
    await world.settled();
    expect(await world.told("experiment", "users")).toBe(0);
  });

  test("a denial that cannot be forwarded at once is forwarded by alarm", async () => {
    const world = await World.open();
    await world.tell("v", [viewed("a")]);
    await world.merge("v", "c");
    const customer = await world.party("c");
    await world.breaks(customer.stub, "log");
    expect(await world.say("v", [happened("consent_updated", { consent: DENIED })], { consent: {} })).toEqual(
      ["accepted"],
    );
    await world.breaks(customer.stub, "log", false);
    await evictDurableObject((await world.party("v")).stub);
    await world.settled();
    expect(await world.view("c")).toBe("denied");
  });
});

describe("an undone merge", () => {
  test("restores both sides and all numbers, and leaves each with what is theirs when the other is erased", async () => {
    const world = await World.open();
    const [visitor, customer] = [await world.party("v"), await world.party("c")];
    const at = Date.now();
    await world.tell("c", [viewed("x", { at: at - 50 }), exposed(customer, "exp", "a", { at: at - 49 })]);
    await world.tell(
      "c",
      [bought("both", 1000, { at: at - 40 }), bought("theirs", 300, { at: at - 39 })],
      SHOP,
    );
    await world.tell("v", [
      viewed("y", { at: at - 48 }),
      exposed(visitor, "exp", "b", { at: at - 47 }),
      exposed(visitor, "other", "b", { at: at - 46 }),
      bought("both", 1003, { at: at - 41 }),
      bought("own", 200, { at: at - 20 }),
    ]);
    await world.settled();
    const before = await world.numbers();
    const views = [await world.view("c"), await world.view("v")];
    await world.merge("v", "c");
    await world.settled();
    expect((await world.numbers())["customers/known//count"]).toBe(1);
    expect(await world.told("experiment", "users")).toBe(2);
    expect(await world.unmerge("v", "c")).toBe("undone");
    await world.settled();
    expect(await world.numbers()).toEqual(before);
    expect([await world.view("c"), await world.view("v")]).toEqual(views);
    await world.tell("v", [bought("more", 77)]);
    await world.erase("c");
    await world.settled();
    const alone = await World.open();
    await alone.tell("v", [
      viewed("y", { at: at - 48 }),
      exposed(await alone.party("v"), "exp", "b", { at: at - 47 }),
      exposed(await alone.party("v"), "other", "b", { at: at - 46 }),
      bought("both", 1003, { at: at - 41 }),
      bought("own", 200, { at: at - 20 }),
      bought("more", 77),
    ]);
    await alone.settled();
    expect(await world.numbers()).toEqual(await alone.numbers());
    await world.erase("v");
    await world.settled();
    expect(await world.numbers()).toEqual({});
  });

  test("gives the customer back the grants they had", async () => {
    const world = await World.open();
    await world.tell("c", [bought("o")], { ...SHOP, consent: { marketing: true } });
    await world.tell("v", [viewed("a")], { consent: { ...GRANTED, marketing: false } });
    await world.merge("v", "c");
    await world.unmerge("v", "c");
    const consent = (await world.state("c"))!["consent"] as Record<string, { granted: boolean }>;
    expect(Object.entries(consent).map(([purpose, { granted }]) => [purpose, granted])).toEqual([
      ["marketing", true],
    ]);
  });

  test("is finished by alarm when the visitor cannot be told at once", async () => {
    const world = await World.open();
    await world.tell("v", [viewed("a"), bought("o", 400)]);
    await world.merge("v", "c");
    await world.settled();
    const visitor = await world.party("v");
    await world.breaks(visitor.stub, "log");
    await world.unmerge("v", "c").catch(() => undefined);
    await world.breaks(visitor.stub, "log", false);
    await evictDurableObject((await world.party("c")).stub);
    await world.settled();
    expect(await world.say("v", [viewed("b")])).toEqual(["accepted"]);
    await world.settled();
    expect(await items(world, "v")).toEqual(["a", "of-o", "b"]);
    expect(await world.told("daily", "revenue")).toBe(400);
    expect(await world.unmerge("v", "c")).toBe("unknown");
  });

  test("can be merged again, and refunds still count once", async () => {
    const world = await World.open();
    await world.tell("v", [bought("o", 400)]);
    for (let i = 0; i < 2; i++) {
      expect(await world.merge("v", "c")).toBe("merged");
      expect(await world.unmerge("v", "c")).toBe("undone");
    }
    await world.merge("v", "c");
    await world.tell("c", [happened("order_refunded", { orderId: "o", amount: euros(100) })]);
    await world.settled();
    expect([
      await world.told("daily", "orders"),
      await world.told("daily", "revenue"),
      await world.told("daily", "refunded"),
    ]).toEqual([1, 400, 100]);
    expect((await world.numbers())["customers/known//count"]).toBe(1);
    await world.erase("c");
    await world.settled();
    expect(await world.numbers()).toEqual({});
  });
});
