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

  test("follows few complements with what goes with those, and says so", () => {
    const snapshot = snapshotOf([
      ...people(6).map((who) => buys(who, ["lamp", "bulb"])),
      ...people(6).map((who) => buys(`${who}-f`, ["bulb", "fuse"])),
      ...people(30).map((who) => buys(`${who}-o`, ["soap", "towel"])),
    ]);
    const scored = scoreCrossSell(snapshot, [seed("lamp")]);
    expect(names(snapshot, scored)).toEqual(["bulb", "fuse"]);
    expect(scored.map(({ evidence }) => [evidence.seed, evidence.isDirect])).toEqual([
      [snapshot.index.get("lamp"), true],
      [snapshot.index.get("bulb"), false],
    ]);
  });

  test("goes no step further where there are complements enough", () => {
    const many = Array.from({ length: 12 }, (_, i) => `part-${i}`);
    const snapshot = snapshotOf([
      ...people(6).flatMap((who) => many.map((part) => buys(who, ["lamp", part]))),
      ...people(6).map((who) => buys(`${who}-f`, ["part-0", "fuse"])),
    ]);
    expect(names(snapshot, scoreCrossSell(snapshot, [seed("lamp")]))).not.toContain("fuse");
  });

  test("is the more cautious, the more seeds speak: certain pairs come before lucky ones", () => {
    // Forty oddities went once each with the tea, forty others once each with the pot, and the cup forty times.
    const facts = [
      ...people(40).map((who, i) => buys(who, ["tea", `oddity-${i}`])),
      ...people(40).map((who) => buys(`${who}-p`, ["pot", "cup"])),
      ...people(40).map((who, i) => buys(`${who}-q`, ["pot", `other-${i}`])),
      ...people(60).map((who) => buys(`${who}-s`, ["soap", "cup"])),
      ...people(200).map((who) => buys(`${who}-o`, ["soap", "towel"])),
    ];
    const snapshot = snapshotOf(facts);
    const cart = scoreCrossSell(snapshot, [seed("tea"), seed("pot")], { popularityDamping: 1 });
    expect(names(snapshot, cart)[0]).toBe("cup");
    const potAlone = scoreCrossSell(snapshot, [seed("pot")], { popularityDamping: 1 });
    expect(names(snapshot, potAlone)[0]).not.toBe("cup");
  });

  describe("hostile questions", () => {
    const snapshot = snapshotOf(phones);

    test("one seed ten thousand times is one seed", () => {
      const often = Array.from({ length: 10_000 }, () => seed("phone", 1e-4));
      const scored = scoreCrossSell(snapshot, often);
      const once = scoreCrossSell(snapshot, [seed("phone")]);
      expect(names(snapshot, scored)).toEqual(names(snapshot, once));
      for (const [i, one] of scored.entries()) expect(one.score).toBeCloseTo(once[i]!.score, 5);
    });

    test.each([
      ["endless", Infinity],
      ["negative", -1],
      ["no number", Number.NaN],
    ])("a weight that is %s is none", (_, weight) => {
      expect(scoreCrossSell(snapshot, [seed("phone"), seed("milk", weight)])).toEqual(
        scoreCrossSell(snapshot, [seed("phone")]),
      );
    });

    test.each([Number.NaN, Infinity, -3, 0, 1])(
      "settings of %d leave every score a number above 0",
      (odd) => {
        for (const settings of [{ popularityDamping: odd }, { boughtWeight: odd }, { limit: odd }]) {
          for (const { score } of scoreCrossSell(snapshot, [seed("phone"), seed("bread")], settings)) {
            expect(Number.isFinite(score) && score > 0).toBe(true);
          }
        }
      },
    );

    test("a snapshot whose weights are no numbers says nothing", () => {
      const { coPurchase, coVisit } = snapshot.rows;
      const broken = (rows: typeof coPurchase) => ({ ...rows, scales: rows.scales.map(() => Number.NaN) });
      const rows = { ...snapshot.rows, coPurchase: broken(coPurchase), coVisit: broken(coVisit) };
      expect(scoreCrossSell({ ...snapshot, rows }, [seed("phone"), seed("bread")])).toEqual([]);
    });

    test("reads at most five hundred different seeds, the heaviest", () => {
      const facts = Array.from({ length: 600 }, (_, i) => buys(`p${i}`, [`a-${i}`, `b-${i}`]));
      const large = snapshotOf(facts);
      const seeds = Array.from({ length: 600 }, (_, i) => seed(`a-${i}`, i + 1));
      const found = new Set(names(large, scoreCrossSell(large, seeds, { limit: 1_000 })));
      expect([found.has("b-599"), found.has("b-100"), found.has("b-99")]).toEqual([true, true, false]);
    });
  });
});
