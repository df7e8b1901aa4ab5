import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditClicks, preferencesOf } from "../../../src/core/interleave/credits.ts";
import { teamDraft } from "../../../src/core/interleave/team-draft.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { runNull, runRatio } from "../../bench/stats/interleave.ts";

const heads = () => 0;
const text = (shown: readonly { item: string; team: string | null }[]) =>
  shown.map(({ item, team }) => `${item}:${team ?? "-"}`).join(" ");

describe("the draft", () => {
  test.each([
    ["different lists by turns", "abc", "xyz", 6, "a:a x:b b:a y:b c:a z:b"],
    ["an item on both lists is put once", "abc", "xay", 4, "a:a x:b b:a y:b"],
    ["what both would put next gives no credit", "abc", "axb", 4, "a:- b:a x:b c:-"],
    ["no more than asked for", "abc", "xyz", 3, "a:a x:b b:a"],
    ["a longer list fills up without credit", "a", "xyz", 4, "a:a x:b y:- z:-"],
    ["one empty list gives no credit", "", "xy", 3, "x:- y:-"],
    ["the same single item tells nothing", "a", "a", 2, "a:-"],
    ["two of the same mind", "abc", "abc", 3, "a:- b:- c:-"],
    ["duplicates in a list are put once", "aab", "xxy", 4, "a:a x:b b:a y:b"],
    ["nothing to show", "", "", 3, ""],
    ["nothing asked for", "ab", "xy", 0, ""],
  ])("%s", (_, a, b, count, wanted) => {
    expect(text(teamDraft([...a], [...b], count, heads))).toBe(wanted);
  });

  test("the same decision draws the same list", () => {
    const draw = (id: string) => text(teamDraft([..."abcdef"], [..."fedcba"], 6, seededRng(id)));
    expect(draw("d1")).toBe(draw("d1"));
    expect(new Set(Array.from({ length: 40 }, (_, i) => draw(`d${i}`))).size).toBeGreaterThan(4);
  });

  const list = fc.array(fc.constantFrom(..."abcdefgh"), { maxLength: 10 });
  test("any lists: every item once, all that can be shown is, teams never apart by more than one", () => {
    fc.assert(
      fc.property(list, list, fc.nat(12), fc.string(), (a, b, count, seed) => {
        const shown = teamDraft(a, b, count, seededRng(seed));
        const items = shown.map(({ item }) => item);
        expect(new Set(items).size).toBe(items.length);
        expect(items.length).toBe(Math.min(count, new Set([...a, ...b]).size));
        const size = (team: string) => shown.filter((one) => one.team === team).length;
        // Apart by one only where the list ends in the middle of a round.
        const isCut = shown.length === count;
        expect(Math.abs(size("a") - size("b"))).toBeLessThanOrEqual(isCut ? 1 : 0);
        for (const { item, team } of shown)
          if (team !== null) expect((team === "a" ? a : b).includes(item)).toBe(true);
      }),
    );
  });

  test("both teams get every place equally often", () => {
    const firsts = Array.from({ length: 4000 }, (_, i) =>
      teamDraft([..."abc"], [..."xyz"], 3, seededRng(`fair-${i}`)).map(({ team }) => team === "a"),
    );
    for (const place of [0, 1, 2]) {
      const share = firsts.filter((teams) => teams[place]).length / firsts.length;
      expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
    }
  });
});

describe("credits", () => {
  const shown = teamDraft([..."abc"], [..."xyz"], 6, heads);
  test("a click counts once, for the side that put the item there", () => {
    expect(creditClicks(shown, ["a", "a", "b", "z", "unknown"])).toEqual({ a: 2, b: 1 });
    expect(creditClicks(shown, [])).toEqual({ a: 0, b: 0 });
    expect(creditClicks([{ item: "q", team: null }], ["q"])).toEqual({ a: 0, b: 0 });
  });
  test("one user, one vote", () => {
    const users = [
      [{ a: 9, b: 0 }],
      [
        { a: 0, b: 1 },
        { a: 1, b: 1 },
      ],
      [
        { a: 1, b: 0 },
        { a: 0, b: 1 },
      ],
      [],
    ];
    expect(preferencesOf(users)).toEqual({ a: 1, b: 1, ties: 2 });
  });
});

test("a small run of the click model: fewer visitors than a split test, few false alarms", () => {
  expect(runRatio({ delta: 0.5, users: 1000, runs: 25, visitors: 4000 }).equivalentUserRatio).toBeGreaterThan(
    2,
  );
  expect(runNull({ users: 300, runs: 100 }).alarmShare).toBeLessThan(0.13);
});
