import { applyChanges, EMPTY_CATALOG } from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { compileConfig } from "../../../src/core/config/compile.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import type { Circumstances } from "../../../src/core/decide/scene.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import { Crowd } from "../scale/crowd.ts";

export const NOW = 1_790_000_000_000;
/** So many customers must stand behind a pair; low, because a bench's crowd is small for its items. */
export const MIN_CUSTOMERS = 3;

/** An item of a shop that sells everything; neighbours are of one type. */
export function itemOf(n: number): CatalogItem {
  return {
    id: `item-${n}`,
    title: `Thing number ${n}, in colour ${n % 11}`,
    brand: `Brand ${n % 97}`,
    type: `Department ${n % 7} > Aisle ${Math.floor(n / 200)} > Shelf ${Math.floor(n / 20)}`,
    url: `https://bench.example/p/${n}`,
    price: { minor: 500 + ((n * 7919) % 20_000), currency: "EUR" },
    availability: "in_stock",
    attributes: { colour: String(n % 11) },
  };
}

export const itemsOf = (count: number): CatalogItem[] => Array.from({ length: count }, (_, n) => itemOf(n));

/** A model that so many visits taught. */
export function modelOf(items: number, visits: number): Model {
  const crowd = new Crowd(items, "growth");
  const model = emptyModel();
  for (let visit = 0; visit < visits; visit++) for (const fact of crowd.facts()) learn(model, fact);
  return model;
}

export const catalogOf = (items: readonly CatalogItem[]) =>
  applyChanges(
    EMPTY_CATALOG,
    items.map((item) => ({ id: item.id, item })),
    1,
  );

/** A shop with a model, and no rules. */
export function smallWorld(items: number): World {
  return joinWorld(
    compileConfig(readConfig({}), 1),
    catalogOf(itemsOf(items)),
    publish(modelOf(items, 4 * items), { minCustomers: MIN_CUSTOMERS, version: 1, now: NOW }),
  );
}

/** A request from an item's page, by somebody with that item's neighbour in the cart. */
export const asked = (item: string, inCart = "item-5"): Circumstances => ({
  now: NOW,
  market: undefined,
  locale: undefined,
  device: undefined,
  exclude: [],
  page: { type: "product", item },
  cart: [{ item: inCart, quantity: 1 }],
});
