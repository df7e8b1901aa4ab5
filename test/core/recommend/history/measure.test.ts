import { describe, expect, test } from "vitest";
import { measure } from "../../../bench/nextbasket/measure.ts";
import { tifuKnn, topLists, upCf } from "../../../bench/nextbasket/reference.ts";
import { BadInput, splitOf, textOf } from "../../../bench/nextbasket/split.ts";

const history = JSON.stringify({
  a: [[-1], [1, 2], [2, 2], [-1]],
  b: [[-1], [2, 3], [-1]],
  c: [[-1], [4], [-1]],
});
const future = JSON.stringify({ a: [[-1], [2, 3], [-1]], b: [[-1], [9], [-1]] });
const keyset = JSON.stringify({ val: ["a"], test: ["b"] });

describe("the bench reads", () => {
  test("baskets without their marks, each item once; users of the asked part only", () => {
    const { all, asked } = splitOf({ history, future, keyset }, "val");
    expect(all.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([{ id: "a", orders: [["1", "2"], ["2"]], next: ["2", "3"] }]);
    expect(splitOf({ history, future }, "test").asked.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test.each([
    [{ history: "no", future }],
    [{ history: "[]", future }],
    [{ history: '{"a": 5}', future }],
    [{ history: '{"a": [5]}', future }],
    [{ history, future: "{}" }],
    [{ history, future, keyset: "{}" }],
  ])("what it cannot use with a message and no trace: %j", (texts) => {
    expect(() => splitOf(texts, "val")).toThrow(BadInput);
  });

  test("no file that is not there", () => expect(() => textOf("/nowhere.json")).toThrow(BadInput));
});

test("measures by hand: one of two found in second place", () => {
  const { asked } = splitOf({ history, future, keyset }, "val");
  const figures = measure(asked, () => ["x", "3"]);
  expect(figures).toMatchObject({ recall10: 0.5, phr10: 1, recall20: 0.5 });
  expect(figures.ndcg10).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 4);
});

test("the reference algorithms put a person's own habit first", () => {
  const { all, asked } = splitOf({ history, future, keyset }, "val");
  for (const { predict } of [...topLists(all), tifuKnn(all), upCf(all)])
    expect(predict(asked[0]!)[0]).toBe("2");
});
