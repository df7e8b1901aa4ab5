import { describe, expect, test } from "vitest";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import {
  scoreAlsoViewed,
  scoreCrossSell,
  tradeUpCounts,
} from "../../../../src/core/recommend/score/related.ts";
import { significance } from "../../../../src/core/recommend/score/significance.ts";
import type { Scored } from "../../../../src/core/recommend/score/scratch.ts";
import { emptySnapshot, type ModelSnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import { buys, NOON, people, taught, views } from "../facts.ts";

const snapshotOf = (facts: readonly Fact[], minCustomers = 1) =>
  publish(taught(facts), { minCustomers, version: 1, now: NOON });
const names = (snapshot: ModelSnapshot, scored: readonly Scored[]) =>
  scored.map(({ index }) => snapshot.items[index]!);
const seed = (item: string, weight = 1) => ({ item, weight });

/** Phones are compared with phones and bought with a case; bread is bought by everybody. */
const phones = [
  ...people(12).flatMap((who) => [...views(who, ["phone", "rival"]), buys(who, ["phone", "case", "bread"])]),
  buys("collector", ["phone", "rival"]),
  ...people(60).map((who) => buys(`${who}-b`, ["bread", "milk"])),
];

describe("scoreCrossSell", () => {
  test("puts the complement before what everybody buys, and what is compared last", () => {
    const snapshot = snapshotOf(phones);
    const scored = scoreCrossSell(snapshot, [seed("phone")]);
    expect(names(snapshot, scored)[0]).toBe("case");
    expect(names(snapshot, scored)).not.toContain("rival");
    expect(scored[0]!.evidence).toEqual({
      row: "coPurchase",
      seed: snapshot.index.get("phone"),
      isDirect: true,
      times: 12,
      customers: 5,
    });
  });

  test("takes nothing for a complement that meets no more often than chance", () => {
    const snapshot = snapshotOf(phones);
    const others = scoreCrossSell(snapshot, [seed("phone")], { boughtWeight: 1 });
    expect(names(snapshot, others)).toEqual(["case", "rival"]);
  });

  test("holds popular items back the more, the higher the damping", () => {
    const facts = [
      ...people(40).map((who) => buys(who, ["tea", "cup"])),
      ...people(30).map((who) => buys(`${who}-s`, ["tea", "sieve"])),
      ...people(90).map((who) => buys(`${who}-c`, ["cup", "plate"])),
      ...people(300).map((who) => buys(`${who}-o`, ["soap", "towel"])),
    ];
    const snapshot = snapshotOf(facts);
    const first = (popularityDamping: number) =>
      names(snapshot, scoreCrossSell(snapshot, [seed("tea")], { popularityDamping }))[0];
    expect([first(0), first(1)]).toEqual(["cup", "sieve"]);
  });

  test("reads the whole cart and never answers with it", () => {
    const snapshot = snapshotOf(phones);
    const scored = scoreCrossSell(snapshot, [seed("phone"), seed("case"), seed("milk")]);
    expect(names(snapshot, scored)).toEqual(["bread"]);
  });

  test("stands in with what is viewed together where nobody has bought", () => {
    const snapshot = snapshotOf(people(3).flatMap((who) => views(who, ["a", "b"])));
    const scored = scoreCrossSell(snapshot, [seed("a")]);
    expect(names(snapshot, scored)).toEqual(["b"]);
    expect(scored[0]!.evidence).toMatchObject({ row: "coVisit", times: 3, customers: 3 });
  });

  test("asks for views alone at a bought weight of 0", () => {
    const snapshot = snapshotOf(phones);
    expect(names(snapshot, scoreCrossSell(snapshot, [seed("phone")], { boughtWeight: 0 }))).toEqual([
      "rival",
    ]);
  });

  test.each([
    ["an empty model", emptySnapshot(), [seed("a")]],
    ["unknown seeds", snapshotOf(phones), [seed("nowhere")]],
    ["no seeds", snapshotOf(phones), []],
    ["weightless seeds", snapshotOf(phones), [seed("phone", 0), seed("case", Number.NaN)]],
  ])("answers nothing for %s", (_, snapshot, seeds) => {
    expect(scoreCrossSell(snapshot, seeds)).toEqual([]);
  });
});

describe("scoreAlsoViewed", () => {
  const trail = [
    ...people(4).flatMap((who) => views(who, ["a", "b"])),
    ...people(2).flatMap((who) => views(`${who}-2`, ["b", "c"])),
    ...people(9).flatMap((who) => views(`${who}-3`, ["x", "y"])),
  ];

  test("weighs the item looked at now most", () => {
    const snapshot = snapshotOf(trail);
    const after = (...items: string[]) =>
      names(
        snapshot,
        scoreAlsoViewed(
          snapshot,
          items.map((item, ageRank) => ({ item, ageRank })),
        ),
      ).find((id) => !items.includes(id));
    expect([after("a", "x"), after("x", "a")]).toEqual(["b", "y"]);
  });

  test("goes one step further and says so", () => {
    const snapshot = snapshotOf(trail);
    const scored = scoreAlsoViewed(snapshot, [{ item: "a", ageRank: 0 }]);
    const evidence = Object.fromEntries(
      scored.map((one) => [snapshot.items[one.index], one.evidence] as const),
    );
    expect(evidence["b"]).toMatchObject({ seed: snapshot.index.get("a"), isDirect: true, times: 4 });
    expect(evidence["c"]).toMatchObject({ seed: snapshot.index.get("b"), isDirect: false, times: 2 });
    expect(evidence["x"]).toBeUndefined();
  });

  test("answers the same whatever was asked before, of whichever snapshot", () => {
    const small = snapshotOf(trail);
    const large = snapshotOf(phones);
    const ask = () => scoreAlsoViewed(small, [{ item: "a", ageRank: 0 }], 2);
    const first = ask();
    scoreCrossSell(large, [seed("phone"), seed("bread")]);
    scoreAlsoViewed(large, [{ item: "phone", ageRank: 0 }], 0);
    expect(ask()).toEqual(first);
    expect(first).toHaveLength(2);
  });

  test("is sorted, best first, and cut at the limit", () => {
    const snapshot = snapshotOf(trail);
    const all = scoreAlsoViewed(snapshot, [{ item: "b", ageRank: 0 }]);
    expect(all.map((one) => one.score)).toEqual(all.map((one) => one.score).toSorted((p, q) => q - p));
    expect(scoreAlsoViewed(snapshot, [{ item: "b", ageRank: 0 }], 1)).toEqual(all.slice(0, 1));
  });
});

test("tradeUpCounts tells what was bought instead, most often first", () => {
  const facts = [
    ...people(3).flatMap((who) => [...views(who, ["basic", "pro"]), buys(who, ["pro"])]),
    ...views("max", ["basic", "ultra"]),
    buys("max", ["ultra"]),
  ];
  const snapshot = snapshotOf(facts);
  const counts = tradeUpCounts(snapshot, "basic");
  expect(counts.map((one) => [snapshot.items[one.index], one.times, one.customers])).toEqual([
    ["pro", 3, 3],
    ["ultra", 1, 1],
  ]);
  expect(tradeUpCounts(snapshot, "nowhere")).toEqual([]);
});

describe("significance", () => {
  // Expected: 2 Σ O ln(O ∕ E) over the four cells, by hand.
  test("is Dunning's ratio", () => {
    const direct = (table: readonly (readonly [number, number])[]) =>
      2 * table.reduce((sum, [seen, expected]) => sum + seen * Math.log(seen / expected), 0);
    const cells = [
      [10, 0.6],
      [10, 19.4],
      [20, 29.4],
      [960, 950.6],
    ] as const;
    expect(significance(10, 20, 30, 1_000)).toBeCloseTo(direct(cells), 9);
  });

  test.each([
    ["chance", 1, 10, 10, 100],
    ["rarer than chance", 0, 50, 50, 100],
    ["counts that contradict each other", 9, 3, 3, 0],
  ])("is 0 for %s", (_, both, one, other, all) => {
    expect(significance(both, one, other, all)).toBe(0);
  });
});
