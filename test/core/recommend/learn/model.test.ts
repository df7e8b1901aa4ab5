import { describe, expect, test } from "vitest";
import { countersOf, type Counter } from "../../../../src/core/recommend/learn/counter-row.ts";
import { emptyModel, learn, type Model } from "../../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { ROW_NAMES, type RowName } from "../../../../src/core/recommend/settings.ts";
import { buys, DAY, NOON, people, taught, views } from "../facts.ts";

/** A row by the items' names, its owner left out. */
function rowOf(model: Model, row: RowName, id: string): Record<string, Counter> {
  const counters = countersOf(model.rows[row], model.indexOf.get(id)!);
  return Object.fromEntries(
    counters.map((one) => [model.ids[one.item]!, one] as const).filter(([other]) => other !== id),
  );
}

describe("visits", () => {
  test("tie the items of one session both ways, and no others", () => {
    const model = taught([...views("ann", ["a", "b", "c"]), ...views("ann", ["d"], 2)]);
    expect(Object.keys(rowOf(model, "coVisit", "a")).sort()).toEqual(["b", "c"]);
    expect(rowOf(model, "coVisit", "b")["a"]!.weight).toBe(rowOf(model, "coVisit", "a")["b"]!.weight);
    expect(rowOf(model, "coVisit", "d")).toEqual({});
  });

  test("follow one another at one over their distance, forwards only", () => {
    const model = taught(views("ann", ["a", "b", "c"]));
    expect(rowOf(model, "sequence", "a")).toMatchObject({ b: { weight: 1 }, c: { weight: 0.5 } });
    expect(rowOf(model, "sequence", "c")).toEqual({});
  });

  test("of one session count an item once, however often it is reloaded", () => {
    const model = taught(views("ann", ["a", "a", "b", "a", "b"]));
    expect([...model.counts.visits.subarray(0, 2)]).toEqual([1, 1]);
    expect(rowOf(model, "coVisit", "a")["b"]!.times).toBe(1);
  });

  test("count people, not their sessions", () => {
    const facts = [1, 2, 3].flatMap((session) => views("ann", ["a", "b"], session));
    expect(rowOf(taught(facts), "coVisit", "a")["b"]).toMatchObject({ times: 3, customers: 1 });
  });
});

describe("baskets", () => {
  test("tie each pair with one over the number of the others", () => {
    for (const size of [2, 3, 4, 5, 8, 29]) {
      const items = Array.from({ length: size }, (_, i) => `item-${i}`);
      const model = taught([buys("ann", items)]);
      for (const id of items) {
        const row = Object.values(rowOf(model, "coPurchase", id));
        expect(row).toHaveLength(size - 1);
        for (const one of row) expect([one.times, one.weight]).toEqual([1, Math.fround(1 / (size - 1))]);
      }
    }
  });

  test("of many items give each a fixed lot of partners", () => {
    const items = Array.from({ length: 120 }, (_, i) => `item-${i}`);
    const [once, again] = [taught([buys("ann", items)]), taught([buys("ann", items)])];
    for (const id of items) {
      const row = rowOf(once, "coPurchase", id);
      expect(Object.keys(row)).toHaveLength(28);
      expect(rowOf(again, "coPurchase", id)).toEqual(row);
    }
  });

  test("of a single item tie nothing", () => {
    const model = taught([buys("ann", ["a"])]);
    expect([model.baskets, rowOf(model, "coPurchase", "a")]).toEqual([1, {}]);
  });

  test("repeated by one person weigh more and add no supporter", () => {
    const model = taught([buys("ann", ["a", "b"]), buys("ann", ["a", "b"], NOON + DAY)]);
    expect(rowOf(model, "coPurchase", "a")["b"]).toMatchObject({ weight: 2, times: 2, customers: 1 });
    expect(model.counts.buyers[model.indexOf.get("a")!]).toBe(1);
  });
});

describe("trade-ups", () => {
  test("lead from what was only viewed to what was bought", () => {
    const model = taught([...views("ann", ["cheap", "dear"]), buys("ann", ["dear"], NOON + DAY)]);
    expect(rowOf(model, "tradeUp", "cheap")).toMatchObject({ dear: { times: 1, customers: 1 } });
    expect(rowOf(model, "tradeUp", "dear")).toEqual({});
  });

  test("lead from what was bought before to what was bought later", () => {
    const model = taught([buys("ann", ["old", "both"]), buys("ann", ["new", "both"], NOON + 90 * DAY)]);
    expect(Object.keys(rowOf(model, "tradeUp", "old")).sort()).toEqual(["both", "new"]);
    expect(Object.keys(rowOf(model, "tradeUp", "both"))).toEqual([]);
  });

  test("do not begin at a view older than thirty days", () => {
    const model = taught([...views("ann", ["cheap"]), buys("ann", ["dear"], NOON + 31 * DAY)]);
    expect(rowOf(model, "tradeUp", "cheap")).toEqual({});
  });
});

describe("garbage", () => {
  const finite = (model: Model) => {
    const snapshot = publish(model, { minCustomers: 1, version: 1, now: NOON });
    for (const name of ROW_NAMES) expect(snapshot.rows[name].scales.every(Number.isFinite)).toBe(true);
    expect(snapshot.heat.every(Number.isFinite)).toBe(true);
    return snapshot;
  };

  test("one item for ever leaves one item, counted once", () => {
    const model = emptyModel();
    for (let i = 0; i < 200_000; i++) learn(model, views("bot", ["a"])[0]!);
    expect([model.ids.length, model.counts.visits[0], model.facts]).toEqual([1, 1, 200_000]);
  });

  test("a session of ten thousand items teaches only its beginning", () => {
    const items = Array.from({ length: 10_000 }, (_, i) => `item-${i}`);
    const model = taught(views("bot", items));
    expect(rowOf(model, "coVisit", "item-150")).not.toEqual({});
    expect(countersOf(model.rows.coVisit, model.indexOf.get("item-9000")!)).toEqual([]);
    expect(model.people.get("bot")!.items.length).toBeLessThanOrEqual(20);
  });

  test("a basket of fifty thousand items is read in part", () => {
    const model = taught([
      buys(
        "bot",
        Array.from({ length: 50_000 }, (_, i) => `item-${i}`),
      ),
    ]);
    expect(model.ids).toHaveLength(500);
    finite(model);
  });

  test("moments that go backwards, jump a thousand years or do not exist never yield a broken number", () => {
    const moments = [NOON, NOON - 900 * DAY, 0, 253_402_300_799_999, NOON, -1e15, Number.NaN, Infinity, NOON];
    const model = emptyModel();
    for (const [i, at] of moments.entries()) {
      learn(model, { who: `p${i}`, session: 1, at, kind: "view", items: ["a"] });
      learn(model, { who: `p${i}`, session: 1, at, kind: "view", items: ["b"] });
      learn(model, { who: `p${i}`, session: 1, at, kind: "buy", items: ["a", "c"] });
    }
    expect(model.facts).toBe(21);
    finite(model);
  });

  test("people beyond the bound are forgotten, the idle ones first", () => {
    const model = emptyModel({ peopleMax: 3 });
    for (const who of ["a", "b", "c", "a", "d"]) learn(model, views(who, ["x"])[0]!);
    expect([...model.people.keys()]).toEqual(["c", "a", "d"]);
  });

  test("a flood of unknown items pushes itself out and leaves the shop's own", () => {
    const model = emptyModel({ itemsMax: 200 });
    const shop = people(6).flatMap((who) => [...views(who, ["a", "b"]), buys(who, ["a", "c"])]);
    for (const fact of shop) learn(model, fact);
    for (let i = 0; i < 2_000; i++) learn(model, views(`bot-${i}`, [`fake-${i}`])[0]!);
    for (const fact of views("late", ["a", "b"])) learn(model, fact);
    expect(model.ids.length).toBeLessThanOrEqual(200);
    expect(rowOf(model, "coVisit", "a")["b"]).toMatchObject({ times: 7 });
    expect(rowOf(model, "coPurchase", "c")["a"]).toMatchObject({ times: 6 });
    const snapshot = publish(model, { minCustomers: 5, version: 1, now: NOON });
    expect([...snapshot.items].sort()).toEqual(["a", "b", "c"]);
  });
});
