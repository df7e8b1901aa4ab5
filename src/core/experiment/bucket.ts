import { fnv1a32 } from "../primitives/hash.ts";

/** From (inclusive) and to (exclusive), within [0, 1). */
export type BucketRange = readonly [from: number, to: number];

/** A stretch of a shared hash space, so that experiments with disjoint stretches never meet in one unit. */
export type Namespace = readonly [name: string, from: number, to: number];

/**
 * The bucket of a unit: a number in [0, 1), the same everywhere and forever. Version 1 has steps of 0.001 and a known
 * bias between experiments; version 2 has steps of 0.0001. Any other version is `null`.
 * Source: GrowthBook SDK specification 0.8.0, `hash`. Text is hashed by UTF-16 code unit, as its JavaScript SDK does;
 * SDKs that hash UTF-8 bytes put a non-ASCII unit elsewhere.
 * @example hashBucket("seed", "a", 2) // 0.0505
 */
export function hashBucket(seed: string, value: string, version: 1 | 2): number;
export function hashBucket(seed: string, value: string, version: number): number | null;
export function hashBucket(seed: string, value: string, version: number): number | null {
  if (version === 2) return (fnv1a32(String(fnv1a32(seed + value))) % 10_000) / 10_000;
  if (version === 1) return (fnv1a32(value + seed) % 1000) / 1000;
  return null;
}

/** Equal shares for `n` variations; none for `n` below 1. @example getEqualWeights(4) // [0.25, 0.25, 0.25, 0.25] */
export function getEqualWeights(n: number): number[] {
  return n < 1 ? [] : Array.from({ length: n }, () => 1 / n);
}

/**
 * Where each of `n` variations lies in the hash space. Every range starts where it would at full coverage, so raising
 * the coverage only lets more units in and moves nobody. Coverage is brought into [0, 1]; weights of another length, or
 * whose sum is not 0.99 to 1.01, are replaced by equal ones.
 * Source: GrowthBook SDK specification 0.8.0, `getBucketRanges`.
 * @example getBucketRanges(2, 0.5, [0.4, 0.6]) // [[0, 0.2], [0.4, 0.7]]
 */
export function getBucketRanges(
  n: number,
  coverage: number,
  weights: readonly number[] | null,
): BucketRange[] {
  const share = Math.min(1, Math.max(0, coverage));
  const usable = weights !== null && isSplit(weights, n) ? weights : getEqualWeights(n);
  let start = 0;
  return usable.map((weight) => {
    const from = start;
    start += weight;
    return [from, from + share * weight] as const;
  });
}

/** Whether weights can split `n` variations: as many, and adding up to 1 within a hundredth. */
export function isSplit(weights: readonly number[], n: number): boolean {
  if (weights.length !== n) return false;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum >= 0.99 && sum <= 1.01;
}

/** Index of the range that holds a bucket, or -1. @example chooseVariation(0.6, [[0, 0.5], [0.5, 1]]) // 1 */
export function chooseVariation(bucket: number, ranges: readonly BucketRange[]): number {
  return ranges.findIndex(([from, to]) => bucket >= from && bucket < to);
}

/** Whether a unit lies in a namespace's stretch. @example inNamespace("1", ["namespace1", 0.4, 1]) // true */
export function inNamespace(unit: string, [name, from, to]: Namespace): boolean {
  const bucket = hashBucket(`__${name}`, unit, 1);
  return bucket >= from && bucket < to;
}
