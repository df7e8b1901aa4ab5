import { expect, test } from "vitest";
import { chance } from "../../../src/edge/chance.ts";

test("no bytes are given twice, however many are asked for", () => {
  const given = Array.from({ length: 2_000 }, () => chance(12).join());
  expect(new Set(given).size).toBe(2_000);
  expect(chance(10_000).length).toBe(10_000);
});

test("what was given is not changed by what is given later", () => {
  const one = chance(12);
  const text = one.join();
  for (let i = 0; i < 1_000; i++) chance(12).fill(0);
  expect(one.join()).toBe(text);
});
