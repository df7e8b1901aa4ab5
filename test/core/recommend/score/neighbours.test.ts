import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import { scoreNeighbours } from "../../../../src/core/recommend/score/neighbours.ts";
import { scoreAlsoViewed } from "../../../../src/core/recommend/score/related.ts";
import type { Scored } from "../../../../src/core/recommend/score/scratch.ts";
import { scoreVisit } from "../../../../src/core/recommend/score/visit.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { emptySnapshot, type ModelSnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { NOON, people, taught, views } from "../facts.ts";

const snapshotOf = (facts: readonly Fact[], minCustomers = 1) =>
  publish(taught(facts), { minCustomers, version: 1, now: NOON });
const visit = (items: readonly string[]) => items.map((item, ageRank) => ({ item, ageRank }));
const names = (snapshot: ModelSnapshot, scored: readonly Scored[]) =>
  scored.map(({ index }) => snapshot.items[index]!);
const scoreOf = (snapshot: ModelSnapshot, scored: readonly Scored[], item: string) =>
  scored.find(({ index }) => snapshot.items[index] === item)!.score;

describe("scoreNeighbours", () => {
  test("weighs a session by what it shares, its age and its length, and an item by nearness and popularity", () => {
    const snapshot = snapshotOf([...views("one", ["a", "b"]), ...views("two", ["c", "a", "d"])]);
    const scored = scoreNeighbours(snapshot, visit(["a"]), 10);
    // The older of two sessions: exp(−1 of 2 ...) by place; two and three items long.
    const older = Math.exp(-1) / Math.sqrt(3);
    const newer = Math.exp(-1 / 2) / Math.sqrt(4);
    const step = Math.exp(-1 / 3);
    expect(scoreOf(snapshot, scored, "b")).toBeCloseTo((older * step) / 2 ** 0.2, 6);
    expect(scoreOf(snapshot, scored, "d")).toBeCloseTo((newer * step) / 2 ** 0.2, 6);
    expect(scoreOf(snapshot, scored, "a")).toBeCloseTo((older + newer) / 3 ** 0.2, 6);
  });

  test("counts items lately looked at for more", () => {
    const snapshot = snapshotOf([
      ...views("one", ["recent", "after-recent"]),
      ...views("two", ["earlier", "after-earlier"]),
    ]);
    const found = names(snapshot, scoreNeighbours(snapshot, visit(["recent", "earlier"]), 10));
    expect(found.indexOf("after-recent")).toBeLessThan(found.indexOf("after-earlier"));
  });

  test("says nothing that fewer than k different people stand behind", () => {
    const crowd = people(5).flatMap((who) => views(who, ["a", "b"]));
    // One person, again and again: "c" is seen by five people, but beside "a" by one.
    const alone = Array.from({ length: 20 }, (_, session) => views("alone", ["a", "c"], session)).flat();
    const others = people(5).flatMap((who) => views(`${who}-x`, ["c", "d"]));
    const snapshot = snapshotOf([...crowd, ...alone, ...others], 5);
    const scored = scoreNeighbours(snapshot, visit(["a"]), 10);
    expect(names(snapshot, scored).sort()).toEqual(["a", "b"]);
    expect(scored.find(({ index }) => snapshot.items[index] === "b")!.evidence).toMatchObject({
      row: "sessions",
      customers: 5,
      seed: snapshot.index.get("a"),
    });
    // And nothing is left over from one call to the next.
    expect(names(snapshot, scoreNeighbours(snapshot, visit(["d"]), 10)).sort()).toEqual(["c", "d"]);
  });

  test("looks at the newest sessions only, and hears the most similar of them", () => {
    const old = people(10).flatMap((who) => views(who, ["a", "old"]));
    const fresh = people(3).flatMap((who) => views(`${who}-f`, ["a", "b", "fresh"]));
    const snapshot = snapshotOf([...old, ...fresh]);
    const few = { perItem: 3, compared: 1000, heard: 400 };
    expect(names(snapshot, scoreNeighbours(snapshot, visit(["a"]), 10, few))).not.toContain("old");
    const compared = { perItem: 300, compared: 3, heard: 400 };
    expect(names(snapshot, scoreNeighbours(snapshot, visit(["a"]), 10, compared))).not.toContain("old");
    const heard = { perItem: 300, compared: 1000, heard: 3 };
    expect(names(snapshot, scoreNeighbours(snapshot, visit(["b", "a"]), 10, heard))).not.toContain("old");
  });

  test("bears nonsense: an empty model, unknown items, a visit of ten thousand, moments that are no number", () => {
    expect(scoreNeighbours(emptySnapshot(), visit(["a"]), 10)).toEqual([]);
    const snapshot = snapshotOf(people(3).flatMap((who) => views(who, ["a", "b"])));
    expect(scoreNeighbours(snapshot, visit(["nobody", "knows"]), 10)).toEqual([]);
    expect(scoreNeighbours(snapshot, [], 10)).toEqual([]);
    const long = Array.from({ length: 10_000 }, (_, i) => (i % 2 === 0 ? "a" : "b"));
    for (const { score } of scoreVisit(snapshot, visit(long), 10)) expect(score).toBeGreaterThan(0);
    const odd = [
      { item: "a", ageRank: Number.NaN },
      { item: "b", ageRank: -5 },
      { item: "a", ageRank: Number.POSITIVE_INFINITY },
    ];
    for (const { score } of scoreNeighbours(snapshot, odd, 10)) expect(Number.isFinite(score)).toBe(true);
  });
});

describe("scoreVisit", () => {
  const crowd = () =>
    snapshotOf([
      ...people(6).flatMap((who) => views(who, ["a", "b", "c"])),
      ...people(4).flatMap((who) => views(`${who}-x`, ["c", "d"])),
    ]);

  test("adds the places an item has with both experts", () => {
    const snapshot = crowd();
    const rows = names(snapshot, scoreAlsoViewed(snapshot, visit(["a"]), 100));
    const neighbours = names(snapshot, scoreNeighbours(snapshot, visit(["a"]), 100));
    for (const { index, score } of scoreVisit(snapshot, visit(["a"]), 10, 0.25)) {
      const item = snapshot.items[index]!;
      const share = (list: string[], weight: number) =>
        list.includes(item) ? weight / (list.indexOf(item) + 10) : 0;
      expect(score).toBeCloseTo(share(rows, 0.75) + share(neighbours, 0.25), 9);
    }
  });

  test("a longer answer begins with the shorter one", () => {
    const snapshot = crowd();
    const long = names(snapshot, scoreVisit(snapshot, visit(["a", "d"]), 50));
    expect(names(snapshot, scoreVisit(snapshot, visit(["a", "d"]), 2))).toEqual(long.slice(0, 2));
  });

  test("asks one expert alone where the weight says so", () => {
    const snapshot = crowd();
    const asked = visit(["a"]);
    expect(scoreVisit(snapshot, asked, 10, 0)).toEqual(scoreAlsoViewed(snapshot, asked, 10));
    expect(names(snapshot, scoreVisit(snapshot, asked, 10, 1))).toEqual(
      names(snapshot, scoreNeighbours(snapshot, asked, 10)),
    );
  });
});
