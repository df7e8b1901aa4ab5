import { describe, expect, test } from "vitest";
import {
  chooseVariation,
  getBucketRanges,
  getEqualWeights,
  hashBucket,
  inNamespace,
  type BucketRange,
  type Namespace,
} from "../../../src/core/experiment/bucket.ts";
import { readShared } from "../../support/shared.ts";

type Cases = {
  hash: [seed: string, value: string, version: number, expected: number | null][];
  getBucketRange: [
    name: string,
    input: [n: number, coverage: number, weights: number[] | null],
    expected: BucketRange[],
  ][];
  chooseVariation: [name: string, bucket: number, ranges: BucketRange[], expected: number][];
  getEqualWeights: [n: number, expected: number[]][];
  inNamespace: [name: string, unit: string, namespace: Namespace, expected: boolean][];
};

const text = readShared("vectors/growthbook/cases.json");
const none: Cases = {
  hash: [],
  getBucketRange: [],
  chooseVariation: [],
  getEqualWeights: [],
  inNamespace: [],
};
const cases = text === undefined ? none : (JSON.parse(text) as Cases);

describe.skipIf(text === undefined)("GrowthBook bucketing vectors, spec 0.8.0", () => {
  test("all are here", () => {
    const counts = [
      cases.hash,
      cases.getBucketRange,
      cases.chooseVariation,
      cases.getEqualWeights,
      cases.inNamespace,
    ];
    expect(counts.map((list) => list.length)).toEqual([15, 13, 13, 6, 16]);
  });

  test.each(cases.hash)("hash of %j, %j, version %j is %j, exactly", (seed, value, version, expected) => {
    expect(hashBucket(seed, value, version)).toBe(expected);
  });

  // The vectors are rounded to eight decimals or fewer.
  test.each(cases.getBucketRange)("bucket ranges: %s, within 1e-8", (_, [n, coverage, weights], expected) => {
    const ranges = getBucketRanges(n, coverage, weights);
    expect(ranges).toHaveLength(expected.length);
    ranges.flat().forEach((edge, i) => expect(Math.abs(edge - expected.flat()[i]!)).toBeLessThan(1e-8));
  });

  test.each(cases.chooseVariation)("choose variation: %s", (_, bucket, ranges, expected) => {
    expect(chooseVariation(bucket, ranges)).toBe(expected);
  });

  test.each(cases.getEqualWeights)("equal weights for %i, within 1e-8", (n, expected) => {
    const weights = getEqualWeights(n);
    expect(weights).toHaveLength(expected.length);
    weights.forEach((weight, i) => expect(Math.abs(weight - expected[i]!)).toBeLessThan(1e-8));
  });

  test.each(cases.inNamespace)("in namespace: %s", (_, unit, namespace, expected) => {
    expect(inNamespace(unit, namespace)).toBe(expected);
  });
});

// Computed once by an independent FNV-1a in Python with exact integers, over the UTF-16 code units of the text. Over
// UTF-8 bytes version 2 would give the last column, as GrowthBook's SDKs in some other languages do.
describe("non-ASCII units hash by UTF-16 code unit", () => {
  test.each([
    ["exp", "zoë", 0.262, 0.9868, 0.5448],
    ["exp", "日本", 0.283, 0.6896, 0.4647],
    ["exp", "🛒", 0.385, 0.1326, 0.0457],
    ["größe", "a", 0.841, 0.3985, 0.3915],
    ["exp", "Ω-42", 0.488, 0.5746, 0.4976],
  ])("seed %s, unit %s", (seed, unit, version1, version2, overUtf8) => {
    expect(hashBucket(seed, unit, 1)).toBe(version1);
    expect(hashBucket(seed, unit, 2)).toBe(version2);
    expect(hashBucket(seed, unit, 2)).not.toBe(overUtf8);
  });
});
