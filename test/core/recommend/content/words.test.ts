import { expect, test } from "vitest";
import { eachWord, fold, WORDS_MAX } from "../../../../src/core/recommend/content/words.ts";

function wordsOf(title: string): string[] {
  const folded = fold(title);
  const words: string[] = [];
  eachWord(folded, (_, from, to) => words.push(folded.slice(from, to)));
  return words;
}

test.each([
  ["Café-Crème №5", ["cafe", "creme", "no5"]],
  ["ＴＥＡＰＯＴ, Straße", ["teapot", "strasse"]],
  ["İstanbul lokum", ["istanbul", "lokum"]],
  ["陶瓷茶壶 red", ["陶瓷", "瓷茶", "茶壶", "red"]],
  ["한국어 차", ["한국어", "차"]],
  ["हिन्दी चाय", ["हिन्दी", "चाय"]],
  ["—!?  …", []],
  ["", []],
])("%s", (title, words) => {
  expect(wordsOf(title)).toEqual(words);
});

test("composed and decomposed letters are the same word", () => {
  expect(fold("cafe\u0301 が")).toBe(fold("caf\u00e9 か\u3099"));
});

test("half a character, and a title without end, do no harm", () => {
  expect(wordsOf("\ud800x tea")).toContain("tea");
  expect(wordsOf("a b ".repeat(1000)).length).toBe(WORDS_MAX);
  expect(wordsOf("茶".repeat(1000)).length).toBeLessThanOrEqual(WORDS_MAX + 1);
  expect(fold("é".repeat(1e6)).length).toBeLessThan(1000);
});

test("the same word has the same hash wherever it stands", () => {
  const hashes: number[] = [];
  eachWord(fold("tea, Tea TÉA"), (hash) => hashes.push(hash));
  expect(new Set(hashes).size).toBe(1);
  expect(hashes.length).toBe(3);
});
