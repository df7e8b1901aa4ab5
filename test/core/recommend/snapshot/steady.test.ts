import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import { learn, type Model } from "../../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import {
  emptySnapshot,
  neighboursOf,
  type ModelSnapshot,
} from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { buys, DAY, NOON, people, taught, views } from "../facts.ts";

const told = (model: Model, previous?: ModelSnapshot, minCustomers = 5) =>
  publish(model, { minCustomers, version: 1, now: NOON, previous });
const teach = (model: Model, facts: readonly Fact[]) => {
  for (const fact of facts) learn(model, fact);
};
const beside = (snapshot: ModelSnapshot, id: string) =>
  neighboursOf(snapshot, "coPurchase", snapshot.index.get(id)!).map(({ index, times }) => [
    snapshot.items[index]!,
    times,
  ]);

/** A hundred people bought a with b, half as many a with c; four bought a with d. */
const shop = () =>
  taught(
    [
      ...people(100).map((who) => buys(who, ["a", "b"])),
      ...people(50).map((who) => buys(`other ${who}`, ["a", "c"])),
      ...people(4).map((who) => buys(`few ${who}`, ["a", "d"])),
      ...people(9).map((who) => buys(`lone ${who}`, ["d"])),
    ],
    { isGuarded: true },
  );

describe("a row that was told", () => {
  test("stays as it was while its item's told number does", () => {
    const model = shop();
    const before = told(model);
    teach(model, [buys("somebody", ["a", "c"], NOON + DAY)]);
    const fresh = told(model);
    expect(beside(fresh, "a")).not.toEqual(beside(before, "a"));
    expect(fresh.inBaskets[fresh.index.get("a")!]).toBe(before.inBaskets[before.index.get("a")!]);
    const after = told(model, before);
    expect(after.rows.coPurchase).toEqual(before.rows.coPurchase);
    expect(after.version).toBe(fresh.version);
  });

  test("moves, all of it, when enough people have acted on the item since", () => {
    const model = shop();
    const before = told(model);
    teach(
      model,
      people(60).map((who, i) => buys(`more ${who}`, ["a", "c"], NOON + i * DAY)),
    );
    const fresh = told(model);
    expect(beside(told(model, before), "a")).toEqual(beside(fresh, "a"));
  });

  test("takes in a pair the moment its fifth supporter comes", () => {
    const model = shop();
    const before = told(model);
    expect(beside(before, "a").map(([id]) => id)).toEqual(["b", "c"]);
    teach(model, [buys("the fifth", ["a", "d"], NOON + DAY), buys("somebody", ["a", "c"], NOON + DAY)]);
    const after = beside(told(model, before), "a");
    expect(after.map(([id]) => id).sort()).toEqual(["b", "c", "d"]);
    expect(after.find(([id]) => id === "c")).toEqual(beside(before, "a").find(([id]) => id === "c"));
  });

  test("leaves out what may not be told any more", () => {
    const before = told(shop());
    const without = taught(
      people(100).map((who) => buys(who, ["a", "b"])),
      { isGuarded: true },
    );
    const after = told(without, before);
    expect(after.items).toEqual(["a", "b"]);
    expect(beside(after, "a").map(([id]) => id)).toEqual(["b"]);
  });

  test("is told anew where nothing was told before, or by other terms", () => {
    const model = shop();
    const before = told(model);
    teach(model, [buys("somebody", ["a", "c"], NOON + DAY)]);
    const fresh = told(model);
    expect(told(model, emptySnapshot())).toEqual(fresh);
    expect(told(model, { ...before, minCustomers: 4 })).toEqual(fresh);
  });

  test("is told exactly by a model without a guard", () => {
    const model = taught(people(100).map((who) => buys(who, ["a", "b"])));
    const before = told(model);
    teach(model, [buys("somebody", ["a", "b"], NOON + DAY)]);
    expect(told(model, before)).toEqual(told(model));
    expect(beside(told(model), "a")).toEqual([["b", 101]]);
  });

  test("grows no longer than the rows that there is room for", () => {
    const row = (n: number) => ["hub", ...Array.from({ length: n }, (_, i) => `item-${i}`)];
    const facts = people(6).flatMap((who) => [
      ...views(who, row(9)),
      ...views(who, row(12).slice(3), 2, NOON + DAY),
    ]);
    const settings = { isGuarded: true };
    const before = told(taught(facts, settings));
    const cut = told(taught(facts, { ...settings, publishedBytes: 150 }), before);
    const whole = told(taught(facts, { ...settings, publishedBytes: 150 }));
    const lengths = ({ rows: { coVisit } }: ModelSnapshot) =>
      Math.max(...coVisit.offsets.slice(1).map((end, i) => end - coVisit.offsets[i]!));
    expect(lengths(whole)).toBeLessThan(lengths(before));
    expect(lengths(cut)).toBe(lengths(whole));
  });
});

describe("recent visits", () => {
  const looks = (n: number, isGuarded: boolean) =>
    taught(
      people(n).flatMap((who, i) => views(who, ["a", `other-${i % 4}`], 1, NOON + i * 3_600_000)),
      { isGuarded },
    );
  const seen = ({ sessions, index }: ModelSnapshot, id: string) =>
    sessions.items.filter((place) => place === index.get(id)).length;

  test("stand still while the numbers of their items do, and are no more than these say", () => {
    let stood = 0;
    let before = told(looks(100, true));
    for (let n = 101; n < 140; n++) {
      const after = told(looks(n, true));
      expect(seen(after, "a")).toBeLessThanOrEqual(after.visits[after.index.get("a")!]!);
      if (after.visits.every((number, place) => number === before.visits[place])) {
        expect(after.sessions).toEqual(before.sessions);
        stood++;
      }
      before = after;
    }
    expect(stood).toBeGreaterThan(20);
    expect(before.sessions.labels.length).toBeGreaterThan(80);
  });

  test("are all told without a guard", () => {
    expect(seen(told(looks(100, false)), "a")).toBe(100);
  });
});
