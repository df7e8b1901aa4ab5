import type { CatalogIndex } from "../../catalog/catalog-index.ts";
import type { CatalogItem } from "../../catalog/item.ts";
import { drawSketch, SKETCH_WORDS, sizeOf } from "./sketch.ts";
import { typeTreeOf, type TypeTree } from "./type-tree.ts";
import { inOneGo, type Steps } from "../../primitives/steps.ts";
import { wordIndexSteps, type WordIndex } from "./word-index.ts";

/** What the catalog itself says of its items, in a form that is quick to compare. Nothing in it comes from people. */
export type Content = {
  readonly catalog: CatalogIndex;
  readonly words: WordIndex;
  readonly tree: TypeTree;
  /** Brand of each item by number (-1: none), and the ordinals of each brand's items, rising. */
  readonly brandOf: Int32Array;
  readonly brands: readonly (readonly number[])[];
  /** Sketches of titles, drawn when first asked for; `sizes` is their bits set, or `UNDRAWN`. */
  readonly sketches: Uint32Array;
  readonly sizes: Uint16Array;
  /** Marks who was looked at in the running search; `round` is its mark. */
  readonly marks: Uint32Array;
  round: number;
};

const UNDRAWN = 0xffff;
/** Bits that a word in one title alone may set. */
const WORD_BITS_MAX = 8;

/** The latest content of each wording. */
const made = new WeakMap<object, Content>();

/** The content of a catalog, made at the first question after its words changed and kept as long as they are. */
export const contentOf = (catalog: CatalogIndex): Content => inOneGo(contentSteps(catalog));

/** The same, a few thousand items at a time: whoever asks afterwards does not wait. */
export function* contentSteps(catalog: CatalogIndex): Steps<Content> {
  const ready = known(catalog);
  if (ready) return ready;
  const { items, wording } = catalog;
  const words = yield* wordIndexSteps(items);
  const tree = typeTreeOf(items);
  yield;
  const brands = brandsOf(items);
  yield;
  const content: Content = {
    catalog,
    words,
    tree,
    ...brands,
    sketches: new Uint32Array(items.length * SKETCH_WORDS),
    sizes: new Uint16Array(items.length).fill(UNDRAWN),
    marks: new Uint32Array(items.length),
    round: 0,
  };
  made.set(wording, content);
  return content;
}

/** What was made for a catalog of the same words. Marks belong to one catalog: a search in each may be under way. */
function known(catalog: CatalogIndex): Content | undefined {
  const content = made.get(catalog.wording);
  if (content === undefined || content.catalog === catalog) return content;
  const next = { ...content, catalog, marks: new Uint32Array(catalog.items.length), round: 0 };
  made.set(catalog.wording, next);
  return next;
}

function brandsOf(items: readonly CatalogItem[]): Pick<Content, "brandOf" | "brands"> {
  const brandOf = new Int32Array(items.length).fill(-1);
  const brands: number[][] = [];
  const numbers = new Map<string, number>();
  for (let ordinal = 0; ordinal < items.length; ordinal++) {
    const name = items[ordinal]!.brand?.toLowerCase();
    if (name === undefined) continue;
    let number = numbers.get(name);
    if (number === undefined) numbers.set(name, (number = brands.push([]) - 1));
    brandOf[ordinal] = number;
    brands[number]!.push(ordinal);
  }
  return { brandOf, brands };
}

/** Added to the size of a shop, so that in one of two items a shared word is not nothing. */
const SMALL_SHOP = 8;

/** How much a word tells of an item, in whole bits; 0 for a word that all titles have. */
function bitsOfWord({ words: { titlesWith }, marks }: Content, hash: number): number {
  const titles = Math.max(1, titlesWith[hash & (titlesWith.length - 1)]!);
  return Math.min(WORD_BITS_MAX, Math.round(Math.log2((marks.length + SMALL_SHOP) / titles)));
}

/** Draws an item's sketch if it is not drawn yet. @returns bits set in it */
export function drawn(content: Content, ordinal: number): number {
  const { sketches, sizes, catalog } = content;
  if (sizes[ordinal] !== UNDRAWN) return sizes[ordinal]!;
  const at = ordinal * SKETCH_WORDS;
  drawSketch(sketches, at, catalog.items[ordinal]!.title, (hash) => bitsOfWord(content, hash));
  return (sizes[ordinal] = sizeOf(sketches, at));
}
