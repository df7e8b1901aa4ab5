import { eachWord, fold } from "./words.ts";

/** Bits of a title's sketch: 64 bytes. */
const BITS = 512;
/** Words of 32 bits that a sketch takes. */
export const SKETCH_WORDS = BITS / 32;
/** Trigrams of a title that are sketched; a longer title would fill the sketch. */
const GRAMS_MAX = 64;

/** A hash made to look random in all its bits (the end of MurmurHash3). */
function mixed(hash: number): number {
  let mix = hash ^ (hash >>> 16);
  mix = Math.imul(mix, 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

function setBit(sketches: Uint32Array, at: number, hash: number): void {
  const bit = mixed(hash) & (BITS - 1);
  sketches[at + (bit >>> 5)]! |= 1 << (bit & 31);
}

const GOLDEN = 0x9e3779b9;

/**
 * Draws a title into 512 bits at `at`: a word sets as many bits as it tells (`bitsOf`), and each three neighbouring
 * letters of a telling word, its borders included, one more, so that "teapot" and "teapots" have something in common.
 * Not so for words with digits. A Bloom filter in which the number of bits is the weight.
 * @param bitsOf how much a word tells of an item, in bits; 0 for a word that every title has
 */
export function drawSketch(
  sketches: Uint32Array,
  at: number,
  title: string,
  bitsOf: (hash: number) => number,
): void {
  const folded = fold(title);
  let grams = 0;
  eachWord(folded, (hash, from, to) => {
    const bits = bitsOf(hash);
    for (let i = 0; i < bits; i++) setBit(sketches, at, hash + Math.imul(i, GOLDEN));
    if (bits < 2 || hasDigit(folded, from, to)) return;
    for (let i = from - 1; i + 2 <= to && grams < GRAMS_MAX; i++, grams++) {
      const before = i < from ? 32 : folded.charCodeAt(i);
      const after = i + 2 >= to ? 32 : folded.charCodeAt(i + 2);
      const gram = Math.imul(before, 0x01000193) ^ Math.imul(folded.charCodeAt(i + 1), 0x5bd1e995) ^ after;
      setBit(sketches, at, Math.imul(gram, GOLDEN));
    }
  });
}

/** Numbers that look alike are not alike. */
function hasDigit(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits set in the sketch at `at`. */
export function sizeOf(sketches: Uint32Array, at: number): number {
  let size = 0;
  for (let i = 0; i < SKETCH_WORDS; i++) size += ones(sketches[at + i]!);
  return size;
}

/**
 * How alike two sketches are, in [0, 1]: the cosine of their bits, less what two such sketches share by chance. 0 where
 * one is empty.
 */
export function sketchLikeness(
  sketches: Uint32Array,
  a: number,
  sizeA: number,
  b: number,
  sizeB: number,
): number {
  if (sizeA === 0 || sizeB === 0) return 0;
  let both = 0;
  for (let i = 0; i < SKETCH_WORDS; i++) both += ones(sketches[a + i]! & sketches[b + i]!);
  const chance = (sizeA * sizeB) / BITS;
  const most = Math.sqrt(sizeA * sizeB);
  return both <= chance ? 0 : Math.min(1, (both - chance) / (most - chance));
}
