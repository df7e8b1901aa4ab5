import { expect, test } from "vitest";
import { countList, LIST, meansOf, noAccuracy } from "../../../bench/session/accuracy.ts";
import { parseExamples } from "../../../bench/session/read-srgnn.ts";
import { parseTsv } from "../../../bench/session/read-tsv.ts";

test("rank counts for the next item, precision and recall for all that is left, repeats too", () => {
  const accuracy = noAccuracy();
  countList(accuracy, ["a", "b", "c"], ["b", "c", "b", "x"], (item) => (item === "a" ? 1 : 0));
  const { hr20, mrr20, precision20, recall20, map20, coverage, popularity } = meansOf(accuracy, 6);
  expect([hr20, mrr20, precision20, recall20]).toEqual([1, 0.5, 0.1, 0.5]);
  // (1 ∕ 20) × ¼ at the second place, (2 ∕ 20) × ¼ at the third.
  expect([map20, coverage, popularity]).toEqual([0.0375, 0.5, 0.3333]);
});

test("the twentieth place counts for all but average precision", () => {
  const accuracy = noAccuracy();
  const list = Array.from({ length: LIST }, (_, i) => `i${i}`);
  countList(accuracy, list, ["i19"], () => 0);
  const { hr20, mrr20, map20 } = meansOf(accuracy, 20);
  expect([hr20, mrr20, map20]).toEqual([1, 0.05, 0]);
});

test("prefixes of one session become that session, whichever way they run", () => {
  const sessions = (lines: string[]) =>
    parseExamples(lines, 0, "f").map(({ clicks, from }) => [clicks.map(({ item }) => item).join(""), from]);
  expect(sessions(["1 2 3\t4", "1 2\t3", "1\t2", "5,6\t7"])).toEqual([
    ["1234", 1],
    ["567", 2],
  ]);
  expect(sessions(["1\t2", "1 2\t3", "1\t3"])).toEqual([
    ["123", 1],
    ["13", 1],
  ]);
});

test("columns go by their names, or by their places without a header", () => {
  const click = { session: "s", item: "i", at: 1500 };
  expect(parseTsv(["Time\tSessionId\tItemId", "1.5\ts\ti"], "f")).toEqual([click]);
  expect(parseTsv(["s\ti\t1.5"], "f")).toEqual([click]);
  expect(() => parseTsv(["SessionId\tItemId\tTime", "s\ti\tsoon"], "f")).toThrow(/Line 2 of f/);
});
