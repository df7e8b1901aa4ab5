import { expect, test } from "vitest";
import { applyChanges, EMPTY_CATALOG } from "../../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../../src/core/catalog/item.ts";
import { affinitiesOf, sentenceOf } from "../../../../src/core/recommend/history/affinities.ts";
import { historyOf, NO_HISTORY, ORDER_FADE } from "../../../../src/core/recommend/history/history.ts";
import { priceTierOf } from "../../../../src/core/recommend/history/price-tier.ts";
import { DAY, NOON } from "../facts.ts";

const tea = (id: string, minor: number, brand?: string): CatalogItem => ({
  id,
  title: id,
  availability: "in_stock",
  type: "Food > Tea",
  price: { minor, currency: "EUR" },
  ...(brand === undefined ? {} : { brand }),
});
const ITEMS = [
  tea("dust", 100, "Plain"),
  tea("green", 500, "Fjord"),
  tea("black", 510, "Fjord"),
  tea("gold", 5000, "Palace"),
  { id: "thing", title: "A thing", availability: "in_stock" as const },
];
const catalog = applyChanges(
  EMPTY_CATALOG,
  ITEMS.map((item) => ({ id: item.id, item })),
  1,
);
const bought = (...baskets: string[][]) =>
  historyOf(baskets.map((items, i) => ({ at: NOON + i * DAY, items })));

test("shares by category, brand and price tier, faded like the history; unknown items say nothing", () => {
  const { categories, brands, priceTiers } = affinitiesOf(
    bought(["gold", "gone"], ["green", "thing"]),
    catalog,
  );
  expect(categories).toEqual([{ name: "Food > Tea", share: 1 }]);
  expect(brands.map(({ name }) => name)).toEqual(["Fjord", "Palace"]);
  expect(brands[0]!.share).toBeCloseTo(1 / (1 + ORDER_FADE), 9);
  expect(priceTiers.map(({ name }) => name)).toEqual(["mid-priced", "high-priced"]);
});

test("a sentence that a person can read, and none where nothing stands out", () => {
  expect(sentenceOf(affinitiesOf(bought(["green"], ["black"]), catalog))).toBe(
    "mostly buys: Tea, mid-priced, Fjord",
  );
  expect(sentenceOf(affinitiesOf(NO_HISTORY, catalog))).toBeUndefined();
  expect(sentenceOf(affinitiesOf(bought(["gone"]), EMPTY_CATALOG))).toBeUndefined();
});

test("tiers are thirds of what the type costs in the same currency", () => {
  const tier = (minor: number, currency = "EUR") => priceTierOf(catalog, "Food > Tea", { minor, currency });
  expect([100, 500, 510, 5000, 99_999].map((minor) => tier(minor))).toEqual([
    "low-priced",
    "mid-priced",
    "mid-priced",
    "high-priced",
    "high-priced",
  ]);
  expect([tier(500, "USD"), tier(0), tier(-5), tier(NaN)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(priceTierOf(catalog, undefined, { minor: 500, currency: "EUR" })).toBeUndefined();
});
