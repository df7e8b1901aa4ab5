import type { CatalogItem } from "../../catalog/item.ts";
import { STEP, type Steps } from "../../primitives/steps.ts";
import { eachWord, fold, WORDS_MAX } from "./words.ts";

/** Which titles have a word. Words are told apart by a hash of some bits; two that share a bucket are one word. */
export type WordIndex = {
  /** Titles that have a word, by the word's bucket; the number of buckets is a power of two. */
  readonly titlesWith: Uint32Array;
  /** Ordinals by bucket of a rare word: those of bucket `b` lie from `starts[b]` up to `starts[b + 1]`, rising. */
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
};

/** A word in more titles than this finds nobody: it says too little. */
const RARE_MAX = 256;
const BUCKETS_MIN = 1 << 10;
const BUCKETS_MAX = 1 << 17;

/** Words of all titles, one after the other; those of title `i` end at `ends[i]`. */
type AllWords = { readonly buckets: Uint32Array; readonly ends: Uint32Array };

/** The index of all titles. Linear in their text: each is read once, a few thousand at a time. */
export function* wordIndexSteps(items: readonly CatalogItem[]): Steps<WordIndex> {
  let size = BUCKETS_MIN;
  while (size < items.length * 4 && size < BUCKETS_MAX) size *= 2;
  const titlesWith = new Uint32Array(size);
  const all = yield* readWords(items, size - 1);
  countTitles(titlesWith, all);
  const starts = new Uint32Array(size + 1);
  let rare = 0;
  for (let bucket = 0; bucket < size; bucket++) {
    starts[bucket] = rare;
    const titles = titlesWith[bucket]!;
    if (titles >= 2 && titles <= RARE_MAX) rare += titles;
  }
  starts[size] = rare;
  return { titlesWith, starts, ordinals: listTitles(starts, all) };
}

function* readWords(items: readonly CatalogItem[], mask: number): Steps<AllWords> {
  const ends = new Uint32Array(items.length);
  let buckets = new Uint32Array(items.length * 6 + WORDS_MAX);
  let from = 0;
  let length = 0;
  const add = (hash: number) => {
    const bucket = hash & mask;
    for (let at = from; at < length; at++) if (buckets[at] === bucket) return;
    buckets[length++] = bucket;
  };
  for (let i = 0; i < items.length; i++) {
    if (length + WORDS_MAX > buckets.length) {
      const wider = new Uint32Array(buckets.length * 2);
      wider.set(buckets);
      buckets = wider;
    }
    from = length;
    eachWord(fold(items[i]!.title), add);
    ends[i] = length;
    if (i % STEP === STEP - 1) yield;
  }
  return { buckets, ends };
}

function countTitles(titlesWith: Uint32Array, { buckets, ends }: AllWords): void {
  const length = ends.at(-1) ?? 0;
  for (let at = 0; at < length; at++) titlesWith[buckets[at]!]! += 1;
}

function listTitles(starts: Uint32Array, { buckets, ends }: AllWords): Uint32Array {
  const ordinals = new Uint32Array(starts.at(-1)!);
  const next = starts.slice();
  let at = 0;
  for (let ordinal = 0; ordinal < ends.length; ordinal++) {
    for (const end = ends[ordinal]!; at < end; at++) {
      const bucket = buckets[at]!;
      // A common word has no list: it starts where the next one does.
      if (starts[bucket] !== starts[bucket + 1]) ordinals[next[bucket]!++] = ordinal;
    }
  }
  return ordinals;
}
