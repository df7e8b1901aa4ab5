import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Experiment } from "../../../src/core/config/config.ts";
import { firstTurn, nextTurn, periodsOf } from "../../../src/core/bandit/turns.ts";

const experiment = (parts: object = {}): Experiment =>
  v.parse(Experiment, {
    id: "b",
    variations: [{ id: "a" }, { id: "b" }],
    bandit: { goal: "conversion" },
    ...parts,
  });
const tally = (part: string, users: number, buyers: number) => ({ part, sums: { users, buyers } });

describe("the shares of a bandit", () => {
  test("move to what does better, and stay where nothing has moved", () => {
    const first = firstTurn(experiment(), 0);
    const tallies = [tally("a#0", 1000, 50), tally("b#0", 1000, 90)];
    const second = nextTurn(experiment(), [first], tallies, 1)!;
    expect(second).toMatchObject({ version: 1, from: 1 });
    expect(second.weights[1]).toBeGreaterThan(0.95);
    expect(second.weights[0]! + second.weights[1]!).toBeCloseTo(1, 12);
    expect(nextTurn(experiment(), [first, second], tallies, 2)).toBeUndefined();
  });

  test.each([
    ["nobody on one side", [tally("a#0", 75, 0), tally("b#0", 75, 75)]],
    ["nobody at all", [tally("a#0", 500, 0), tally("b#0", 500, 0)]],
    ["everybody", [tally("a#0", 500, 500), tally("b#0", 500, 500)]],
    ["no visitors", []],
  ])("are never NaN: %s did it", (_, tallies) => {
    const turn = nextTurn(experiment(), [firstTurn(experiment(), 0)], tallies, 1);
    for (const weight of turn?.weights ?? []) expect(weight).toBeGreaterThan(0);
  });

  test("of a variation with weight 0 stay 0", () => {
    const off = experiment({
      variations: [
        { id: "a", weight: 0.5 },
        { id: "b", weight: 0.5 },
        { id: "c", weight: 0 },
      ],
    });
    const turn = nextTurn(off, [firstTurn(off, 0)], [tally("a#0", 900, 40), tally("b#0", 900, 80)], 1)!;
    expect(turn.weights[2]).toBe(0);
  });

  test("differ by context where variations do", () => {
    const split = experiment({ bandit: { contexts: [{ id: "new", when: { "signals.visits": 1 } }] } });
    const first = firstTurn(split, 0);
    const tallies = [
      tally("a#0", 1000, 50),
      tally("b#0", 1000, 110),
      tally("a#0@new", 1000, 110),
      tally("b#0@new", 1000, 50),
    ];
    const turn = nextTurn(split, [first], tallies, 1)!;
    expect(turn.weights[1]).toBeGreaterThan(0.9);
    expect(turn.leaves!["new"]![0]).toBeGreaterThan(0.9);
    const [, second] = periodsOf(split, [first, turn], [...tallies, tally("a#1@new", 10, 2)], "new");
    expect(second!.weights).toEqual(turn.leaves!["new"]);
    expect(second!.arms[0]).toEqual({ n: 10, sum: 2, sumSquares: 2 });
  });
});
