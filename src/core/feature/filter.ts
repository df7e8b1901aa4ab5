import { hashBucket, type BucketRange } from "../experiment/bucket.ts";
import type { Attributes } from "../segment/evaluate.ts";
import type { Filter } from "./context.ts";
import { unitOf } from "./hash-attribute.ts";

/** Whether a bucket lies in a range. @example isWithin(0.5, [0, 0.5]) // false */
export const isWithin = (bucket: number, [from, to]: BucketRange): boolean => bucket >= from && bucket < to;

/** Whether any filter leaves a unit out. Without a unit, or with a hash nobody knows, it is left out. */
export const isFilteredOut = (filters: readonly Filter[], attributes: Attributes): boolean =>
  filters.some(({ seed, ranges, hashVersion, attribute }) => {
    const { text } = unitOf(attributes, attribute || "id");
    const bucket = text === "" ? null : hashBucket(seed, text, hashVersion || 2);
    return bucket === null || !ranges.some((range) => isWithin(bucket, range));
  });
