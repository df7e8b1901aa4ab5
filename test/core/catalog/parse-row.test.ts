import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCatalogRow } from "../../../src/core/catalog/parse-row.ts";
import { readShared, sharedPath } from "../../support/shared.ts";

const eur = (minor: number) => ({ minor, currency: "EUR" });
function itemOf(row: unknown, currency?: string) {
  const result = parseCatalogRow(row, currency);
  if (!result.ok) throw new Error(result.problem.detail);
  if (result.value.kind !== "upsert") throw new Error(result.value.kind);
  return result.value;
}
const own = (over: object = {}) => ({ id: "A", title: "Kettle", price: eur(1299), ...over });
const merchant = (over: object = {}) => ({
  id: "A",
  title: "Kettle",
  link: "https://shop.example/a",
  price: "12.99 EUR",
  ...over,
});

describe("our own shape", () => {
  it("comes out as it is, with its defaults", () => {
    expect(itemOf(own({ attributes: { litres: 1.7 }, goesWith: ["B"], salePrice: eur(999) }))).toEqual({
      kind: "upsert",
      item: {
        ...own(),
        availability: "in_stock",
        attributes: { litres: 1.7 },
        goesWith: ["B"],
        salePrice: eur(999),
      },
    });
  });

  it("is strict about names", () => {
    expect(parseCatalogRow(own({ salesPrice: eur(1) }))).toMatchObject({
      ok: false,
      problem: { code: "catalog_row_invalid", pointer: "/salesPrice" },
    });
  });

  it("may have no price: content can be offered too", () => {
    expect(itemOf({ id: "A", title: "Guide" }).item).toEqual({
      id: "A",
      title: "Guide",
      availability: "in_stock",
    });
  });
});

describe("a merchant row", () => {
  it("is mapped to our names", () => {
    expect(
      itemOf({
        id: 1042,
        title: " Kettle ",
        description: "x".repeat(5000),
        link: "https://shop.example/a",
        image_link: "https://shop.example/a.jpg",
        price: "12,99 EUR",
        sale_price: "9.99 EUR",
        cost_of_goods_sold: "4.00 EUR",
        availability: "in stock",
        product_type: "Home > Kitchen",
        google_product_category: "2271",
        brand: "Boil",
        item_group_id: "G",
        gtin: "0012345678905",
        mpn: "K-1",
        adult: "no",
        color: "red",
        size: "",
        age_group: "adult",
        custom_label_0: "spring",
        shipping_weight: "1 kg",
      }),
    ).toEqual({
      kind: "upsert",
      item: {
        id: "1042",
        title: "Kettle",
        description: "x".repeat(2048),
        url: "https://shop.example/a",
        image: "https://shop.example/a.jpg",
        price: eur(1299),
        salePrice: eur(999),
        cost: eur(400),
        availability: "in_stock",
        type: "Home > Kitchen",
        brand: "Boil",
        group: "G",
        gtin: "0012345678905",
        sku: "K-1",
        sensitive: false,
        attributes: { color: "red", age_group: "adult", custom_label_0: "spring" },
      },
      ignored: ["google_product_category", "shipping_weight"],
    });
  });

  it("understands headers as people write them", () => {
    const { item } = itemOf({ ID: "A", Title: "Kettle", "g:image link": "/a.jpg", "Product Type": "Home" });
    expect(item).toMatchObject({ id: "A", title: "Kettle", image: "/a.jpg", type: "Home" });
  });

  it.each([
    ["in stock", "in_stock"],
    ["in_stock", "in_stock"],
    ["In Stock", "in_stock"],
    ["https://schema.org/InStock", "in_stock"],
    ["out of stock", "out_of_stock"],
    ["out_of_stock", "out_of_stock"],
    ["preorder", "preorder"],
    ["pre-order", "preorder"],
    ["backorder", "backorder"],
  ])("availability %s is %s", (availability, expected) => {
    expect(itemOf(merchant({ availability })).item.availability).toBe(expected);
  });

  it("google_product_category is the type where there is no product_type", () => {
    expect(itemOf(merchant({ google_product_category: "Home > Kettles" })).item.type).toBe("Home > Kettles");
  });

  it("a sale price that holds for certain dates is left out, and said so", () => {
    const row = merchant({
      sale_price: "9 EUR",
      sale_price_effective_date: "2026-01-01T00:00Z/2026-01-02T00:00Z",
    });
    expect(itemOf(row)).toMatchObject({ ignored: ["sale_price", "sale_price_effective_date"] });
    expect(itemOf(row).item).not.toHaveProperty("salePrice");
  });

  it("a table in our own names is read too", () => {
    const row = {
      id: "A",
      title: "Kettle",
      price: "1",
      salePrice: "0.5",
      replenishDays: "30",
      goesWith: "B, C",
    };
    expect(itemOf(row, "EUR").item).toMatchObject({
      price: eur(100),
      salePrice: eur(50),
      replenishDays: 30,
      goesWith: ["B", "C"],
    });
    expect(itemOf({ ...row, currency: "USD" }, "EUR").item.price).toEqual({ minor: 100, currency: "USD" });
  });
});

describe("deletion", () => {
  it.each([true, "true", "TRUE", "1"])("deleted: %j forgets the item", (deleted) => {
    expect(parseCatalogRow({ id: "A", deleted })).toEqual({ ok: true, value: { kind: "delete", id: "A" } });
  });
  it("a numeric id is read as in any other row", () => {
    expect(parseCatalogRow({ id: 7, deleted: true })).toMatchObject({ value: { kind: "delete", id: "7" } });
  });
  it.each([false, "false", "", "0"])("deleted: %j does not", (deleted) => {
    expect(itemOf(own({ deleted })).kind).toBe("upsert");
  });
  it.each([
    [{ id: "A", deleted: "maybe" }, "/deleted"],
    [{ deleted: true }, "/id"],
    [{ id: "null", deleted: true }, "/id"],
  ])("%j is refused", (row, pointer) => {
    expect(parseCatalogRow(row)).toMatchObject({ ok: false, problem: { pointer } });
  });
});

describe("refusals point at what was written", () => {
  it.each([
    ["not an object", 1, ""],
    ["an array", [], ""],
    ["no id", { title: "x", link: "/a" }, "/id"],
    ["a placeholder as id", merchant({ id: "undefined" }), "/id"],
    ["an unsafe integer as id", merchant({ id: 2 ** 53 }), "/id"],
    ["no title", { id: "A", link: "/a" }, "/title"],
    ["an executable link", merchant({ link: "javascript:alert(1)" }), "/link"],
    ["an executable url", own({ url: "JavaScript:alert(1)" }), "/url"],
    ["an image that is data", merchant({ image_link: "data:text/html,x" }), "/image_link"],
    ["a negative price", merchant({ price: "-1 EUR" }), "/price"],
    ["a negative price of ours", own({ price: eur(-1) }), "/price"],
    ["a negative cost", merchant({ cost_of_goods_sold: "-1 EUR" }), "/cost_of_goods_sold"],
    ["a price that is no number", merchant({ price: "NaN EUR" }), "/price"],
    ["NaN", own({ price: { minor: Number.NaN, currency: "EUR" } }), "/price/minor"],
    ["a price without a currency", merchant({ price: "12.99" }), "/price"],
    ["thousands written with a comma", merchant({ price: "1,299 EUR" }), "/price"],
    ["thousands written with a point", merchant({ price: "1.299 EUR" }), "/price"],
    ["thousands and decimals the German way", merchant({ price: "1.299,00 EUR" }), "/price"],
    ["a sale price above the price", merchant({ sale_price: "13 EUR" }), "/sale_price"],
    ["a sale price in another currency", merchant({ sale_price: "9 USD" }), "/sale_price"],
    [
      "a market's sale price above the item's price",
      own({ markets: { de: { salePrice: eur(1300) } } }),
      "/markets/de/salePrice",
    ],
    ["an unknown availability", merchant({ availability: "maybe" }), "/availability"],
    ["an attribute too long", merchant({ color: "x".repeat(257) }), "/color"],
    ["a prototype key", JSON.parse('{"id":"A","title":"x","__proto__":{"admin":true}}'), "/__proto__"],
    [
      "a prototype key within",
      JSON.parse('{"id":"A","title":"x","attributes":{"constructor":"x"}}'),
      "/attributes/constructor",
    ],
  ])("%s", (_, row, pointer) => {
    const result = parseCatalogRow(row);
    expect(result.ok ? undefined : result.problem).toMatchObject({ code: "catalog_row_invalid", pointer });
  });

  it("and never repeat it", () => {
    const result = parseCatalogRow(merchant({ link: "javascript:alert('gotcha')" }));
    expect(JSON.stringify(result)).not.toContain("gotcha");
  });

  it("thousands that cannot be misread are read", () => {
    expect(itemOf(merchant({ price: "1,299.00 EUR" })).item.price).toEqual(eur(129900));
    expect(itemOf(merchant({ price: "1.299 KWD" })).item.price).toEqual({ minor: 1299, currency: "KWD" });
    expect(itemOf(merchant({ price: "12.9900 EUR" })).item.price).toEqual(eur(1299));
  });
});

it("never throws, whatever the row", () => {
  const key = fc.oneof(
    fc.constantFrom(
      "id",
      "title",
      "link",
      "price",
      "sale_price",
      "attributes",
      "deleted",
      "markets",
      "__proto__",
    ),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })), (row) => {
      expect(parseCatalogRow(row)).toHaveProperty("ok");
    }),
  );
});

describe.skipIf(sharedPath("vectors/hostile/bodies.json") === undefined)("hostile bodies", () => {
  const { bodies } = JSON.parse(readShared("vectors/hostile/bodies.json") ?? '{"bodies":[]}') as {
    bodies: { name: string; raw: string }[];
  };
  it.each(bodies.map(({ name, raw }) => [name, raw]))("%s is refused", (_, raw) => {
    let row: unknown = raw;
    try {
      row = JSON.parse(raw);
    } catch {
      // Not JSON: the text itself is tried as a row.
    }
    expect(parseCatalogRow(row).ok).toBe(false);
  });
});

describe("stock", () => {
  it.each([
    ["stock", "12", 12],
    ["Stock", " 7 ", 7],
    ["variant inventory qty", "3.0", 3],
    ["inventory_quantity", 4, 4],
    ["quantity_to_sell_on_facebook", "-2", 0],
  ])("a table's %s of %j is %i pieces", (column, cell, pieces) => {
    expect(itemOf(merchant({ [column]: cell, availability: "in stock" })).item).toMatchObject({
      stock: pieces,
      availability: "in_stock",
    });
  });

  it.each([["many"], ["1e9"], ["12 pcs"], [Number.NaN]])("refuses %j at its column", (cell) => {
    expect(parseCatalogRow(merchant({ stock: cell }))).toMatchObject({
      ok: false,
      problem: { pointer: "/stock" },
    });
  });

  it("0 without an availability means sold out; a stated one stands", () => {
    expect(itemOf(own({ stock: 0 })).item.availability).toBe("out_of_stock");
    expect(itemOf(merchant({ stock: "0" })).item.availability).toBe("out_of_stock");
    expect(itemOf(own({ stock: 0, availability: "backorder" })).item.availability).toBe("backorder");
    expect(itemOf(own({ stock: 1 })).item.availability).toBe("in_stock");
  });

  it.each([[-1], [1.5], ["3"]])("is a whole number of zero or more in our own shape, not %j", (stock) => {
    expect(parseCatalogRow(own({ stock }))).toMatchObject({ ok: false, problem: { pointer: "/stock" } });
  });
});
