import { expect, test } from "vitest";
import { numbersIn, setOf, union } from "../../../bench/session/reference/python-set.ts";

test("small numbers stand in order, a taken place moves its number on", () => {
  expect(numbersIn(setOf([3, 1, 2]))).toEqual([1, 2, 3]);
  expect(numbersIn(setOf([9, 1, 0]))).toEqual([0, 9, 1]);
});

test("a union has each number once", () => {
  const all = union(setOf([1, 2, 40]), setOf([40, 2, 7]));
  expect(numbersIn(all).toSorted((a, b) => a - b)).toEqual([1, 2, 7, 40]);
  expect(all.used).toBe(4);
});
