import { expect, test } from "vitest";
import type { Decided } from "../../../src/core/decide/decide.ts";
import { forNobody } from "../../../src/core/decide/for-nobody.ts";
import type { World } from "../../../src/core/decide/world.ts";

const world = {} as World;
let made = 0;
const make = (): Decided[] => {
  made++;
  return [];
};

test("one question has one answer for a second, in one world; then it is decided anew", () => {
  const first = forNobody(world, "a", 1_000, make);
  expect(forNobody(world, "a", 1_999, make)).toBe(first);
  expect(made).toBe(1);
  forNobody(world, "b", 1_999, make);
  expect(made).toBe(2);
  expect(forNobody(world, "a", 2_000, make)).not.toBe(first);
  expect(made).toBe(3);
  forNobody({} as World, "a", 2_000, make);
  expect(made).toBe(4);
  // A clock that went back does not keep an answer for ever.
  forNobody(world, "a", 500, make);
  expect(made).toBe(5);
});
