import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import { contentOf, type Content } from "./content.ts";
import { likeness, LIKENESS_MIN } from "./likeness.ts";
import { eachWord, fold } from "./words.ts";

/** An item like the one asked about; `similarity` in (0, 1]. */
export type Alike = { readonly ordinal: number; readonly similarity: number };

/** How many are compared, by what brought them up. */
const BY_WORDS_MAX = 96;
const BY_TYPE_MAX = 96;
const BY_BRAND_MAX = 32;
/** In a shop of no more items all are compared: a plural or a compound is no word in common, and yet alike. */
const SMALL_SHOP = 256;
/** Items passed over in lists of types and brands, and types beside its own, in one search. */
const SCAN_MAX = 3_000;
const TYPES_MAX = 64;

const everyone = () => true;

/**
 * The items most like one, best first, each product family once and its own never. Looks only at those that share a
 * rare word of the title, the type (or one above it) or the brand, at most 256 of them: however large or monotonous the
 * catalog, an answer takes the same time. Items with nothing in common are not in it, so it may be empty.
 * @param accepts whom to look at; called often, so it should be quick
 * @example contentNeighbours(catalog, catalog.ordinal.get("teapot")!, 3) // [{ ordinal: 7, similarity: 0.61 }, …]
 */
export function contentNeighbours(
  catalog: CatalogIndex,
  ordinal: number,
  limit: number,
  accepts: (ordinal: number) => boolean = everyone,
): Alike[] {
  if (catalog.items[ordinal] === undefined || limit < 1) return [];
  const content = contentOf(catalog);
  const best: Alike[] = [];
  for (const other of candidatesOf(content, ordinal, accepts)) {
    const least = best.length < limit ? LIKENESS_MIN : best.at(-1)!.similarity;
    const similarity = likeness(content, ordinal, other, least);
    if (similarity >= LIKENESS_MIN) insert(best, { ordinal: other, similarity }, limit, catalog.family);
  }
  return best;
}

/** Keeps the `limit` best, best first, one of each family; of equals the earlier in the catalog. */
function insert(best: Alike[], one: Alike, limit: number, family: Int32Array): void {
  const isBetter = (other: Alike) =>
    one.similarity > other.similarity || (one.similarity === other.similarity && one.ordinal < other.ordinal);
  const last = best.at(-1);
  if (best.length >= limit && last && !isBetter(last)) return;
  const sibling = best.findIndex((other) => family[other.ordinal] === family[one.ordinal]);
  if (sibling >= 0) {
    if (!isBetter(best[sibling]!)) return;
    best.splice(sibling, 1);
  } else if (best.length >= limit) best.pop();
  let place = best.length;
  while (place > 0 && isBetter(best[place - 1]!)) place--;
  best.splice(place, 0, one);
}

function candidatesOf(content: Content, ordinal: number, accepts: (ordinal: number) => boolean): number[] {
  const { catalog, marks, tree, words } = content;
  const { family } = catalog;
  const round = ++content.round;
  const found: number[] = [];
  let looks = 0;
  const take = (other: number): boolean => {
    looks++;
    if (marks[other] === round) return false;
    marks[other] = round;
    if (family[other] === family[ordinal] || !accepts(other)) return false;
    found.push(other);
    return true;
  };
  if (marks.length <= SMALL_SHOP) {
    for (let other = 0; other < marks.length; other++) take(other);
    return found;
  }
  for (const bucket of rareWords(content, ordinal)) {
    const from = words.starts[bucket]!;
    const to = words.starts[bucket + 1]!;
    for (let at = from; at < to && found.length < BY_WORDS_MAX; at++) take(words.ordinals[at]!);
  }
  looks = 0;
  // Those nearest in the list come first: what a shop adds together tends to belong together.
  const takeAround = (list: readonly number[] | undefined, most: number): number => {
    if (!list) return 0;
    const here = placeOf(list, ordinal);
    const steps = Math.min(Math.max(here, list.length - here), SCAN_MAX - looks);
    let taken = 0;
    for (let step = 0; taken < most && step < steps; step++) {
      if (step < here && take(list[here - 1 - step]!)) taken++;
      if (here + step < list.length && taken < most && take(list[here + step]!)) taken++;
    }
    return taken;
  };
  const { type } = catalog.items[ordinal]!;
  let room = BY_TYPE_MAX;
  if (type !== undefined) room -= takeAround(catalog.byType.get(type), room);
  takeAround(content.brands[content.brandOf[ordinal]!], BY_BRAND_MAX);
  let types = 0;
  for (let branch = tree.ofItem[ordinal]!; branch >= 0; branch = tree.parents[branch]!) {
    for (const near of tree.types[branch]!) {
      if (room <= 0 || looks >= SCAN_MAX || ++types > TYPES_MAX) return found;
      room -= takeAround(catalog.byType.get(near), room);
    }
  }
  return found;
}

/** Buckets of an item's rare words, the rarest first. */
function rareWords({ catalog, words: { titlesWith, starts } }: Content, ordinal: number): number[] {
  const buckets: number[] = [];
  eachWord(fold(catalog.items[ordinal]!.title), (hash) => {
    const bucket = hash & (titlesWith.length - 1);
    if (starts[bucket] !== starts[bucket + 1] && !buckets.includes(bucket)) buckets.push(bucket);
  });
  return buckets.sort((a, b) => titlesWith[a]! - titlesWith[b]! || a - b);
}

/** Where a number lies, or would lie, in a rising list. */
function placeOf(list: readonly number[], ordinal: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}
