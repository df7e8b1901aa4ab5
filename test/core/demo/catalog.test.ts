import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { demoCatalog } from "../../../src/cli/demo-data/catalog.ts";
import { COMPLEMENTS, DECLARED } from "../../../src/cli/demo-data/complements.ts";
import { STOCK } from "../../../src/cli/demo-data/stock.ts";
import { CatalogItem } from "../../../src/core/catalog/item.ts";

const catalog = demoCatalog();

describe("the demo catalog", () => {
  test("is made of valid catalog items", () => {
    const refused = catalog.flatMap((item) => {
      const parsed = v.safeParse(CatalogItem, item);
      return parsed.success ? [] : [`${item.id}: ${parsed.issues[0].message}`];
    });
    expect(refused).toEqual([]);
  });

  test("has about three hundred items in a dozen categories", () => {
    expect(catalog.length).toBeGreaterThan(280);
    expect(catalog.length).toBeLessThan(360);
    const categories = new Set(catalog.map((item) => item.type!.split(" > ").slice(0, 2).join(" > ")));
    expect(categories.size).toBe(12);
  });

  test.each(["id", "sku", "gtin"] as const)("gives every item a %s of its own", (field) => {
    expect(new Set(catalog.map((item) => item[field])).size).toBe(catalog.length);
  });

  test("writes GTINs with a right check digit", () => {
    for (const { gtin } of catalog) {
      const digits = [...gtin!].map(Number);
      const sum = digits.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
      expect([gtin, digits.length, sum % 10]).toEqual([gtin, 13, 0]);
    }
  });

  test("keeps money plausible: cost below what is paid, sale below regular", () => {
    for (const { id, price, salePrice, cost } of catalog) {
      const paid = salePrice ?? price!;
      expect(cost!.minor, id).toBeLessThan(paid.minor);
      if (salePrice) expect(salePrice.minor, id).toBeLessThan(price!.minor);
      expect(price!.currency).toBe("EUR");
    }
  });

  test("ties variants into groups of at least two that share a type", () => {
    const groups = Map.groupBy(
      catalog.filter((item) => item.group !== undefined),
      (item) => item.group,
    );
    expect(groups.size).toBeGreaterThan(60);
    for (const [group, items] of groups) {
      expect(items.length, group).toBeGreaterThan(1);
      expect(new Set(items.map((item) => item.type)).size, group).toBe(1);
    }
  });

  test("names only items it sells as complements, and some are named", () => {
    const ids = new Set(catalog.map((item) => item.id));
    const named = catalog.flatMap((item) => item.goesWith ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    const models = new Set(STOCK.flatMap((item) => [item.id, item.group]));
    expect(
      Object.entries(DECLARED)
        .flatMap(([model, others]) => [model, ...others])
        .filter((model) => !models.has(model)),
    ).toEqual([]);
  });

  test("knows every type that is used together", () => {
    const types = new Set(STOCK.map((item) => item.type.key));
    expect(COMPLEMENTS.flatMap(([a, b]) => [a, b]).filter((key) => !types.has(key))).toEqual([]);
  });

  test("is the same at every call", () => {
    expect(demoCatalog()).toEqual(catalog);
  });
});
