import { describe, expect, test } from "vitest";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { scoreCrossSell } from "../../../../src/core/recommend/score/complements.ts";
import { scoreAlsoViewed } from "../../../../src/core/recommend/score/related.ts";
import { significance } from "../../../../src/core/recommend/score/significance.ts";
import type { Scored } from "../../../../src/core/recommend/score/scratch.ts";
import type { ModelSnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
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
