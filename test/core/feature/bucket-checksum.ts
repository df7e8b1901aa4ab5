import { chooseVariation, getBucketRanges, hashBucket } from "../../../src/core/experiment/bucket.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";

// Written as escapes, so that no editor composes or decomposes them.
const PIECES = [
  "visitor-",
  "\u00e9", // an e with an acute accent, composed
  "e\u0301", // and decomposed
  "\u00c5",
  "A\u030a",
  "\u212b", // the Angstrom sign, which is neither
  "\ud83d\ude00", // an emoji of two code units
  "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67", // three, joined
  "\u2764\ufe0f",
  "\ud55c\uae00", // Hangul, composed
  "\u1112\u1161\u11ab", // and decomposed
  "\ud83d", // half an emoji
  "\u0645\u0631\u062d\u0628\u0627",
  "\u0000",
  "@shop.example",
];
const LETTERS = "0123456789abcdefABCDEF-_";

/** Ids as they occur: random letters, every third with pieces outside ASCII. */
function unitOf(rng: Rng, i: number): string {
  let unit = `${i}`;
  const length = 1 + Math.floor(rng() * 24);
  for (let k = 0; k < length; k++) unit += LETTERS[Math.floor(rng() * LETTERS.length)];
  for (let k = i % 3 === 0 ? 1 + Math.floor(rng() * 3) : 0; k > 0; k--)
    unit += PIECES[Math.floor(rng() * PIECES.length)];
  return unit;
}

/**
 * One number that stands for where many units lie: both hash versions, and the variation of three. Where it is the same,
 * every unit is in the same place.
 */
export function bucketChecksum(units: number): number {
  const rng = seededRng("buckets of many units");
  const ranges = getBucketRanges(3, 0.9, [0.5, 0.3, 0.2]);
  let sum = 0x811c9dc5;
  const add = (value: number): void => {
    sum = Math.imul(sum ^ value, 0x01000193);
  };
  for (let i = 0; i < units; i++) {
    const unit = unitOf(rng, i);
    const bucket = hashBucket("seed", unit, 2);
    add(Math.round(bucket * 10_000));
    add(Math.round(hashBucket("seed", unit, 1) * 1_000));
    add(chooseVariation(bucket, ranges));
  }
  return sum >>> 0;
}

/** What must come out, by number of units. */
export const BUCKET_CHECKSUMS: Readonly<Record<number, number>> = {
  100_000: 716_242_651,
  1_000_000: 4_156_846_670,
};
