import { describe, expect, test } from "vitest";
import {
  applyChanges,
  catalogSteps,
  EMPTY_CATALOG,
  type CatalogIndex,
} from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { resolve } from "../../../src/core/catalog/resolve.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { STEP } from "../../../src/core/primitives/steps.ts";
import { contentOf } from "../../../src/core/recommend/content/content.ts";
import { contentNeighbours } from "../../../src/core/recommend/content/neighbours.ts";

const item = (n: number, more: Partial<CatalogItem> = {}): CatalogItem => ({
  id: `i${n}`,
  title: `Thing ${n % 7} of kind ${n % 3}`,
  brand: `B${n % 2}`,
  type: `T > ${n % 3}`,
  sku: `s${n}`,
  url: `https://shop.example/p/${n}`,
  availability: "in_stock",
  ...more,
});
const changed = (one: CatalogItem) => ({ id: one.id, item: one });
const catalogOf = (items: readonly CatalogItem[]) => applyChanges(EMPTY_CATALOG, items.map(changed), 1);
const items = Array.from({ length: 40 }, (_, n) => item(n));

/** All that a decision reads of an index. */
const told = (index: CatalogIndex) => ({
  items: index.items,
  ordinal: [...index.ordinal],
  byType: [...index.byType],
  family: [...index.family],
  members: index.members,
  found: items.map(({ id, sku, url }) => [
    resolve(index.resolver, id),
    resolve(index.resolver, { sku: sku! }),
    resolve(index.resolver, { url: url! }),
  ]),
  near: index.items.map((_, ordinal) => contentNeighbours(index, ordinal, 5)),
});

describe("a changed catalog is the one that would be built anew", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("by seed %i, whatever changed", (seed) => {
    const rng = seededRng(`catalog ${seed}`);
    let index = catalogOf(items);
    let now = [...items];
    for (let step = 0; step < 12; step++) {
      const at = Math.floor(rng() * now.length);
      const old = now[at]!;
      const kind = Math.floor(rng() * 5);
      if (kind === 4) {
        now = now.filter((one) => one !== old);
        index = applyChanges(index, [{ id: old.id, item: undefined }], step + 2);
      } else {
        const next = [
          { ...old, availability: "out_of_stock" as const },
          { ...old, url: `https://shop.example/new/${step}` },
          { ...old, title: `Another ${step}` },
          { ...old, group: `g${step % 2}` },
        ][kind]!;
        now = now.map((one) => (one === old ? next : one));
        index = applyChanges(index, [changed(next)], step + 2);
      }
      expect(told(index)).toEqual(told(catalogOf(now)));
    }
  });
});

test("a new price takes over everything that follows from words; a new title nothing", () => {
  const index = catalogOf(items);
  const words = contentOf(index).words;
  const cheaper = applyChanges(index, [changed(item(3, { price: { minor: 100, currency: "EUR" } }))], 2);
  expect(cheaper.items[3]!.price?.minor).toBe(100);
  expect(index.items[3]!.price).toBeUndefined();
  expect(cheaper.byType).toBe(index.byType);
  expect(contentOf(cheaper).words).toBe(words);
  const renamed = applyChanges(cheaper, [changed(item(3, { title: "Renamed" }))], 3);
  expect(contentOf(renamed).words).not.toBe(words);
});

test("a large catalog is built with pauses", () => {
  const many = Array.from({ length: 3 * STEP }, (_, n) => changed(item(n)));
  let pauses = 0;
  const steps = catalogSteps(EMPTY_CATALOG, many, 1);
  for (let step = steps.next(); !step.done; step = steps.next()) pauses++;
  expect(pauses).toBeGreaterThanOrEqual(6);
  expect(EMPTY_CATALOG.resolver.entries.size).toBe(0);
});
