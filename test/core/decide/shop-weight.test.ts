import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { marginShare, shopWeight, stockLevel, usualStock } from "../../../src/core/decide/shop-weight.ts";
import { euros, item, sceneOf, worldOf } from "./scenes.ts";

const weightOf = (
  more: Parameters<typeof item>[1],
  weights: { marginWeight?: number; stockWeight?: number },
) => {
  const others = [5, 10, 20].map((stock) => item(`other-${stock}`, { stock }));
  const scene = sceneOf(worldOf({ items: [item("a", more), ...others], facts: [] }));
  return shopWeight(scene, { ...DEFAULT_SETTINGS, ...weights }, 0);
};
const number = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.constantFrom(
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
  ),
);

describe("margin", () => {
  test.each([
    ["half of the price", { price: euros(1000), cost: euros(500) }, 0.5],
    ["sold at a loss", { price: euros(1000), cost: euros(1500) }, 0],
    ["no cost stated", { price: euros(1000) }, 0],
    ["cost in another currency", { price: euros(1000), cost: { minor: 1, currency: "USD" } }, 0],
    ["no price", { price: undefined, cost: euros(5) }, 0],
    ["a price of nothing", { price: euros(0), cost: euros(0) }, 0],
  ])("%s", (_, more, expected) => expect(marginShare(item("a", more as object), undefined)).toBe(expected));

  test("the sale price counts", () => {
    expect(
      marginShare(item("a", { price: euros(1000), salePrice: euros(500), cost: euros(400) }), undefined),
    ).toBe(0.2);
  });
});

describe("stock", () => {
  test("the usual quantity is the median of what is stated and there", () => {
    const stocks = [0, 1, 10, 1000, undefined];
    const { catalog } = worldOf({
      facts: [],
      items: stocks.map((stock, i) => item(`i${i}`, stock === undefined ? {} : { stock })),
    });
    expect(usualStock(catalog)).toBe(10);
    expect(usualStock(worldOf({ facts: [], items: [item("a")] }).catalog)).toBe(0);
  });
  test.each([
    [0, 10, -1],
    [10, 10, 0],
    [30, 10, 0.5],
    [undefined, 10, 0],
    [5, 0, 0],
  ])("%s pieces where %s are usual: %s", (stock, usual, expected) =>
    expect(stockLevel(stock, usual)).toBeCloseTo(expected, 12),
  );
  test("what is nearly gone is held back to half at most, what there is plenty of lifted to twice", () => {
    expect(weightOf({ stock: 0 }, { stockWeight: 1 })).toBe(0.5);
    expect(weightOf({ stock: 1e12 }, { stockWeight: 1 })).toBeCloseTo(2, 6);
    expect(weightOf({}, { stockWeight: 1 })).toBe(1);
  });
});

test("weights of 0 change nothing, to the last bit", () => {
  expect(weightOf({ stock: 3, cost: euros(1) }, { marginWeight: 0, stockWeight: 0 })).toBe(1);
});

test("is bounded and never NaN, whatever prices, costs and stocks are", () => {
  fc.assert(
    fc.property(
      number,
      number,
      number,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (price, cost, stock, weight) => {
        const factor = weightOf(
          { price: euros(price), cost: euros(cost), stock },
          { marginWeight: weight, stockWeight: weight },
        );
        expect(factor).toBeGreaterThanOrEqual(0.5);
        expect(factor).toBeLessThanOrEqual(4);
      },
    ),
  );
});

test("rises with stock and with margin, and the more the more it is weighed", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), share, share, (a, b, light, heavy) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      expect(weightOf({ stock: less }, { stockWeight: heavy })).toBeLessThanOrEqual(
        weightOf({ stock: more }, { stockWeight: heavy }),
      );
      expect(
        weightOf({ price: euros(10_000), cost: euros(more) }, { marginWeight: heavy }),
      ).toBeLessThanOrEqual(weightOf({ price: euros(10_000), cost: euros(less) }, { marginWeight: heavy }));
      const [low, high] = [Math.min(light, heavy), Math.max(light, heavy)];
      const pull = (weight: number) => Math.abs(Math.log(weightOf({ stock: a }, { stockWeight: weight })));
      expect(pull(low)).toBeLessThanOrEqual(pull(high) + 1e-12);
    }),
  );
});
