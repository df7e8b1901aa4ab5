import { describe, expect, test } from "vitest";
import {
  perfectQiniCurve,
  qiniCoefficient,
  qiniCurve,
  type ScoredOutcome,
} from "../../../src/core/uplift/qini.ts";
import { readShared } from "../../support/shared.ts";

/** "3t1" is a treated customer of score 3 who converted, "2c0" an untreated one of score 2 who did not. */
const outcomesOf = (text: string): ScoredOutcome[] =>
  text.split(" ").map((one) => {
    const [, score, arm, converted] = /^(-?\d+)([tc])([01])$/.exec(one)!;
    return { score: Number(score), isTreated: arm === "t", hasConverted: converted === "1" };
  });
const pairs = (points: ReturnType<typeof qiniCurve>) => points.map(({ targeted, gain }) => [targeted, gain]);

// Worked out on paper by the definition: treated conversions minus untreated ones times treated over untreated.
const PERFECT = outcomesOf("4t1 3c0 2t0 1c1");
const REVERSED = outcomesOf("1t1 2c0 3t0 4c1");
const TIES = outcomesOf("2t1 2c0 2t0 1c1 1t1 1c0 1t1");

describe("the curve", () => {
  test("one customer at a time", () => {
    expect(pairs(qiniCurve(PERFECT))).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 0],
    ]);
    expect(pairs(qiniCurve(REVERSED))).toEqual([
      [0, 0],
      [1, 0],
      [2, -1],
      [3, -0.5],
      [4, 0],
    ]);
  });
  test("equal scores come in together, whatever their order", () => {
    const wanted = [
      [0, 0],
      [3, 1],
      [7, 3 - 4 / 3],
    ];
    expect(pairs(qiniCurve(TIES))).toEqual(wanted);
    expect(pairs(qiniCurve(TIES.toReversed()))).toEqual(wanted);
  });
  test("an oracle's", () => {
    expect(pairs(perfectQiniCurve(TIES))).toEqual([
      [0, 0],
      [3, 3],
      [6, 3],
      [7, 3 - 4 / 3],
    ]);
  });
});

describe("the coefficient, to 1e-12", () => {
  test.each([
    ["the oracle's own order", PERFECT, 1],
    ["the worst order: -1.5 over 3", REVERSED, -0.5],
    ["ties: (41/6 - 35/6) over (95/6 - 35/6)", TIES, 0.1],
    ["one score for all is random", TIES.map((one) => ({ ...one, score: 7 })), 0],
  ])("%s", (_, outcomes, wanted) => {
    expect(Math.abs(qiniCoefficient(outcomes)! - wanted)).toBeLessThan(1e-12);
  });
  test.each([
    ["no customers", []],
    ["nobody treated", outcomesOf("1c1 2c0")],
    ["nobody untreated", outcomesOf("1t1 2t0")],
    ["nobody converted", outcomesOf("1t0 2c0 3t0")],
    ["a score that is no number", [...PERFECT, { score: Number.NaN, isTreated: true, hasConverted: true }]],
  ])("has no meaning for %s", (_, outcomes) => expect(qiniCoefficient(outcomes)).toBeUndefined());
});

// 64,000 customers of an e-mail trial; the values are scikit-uplift's with visits as the outcome.
const hillstrom = readShared("data/hillstrom/hillstrom.csv.gz");
describe.skipIf(hillstrom === undefined)("Hillstrom's e-mail trial", () => {
  test.each([
    ["history", "Mens E-Mail", 0.0184334013],
    ["womens", "Womens E-Mail", 0.0640155085],
  ])("score %s, %s against none", (column, mail, wanted) => {
    const [head, ...lines] = hillstrom!.trim().split("\n");
    const names = head!.trim().split(",");
    const outcomes = lines.flatMap((line) => {
      const cells = line.trim().split(",");
      const cell = (name: string) => cells[names.indexOf(name)]!;
      if (cell("segment") !== mail && cell("segment") !== "No E-Mail") return [];
      return {
        score: Number(cell(column)),
        isTreated: cell("segment") === mail,
        hasConverted: cell("visit") === "1",
      };
    });
    expect(Math.abs(qiniCoefficient(outcomes)! - wanted)).toBeLessThan(1e-10);
  });
});
