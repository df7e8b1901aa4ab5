import { applyChanges, EMPTY_CATALOG } from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { contentOf } from "../../../src/core/recommend/content/content.ts";
import { contentNeighbours } from "../../../src/core/recommend/content/neighbours.ts";

const ITEMS = 100_000;
const QUESTIONS = 2_000;

const rng = seededRng("cold");
const letter = () => String.fromCharCode(97 + Math.floor(rng() * 26));
const VOCABULARY = Array.from({ length: 20_000 }, (_, i) =>
  Array.from({ length: 3 + (i % 8) }, letter).join(""),
);
// Few words are in many titles and many in few, as in every language.
const word = () => VOCABULARY[Math.floor(VOCABULARY.length * rng() ** 3)]!;
const words = (count: number) => Array.from({ length: count }, word).join(" ");

const CATALOGS: Readonly<Record<string, (i: number) => Omit<CatalogItem, "id" | "availability">>> = {
  "800 types, 1,000 brands": (i) => ({
    title: words(6),
    type: `Home > D${i % 20} > T${i % 800}`,
    brand: `B${Math.floor(1000 * rng() ** 2)}`,
    price: { minor: 100 + Math.floor(rng() * 10_000), currency: "EUR" },
    attributes: { colour: `c${i % 12}`, size: i % 5, material: "wool" },
  }),
  "accented titles": (i) => ({ title: `Thé für ${words(3)}é`, type: `Home > T${i % 800}` }),
  "one title, one type": () => ({ title: "The same for everything", type: "One", brand: "One" }),
  "a type for each item": (i) => ({ title: words(2), type: `A > B${i}`, brand: `b${i}` }),
};

/** Time to read a catalog of 100,000 items at the first question, and then per question, by kind of catalog. */
export function speed() {
  return Object.entries(CATALOGS).map(([name, make]) => {
    const items = Array.from({ length: ITEMS }, (_, i) => ({
      id: `i${i}`,
      availability: "in_stock" as const,
      ...make(i),
    }));
    const changes = items.map((item) => ({ id: item.id, item }));
    const catalog = applyChanges(EMPTY_CATALOG, changes, 1);
    const from = performance.now();
    contentOf(catalog);
    const readMs = performance.now() - from;
    const ask = () => {
      const us = Array.from({ length: QUESTIONS }, (_, i) => {
        const start = performance.now();
        contentNeighbours(catalog, (i * 7919) % ITEMS, 10);
        return (performance.now() - start) * 1000;
      });
      return us.sort((a, b) => a - b);
    };
    const first = ask();
    const again = ask();
    const at = (sorted: readonly number[], share: number) =>
      Math.round(sorted[Math.floor(QUESTIONS * share)]!);
    return {
      catalog: name,
      readMs: Math.round(readMs),
      undrawnUsP50: at(first, 0.5),
      drawnUsP50: at(again, 0.5),
      drawnUsP99: at(again, 0.99),
    };
  });
}
