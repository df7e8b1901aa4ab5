import { describe, expect, test } from "vitest";
import { scoreCrossSell } from "../../../../src/core/recommend/score/complements.ts";
import type { Scored } from "../../../../src/core/recommend/score/scratch.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
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
