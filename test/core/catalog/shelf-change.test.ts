import { expect, test } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { shelfChanges } from "../../../src/core/catalog/shelf-change.ts";

const item = (fields: Partial<CatalogItem> = {}): CatalogItem => ({
  id: "pot",
  title: "Pot",
  availability: "in_stock",
  price: { minor: 4000, currency: "EUR" },
  ...fields,
});

test("a price that fell is news with its share", () => {
  const changes = shelfChanges(item(), item({ salePrice: { minor: 3000, currency: "EUR" } }), 7);
  expect(changes).toEqual([{ kind: "price_drop", item: "pot", share: 0.25, version: 7 }]);
});

test("a price that rose, one in another currency and a cent less are none", () => {
  expect(shelfChanges(item(), item({ price: { minor: 5000, currency: "EUR" } }), 1)).toEqual([]);
  expect(shelfChanges(item(), item({ price: { minor: 100, currency: "USD" } }), 1)).toEqual([]);
  expect(shelfChanges(item(), item({ price: { minor: 3999, currency: "EUR" } }), 1)).toEqual([]);
});

test("what can be had again is news; what can be had no more is none", () => {
  const gone = item({ availability: "out_of_stock" });
  expect(shelfChanges(gone, item(), 2)).toEqual([
    { kind: "back_in_stock", item: "pot", share: 0, version: 2 },
  ]);
  expect(shelfChanges(item(), gone, 2)).toEqual([]);
});
