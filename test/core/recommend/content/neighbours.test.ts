import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyChanges, EMPTY_CATALOG } from "../../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../../src/core/catalog/item.ts";
import { contentOf } from "../../../../src/core/recommend/content/content.ts";
import { contentNeighbours } from "../../../../src/core/recommend/content/neighbours.ts";
import { euros, item } from "../../decide/scenes.ts";

const catalogOf = (items: readonly CatalogItem[]) =>
  applyChanges(
    EMPTY_CATALOG,
    items.map((one) => ({ id: one.id, item: one })),
    1,
  );

/** Ids of what is most like the first item. */
function like(items: readonly CatalogItem[], limit = 10): string[] {
  const catalog = catalogOf(items);
  return contentNeighbours(catalog, 0, limit).map(({ ordinal }) => catalog.items[ordinal]!.id);
}

const titled = (id: string, title: string, more: Partial<CatalogItem> = {}) => item(id, { title, ...more });

const SHOP = [
  titled("teapot", "Blue ceramic teapot", { type: "Home > Kitchen > Teapots", brand: "Fjord" }),
  titled("teapot-red", "Red ceramic teapot", { type: "Home > Kitchen > Teapots", brand: "Fjord" }),
  titled("teapots", "Two small teapots", { type: "Home > Kitchen > Teapots" }),
  titled("kettle", "Steel kettle", { type: "Home > Kitchen > Kettles" }),
  titled("lamp", "Paper lamp", { type: "Home > Light" }),
  titled("spade", "Garden spade", { type: "Garden > Tools" }),
  titled("rake", "Garden rake", { type: "Garden > Tools" }),
  ...["alpha", "bravo", "kilo", "zulu", "lima"].map((word) => titled(word, word, { type: "Other" })),
];

describe("contentNeighbours", () => {
  test("title, type and brand together: the nearest first, nothing that has nothing in common", () => {
    expect(like(SHOP)).toEqual(["teapot-red", "teapots", "kettle"]);
  });

  test("a title alone, in any script, and across a plural", () => {
    expect(like([titled("a", "茶壶 陶瓷"), titled("b", "陶瓷 碗"), titled("c", "木 椅子")])).toEqual(["b"]);
    expect(like([titled("a", "Teekanne blau"), titled("b", "Teekannen"), titled("c", "Stuhl")])).toEqual([
      "b",
    ]);
    expect(like([titled("a", "Café noir"), titled("b", "cafe blanc"), titled("c", "sucre")])).toEqual(["b"]);
  });

  test("of two as alike, the nearer price", () => {
    const shop = [
      titled("a", "Wool hat", { price: euros(1000) }),
      titled("dear", "Wool cap", { price: euros(9000) }),
      titled("near", "Wool cap", { price: euros(1100) }),
      titled("other", "Desk"),
    ];
    expect(like(shop)).toEqual(["near", "dear"]);
  });

  test("one type for all and no titles in common: honestly nobody", () => {
    const words = ["alpha", "bravo", "kilo", "zulu", "tango", "lima"];
    expect(like(words.map((word) => titled(word, word, { type: "Things", brand: "One" })))).toEqual([]);
  });

  test("what all titles say ties nobody; numbers that look alike are not alike", () => {
    const numbered = Array.from({ length: 200 }, (_, i) => titled(`i${i}`, `Item 2145${1000 + i}`));
    expect(like(numbered)).toEqual([]);
  });

  test("price and attributes alone tie nobody", () => {
    const same = { price: euros(500), attributes: { colour: "red", size: 4 } };
    expect(like([titled("a", "Chair", same), titled("b", "Lamp", same)])).toEqual([]);
  });

  test("variants of one product count once, and its own never", () => {
    const shop = [
      titled("a1", "Wool hat red", { group: "hat" }),
      titled("a2", "Wool hat blue", { group: "hat" }),
      titled("b1", "Wool scarf red", { group: "scarf" }),
      titled("b2", "Wool scarf blue", { group: "scarf" }),
      titled("c", "Desk"),
    ];
    expect(like(shop)).toEqual(["b1"]);
  });

  test("asks only for whom the caller accepts", () => {
    const catalog = catalogOf(SHOP);
    const asked: number[] = [];
    const found = contentNeighbours(catalog, 0, 10, (ordinal) => {
      asked.push(ordinal);
      return ordinal === 2;
    });
    expect(found.map(({ ordinal }) => ordinal)).toEqual([2]);
    expect(asked).not.toContain(0);
  });

  test("an unknown ordinal, a limit of none, an empty catalog", () => {
    expect(contentNeighbours(catalogOf(SHOP), -1, 5)).toEqual([]);
    expect(contentNeighbours(catalogOf(SHOP), 99, 5)).toEqual([]);
    expect(contentNeighbours(catalogOf(SHOP), 0, 0)).toEqual([]);
    expect(contentNeighbours(EMPTY_CATALOG, 0, 5)).toEqual([]);
  });

  test("a catalog is read once, and anew when it changed", () => {
    const catalog = catalogOf(SHOP);
    expect(contentOf(catalog)).toBe(contentOf(catalog));
    const renamed = titled("spade", "Blue ceramic teapot");
    const changed = applyChanges(catalog, [{ id: "spade", item: renamed }], 2);
    const ids = contentNeighbours(changed, 0, 10).map(({ ordinal }) => changed.items[ordinal]!.id);
    expect(ids).toContain("spade");
  });
});

describe("hostile catalogs", () => {
  test.each<readonly [string, (i: number) => Partial<CatalogItem>]>([
    ["one title, one type, one brand", () => ({ title: "Same", type: "One", brand: "One" })],
    ["a type and brand each", (i) => ({ title: `Thing ${i % 7}`, type: `A > ${i} > C`, brand: `${i}` })],
    ["deep types", (i) => ({ title: `Deep ${i}`, type: `${" > x".repeat(80)} > ${i}` })],
    ["a family of all", () => ({ title: "Same thing", group: "all" })],
  ])("20,000 items, %s: looks at few", (_, make) => {
    const catalog = catalogOf(Array.from({ length: 20_000 }, (_unused, i) => item(`i${i}`, make(i))));
    let looks = 0;
    contentNeighbours(catalog, 10_000, 10, () => {
      looks++;
      return true;
    });
    expect(looks).toBeLessThan(1_000);
    let refused = 0;
    contentNeighbours(catalog, 10_000, 10, () => {
      refused++;
      return false;
    });
    expect(refused).toBeLessThan(10_000);
  });

  test("any items: finite, within (0, 1], best first, each family once, and the same again", () => {
    const odd = fc.constantFrom(0, -5, 1, Number.MAX_SAFE_INTEGER, Number.NaN);
    const title = fc.oneof(
      fc.constantFrom("tea pot", "tea cup", "Café", " ", "茶壶"),
      fc.string({ unit: "binary" }),
    );
    const anyItem = fc.record({
      title,
      type: fc.option(fc.constantFrom("A > B", "A > C", ">", " > > ", "A"), { nil: undefined }),
      brand: fc.option(fc.constantFrom("x", "X", ""), { nil: undefined }),
      price: fc.option(fc.record({ minor: odd, currency: fc.constantFrom("EUR", "USD") }), {
        nil: undefined,
      }),
      group: fc.option(fc.constantFrom("g", "h"), { nil: undefined }),
      attributes: fc.option(fc.dictionary(fc.constantFrom("a", "__proto__", "toString"), fc.integer()), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 12 }), (rows) => {
        const items = rows.map((row, i): CatalogItem => ({ id: `i${i}`, availability: "in_stock", ...row }));
        const catalog = catalogOf(items);
        for (const ordinal of items.keys()) {
          const found = contentNeighbours(catalog, ordinal, 5);
          const families = found.map((one) => catalog.family[one.ordinal]);
          expect(new Set([...families, catalog.family[ordinal]]).size).toBe(found.length + 1);
          for (const [i, { similarity }] of found.entries()) {
            expect(similarity > 0 && similarity <= 1).toBe(true);
            if (i > 0) expect(similarity).toBeLessThanOrEqual(found[i - 1]!.similarity);
          }
          expect(contentNeighbours(catalog, ordinal, 5)).toEqual(found);
        }
      }),
    );
  });
});
