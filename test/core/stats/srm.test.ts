import { describe, expect, test } from "vitest";
import { checkSrm, srmPValue } from "../../../src/core/stats/srm.ts";
import { readShared } from "../../support/shared.ts";
import { relativeError } from "./relative-error.ts";

type Row = { users: number[]; weights: number[]; p: number };

const text = readShared("vectors/gbstats/gbstats_vectors.json");
const rows = text === undefined ? [] : (JSON.parse(text) as { srm: Row[] }).srm;

describe.skipIf(text === undefined)("gbstats 0.8.0, p within 1e-9 relative", () => {
  test("six rows", () => expect(rows).toHaveLength(6));

  test.each(rows)("users $users over weights $weights", ({ users, weights, p }) => {
    expect(relativeError(srmPValue(users, weights), p)).toBeLessThan(1e-9);
  });
});

// gbstats counts the empty arm as a degree of freedom and says 0.975; with one degree of freedom it is 0.823 (mpmath: 0.8226266445).
test("a variation of weight zero is no degree of freedom", () => {
  const p = srmPValue([1000, 0, 990], [0.5, 0, 0.5]);
  expect(p).toBeCloseTo(0.8226266445, 9);
  expect(p).toBe(srmPValue([1000, 990], [0.5, 0.5]));
});

// The p of the broken split by mpmath at 40 digits.
describe("the verdict", () => {
  test.each<[name: string, users: number[], weights: number[], p: number | null, blocks: boolean]>([
    ["a matching split passes", [1000, 1000], [0.5, 0.5], 1, false],
    ["a broken split blocks", [1000, 1300], [0.5, 0.5], 3.964159708e-10, true],
    ["two users in a rare variation are too few to tell", [20, 2], [0.99, 0.01], null, false],
    ["nobody is too few to tell", [0, 0], [0.5, 0.5], null, false],
    ["one variation with a weight has no split", [100, 0], [1, 0], null, false],
  ])("%s", (_, users, weights, p, blocks) => {
    const check = checkSrm(users, weights);
    if (p === null) expect(check.p).toBeNull();
    else expect(relativeError(check.p!, p)).toBeLessThan(1e-9);
    expect(check.blocks).toBe(blocks);
    expect(check.threshold).toBe(0.001);
  });
});
