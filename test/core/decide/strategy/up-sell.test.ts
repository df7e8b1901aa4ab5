import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../../src/core/catalog/item.ts";
import { DEFAULT_SETTINGS } from "../../../../src/core/config/defaults.ts";
import { upSell } from "../../../../src/core/decide/strategy/up-sell.ts";
import { euros, item, sceneOf, worldOf } from "../scenes.ts";

const proposeFor = (items: readonly CatalogItem[], settings: Partial<typeof DEFAULT_SETTINGS> = {}) => {
  const scene = sceneOf(worldOf({ items }), { current: items[0]!.id });
  return upSell
    .propose({ scene, seeds: [scene.current], settings: { ...DEFAULT_SETTINGS, ...settings }, limit: 50 })
    .map(({ ordinal, score, evidence }) => ({ ...evidence, id: items[ordinal]!.id, score }));
};
const kettle = (id: string, minor: number, more: Partial<CatalogItem> = {}) =>
  item(id, { type: "Kettles", price: euros(minor), ...more });
const idsFor = (...args: Parameters<typeof proposeFor>) => proposeFor(...args).map(({ id }) => id);

describe("what is a better item", () => {
  test.each([
    ["dearer within the band", kettle("b", 1500), true],
    ["a little dearer, below the band", kettle("b", 1030), false],
    ["beyond the band", kettle("b", 2100), false],
    ["cheaper", kettle("b", 900), false],
    ["of another type", kettle("b", 1500, { type: "Toasters" }), false],
    ["in another currency", kettle("b", 1500, { price: { minor: 1500, currency: "USD" } }), false],
    ["a variant of the same product", kettle("b", 1500, { group: "a" }), false],
    ["without a price", kettle("b", 1500, { price: undefined }), false],
    ["for nothing", kettle("b", 0), false],
    ["of a negative price", kettle("b", -1500), false],
    ["of a price that is no number", kettle("b", Number.NaN), false],
    ["of an endless price", kettle("b", Infinity), false],
  ])("%s", (_, other, isOffered) => {
    expect(idsFor([kettle("a", 1000, { group: "a" }), other])).toEqual(isOffered ? ["b"] : []);
  });

  test.each([0, -1000, Number.NaN, Infinity])("nothing stands beside a price of %s", (minor) => {
    expect(idsFor([kettle("a", minor), kettle("b", 1500), kettle("c", Number.NaN)])).toEqual([]);
  });

  test("a band from below the price still offers nothing cheaper", () => {
    const items = [kettle("a", 1000), kettle("same", 1000), kettle("less", 800), kettle("more", 1400)];
    expect(idsFor(items, { priceRatioMin: 0.5 }).sort()).toEqual(["more", "same"]);
  });

  test("the sale price counts on both sides", () => {
    const items = [
      kettle("a", 1900, { salePrice: euros(1000) }),
      kettle("b", 1500),
      kettle("c", 1500, { salePrice: euros(900) }),
    ];
    expect(idsFor(items)).toEqual(["b"]);
  });
});

describe("margin", () => {
  const cost = (minor: number, currency = "EUR") => ({ cost: { minor, currency } });
  test.each([
    ["earns less", cost(500), cost(1100), false],
    ["earns as much", cost(500), cost(1000), true],
    ["earns more", cost(500), cost(600), true],
    ["costs nobody knows", cost(500), {}, true],
    ["costs stated only on the other side", {}, cost(1400), true],
    ["costs in another currency say nothing", cost(500), cost(1400, "USD"), true],
  ])("%s", (_, own, other, isOffered) => {
    const items = [kettle("a", 1000, own), kettle("b", 1500, other)];
    expect(idsFor(items)).toEqual(isOffered ? ["b"] : []);
  });
});

test("the same maker is told apart from case and blanks, and absent makers are not the same", () => {
  const items = [
    kettle("a", 1000, { brand: "Brook " }),
    kettle("b", 1300),
    kettle("c", 1300, { brand: "brook" }),
  ];
  expect(idsFor(items)).toEqual(["c", "b"]);
  const [first, second] = proposeFor([kettle("a", 1000), kettle("b", 1300), kettle("c", 1300)]);
  expect(first!.score).toBe(second!.score);
});

test("only a switch to the dearer item that people made is told as one", () => {
  const [first] = proposeFor([kettle("kettle", 3000), kettle("kettle-plus", 4000)]);
  expect(first).toMatchObject({ code: "trade_up", customers: 5 });
  const [turned] = proposeFor([kettle("kettle-plus", 3000), kettle("kettle", 4000)]);
  expect(turned).toMatchObject({ code: "step_up" });
});

test("for any prices: nothing cheaper, scores finite and above 0, best first", () => {
  const minors = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom(0, -1, 1, Number.NaN, Infinity, 2 ** 53),
  );
  fc.assert(
    fc.property(fc.array(minors, { minLength: 1, maxLength: 12 }), (prices) => {
      const items = prices.map((minor, i) => kettle(`k${i}`, minor));
      const proposed = proposeFor(items, { priceRatioMin: 0.5, priceRatioMax: 10 });
      for (const [i, { id, score }] of proposed.entries()) {
        expect(prices[Number(id.slice(1))]! >= prices[0]!, `${id}`).toBe(true);
        expect(Number.isFinite(score) && score > 0).toBe(true);
        if (i > 0) expect(score).toBeLessThanOrEqual(proposed[i - 1]!.score);
      }
    }),
  );
});
