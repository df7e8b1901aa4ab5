import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  mayTell,
  withheldCells,
  withheldGrid,
  withheldSets,
  withheldShares,
} from "../../../src/core/insight/withhold.ts";

const counts = fc.array(fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 400 })), {
  minLength: 1,
  maxLength: 8,
});
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

describe("one group of a larger one", () => {
  test.each([
    [4, Infinity, false],
    [5, Infinity, true],
    [0, 100, false],
    [95, 100, true],
    [96, 100, false],
    [99, 100, false],
    [100, 100, true],
  ])("%i of %d: %s", (people, of, expected) => expect(mayTell(people, of)).toBe(expected));
});

describe("cells of a told total", () => {
  test.each([
    [
      [40, 9, 3],
      [false, true, true],
    ],
    [
      [40, 9],
      [false, false],
    ],
    [
      [40, 2, 3],
      [false, true, true],
    ],
    [
      [40, 2, 1, 8],
      [false, true, true, true],
    ],
    [
      [0, 40, 9],
      [false, false, false],
    ],
    [[3], [true]],
    [
      [3, 0],
      [true, false],
    ],
  ])("%j → %j", (people, expected) => expect(withheldCells(people)).toEqual(expected));

  test("whoever takes the told cells from the total has nobody, or at least two cells with at least 5 people", () => {
    fc.assert(
      fc.property(counts, (people) => {
        const withheld = withheldCells(people);
        people.forEach((n, i) => expect(n > 0 && n < 5 && !withheld[i]).toBe(false));
        const rest = people.filter((n, i) => withheld[i] && n > 0);
        const isSafe = rest.length === 0 || (rest.length >= 2 && sum(rest) >= 5);
        expect(isSafe || withheld.every((is, i) => is || people[i] === 0)).toBe(true);
      }),
    );
  });
});

test("a table with told sums of rows and columns has no row and no column with a single withheld cell", () => {
  const grid = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 5, max: 200 })), {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: rows, maxLength: rows },
      ),
    );
  fc.assert(
    fc.property(grid, (people) => {
      const withheld = withheldGrid(people);
      const lines = [
        ...people.map((row, i) => row.map((n, j) => ({ n, is: withheld[i]![j]! }))),
        ...people[0]!.map((_, j) => people.map((row, i) => ({ n: row[j]!, is: withheld[i]![j]! }))),
      ];
      for (const line of lines) {
        const hidden = line.filter(({ n, is }) => is && n > 0);
        const told = line.filter(({ n, is }) => !is && n > 0);
        expect(told.every(({ n }) => n >= 5)).toBe(true);
        if (told.length > 0 && hidden.length > 0) {
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          expect(sum(hidden.map(({ n }) => n))).toBeGreaterThanOrEqual(5);
        }
      }
    }),
  );
});

test("a share is withheld with its rest, and another group's with it", () => {
  const groups = [
    { of: 50, people: 3 },
    { of: 60, people: 20 },
    { of: 70, people: 30 },
  ];
  expect(withheldShares(groups)).toEqual([true, true, false]);
  expect(withheldShares([{ of: 50, people: 48 }, ...groups.slice(1)])).toEqual([true, false, true]);
  expect(withheldShares([{ of: 50, people: 0 }, ...groups.slice(1)])).toEqual([false, false, false]);
});

describe("sets that overlap", () => {
  const setsOf = (sets: readonly (readonly number[])[], all: number) =>
    withheldSets(
      sets.map(({ length }) => length),
      (a, b) => sets[a]!.filter((x) => sets[b]!.includes(x)).length,
      all,
    );
  const range = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i);

  test.each([
    ["apart", [range(0, 20), range(20, 40)], [false, false]],
    ["few", [range(0, 4), range(20, 40)], [true, false]],
    ["all but few", [range(0, 97), range(20, 40)], [true, false]],
    ["one within the other and few more", [range(0, 20), range(0, 23)], [true, false]],
    ["the same", [range(0, 20), range(0, 20)], [false, false]],
    ["nearly the same", [range(0, 20), range(2, 22)], [false, true]],
  ])("%s", (_, sets, expected) => expect(setsOf(sets, 100)).toEqual(expected));
});

test("whoever takes told shares from the share of all learns nothing of fewer than 5", () => {
  const group = fc
    .tuple(fc.integer({ min: 5, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([of, share]) => ({ of, people: Math.round(of * share) }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 6 }), (groups) => {
      const withheld = withheldShares(groups);
      const hidden = groups.filter((_, i) => withheld[i]);
      if (withheld.every(Boolean)) return;
      for (const countOf of [
        ({ people }: (typeof groups)[0]) => people,
        ({ of, people }: (typeof groups)[0]) => of - people,
      ]) {
        const left = hidden.map(countOf).filter((n) => n > 0);
        expect(left.length === 0 || (left.length > 1 && sum(left) >= 5)).toBe(true);
        groups.forEach((one, i) => expect(!withheld[i] && countOf(one) > 0 && countOf(one) < 5).toBe(false));
      }
    }),
  );
});
