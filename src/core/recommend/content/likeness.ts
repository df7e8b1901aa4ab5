import type { CatalogItem } from "../../catalog/item.ts";
import { drawn, type Content } from "./content.ts";
import { SKETCH_WORDS, sketchLikeness } from "./sketch.ts";
import { kindLikeness } from "./type-tree.ts";

/** How much each part says where both are known. Tuned on the validation parts named in test/bench/cold. */
const WEIGHTS = { title: 0.55, kind: 0.3, brand: 0.2, attributes: 0.05 } as const;
/** Share of a likeness that a very different price takes away. */
const PRICE_SHARE = 0.3;
/** Attributes of an item that are compared. */
const ATTRIBUTES_MAX = 16;
/** Less than this is what strangers share by chance. */
export const LIKENESS_MIN = 0.12;

/**
 * How alike two items are by what the catalog says, in [0, 1]: title, type path, brand and attributes, less where
 * prices are far apart. A part that `a` lacks says nothing; one that all items of the shop share says nothing either.
 * Attributes and price alone tie nobody: without a title, type or brand in common it is 0.
 * @param least below this the answer may as well be 0: most of a search is spared the look at prices and attributes
 */
export function likeness(content: Content, a: number, b: number, least = 0): number {
  const sizeA = drawn(content, a);
  let weight = 0;
  let sum = 0;
  if (sizeA > 0) {
    weight += WEIGHTS.title;
    const { sketches } = content;
    const title = sketchLikeness(sketches, a * SKETCH_WORDS, sizeA, b * SKETCH_WORDS, drawn(content, b));
    sum += WEIGHTS.title * title;
  }
  if (content.tree.ofItem[a]! >= 0) {
    weight += WEIGHTS.kind;
    sum += WEIGHTS.kind * kindLikeness(content.tree, a, b);
  }
  const brand = content.brandOf[a]!;
  if (brand >= 0) {
    weight += WEIGHTS.brand;
    if (brand === content.brandOf[b])
      sum += WEIGHTS.brand * (1 - content.brands[brand]!.length / content.marks.length);
  }
  // The most that may come of it: all attributes in common, or fewer facts to judge by, and the same price.
  if (sum === 0 || (sum + WEIGHTS.attributes) / (weight + WEIGHTS.attributes) < least) return 0;
  const one = content.catalog.items[a]!;
  const other = content.catalog.items[b]!;
  if (one.attributes && other.attributes) {
    weight += WEIGHTS.attributes;
    sum += WEIGHTS.attributes * sharedAttributes(one.attributes, other.attributes);
  }
  return (sum / weight) * (1 - PRICE_SHARE * (1 - priceLikeness(one, other)));
}

type Attributes = NonNullable<CatalogItem["attributes"]>;

/** Share of the first item's attributes that the other has with the same value. */
function sharedAttributes(one: Attributes, other: Attributes): number {
  let looked = 0;
  let shared = 0;
  for (const name in one) {
    if (++looked > ATTRIBUTES_MAX) break;
    if (Object.hasOwn(other, name) && other[name] === one[name]) shared++;
  }
  return looked === 0 ? 0 : shared / Math.min(looked, ATTRIBUTES_MAX);
}

/** 1 for the same price, ½ for twice or half of it; ½ where one is not known or not comparable. */
function priceLikeness(one: CatalogItem, other: CatalogItem): number {
  const price = one.salePrice ?? one.price;
  const otherPrice = other.salePrice ?? other.price;
  if (!price || !otherPrice || price.currency !== otherPrice.currency) return 0.5;
  if (!(price.minor > 0) || !(otherPrice.minor > 0)) return 0.5;
  const ratio = price.minor / otherPrice.minor;
  return Math.min(ratio, 1 / ratio);
}
