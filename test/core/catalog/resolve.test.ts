import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { pageAddress } from "../../../src/core/catalog/page-address.ts";
import { buildResolver, resolve, updateResolver } from "../../../src/core/catalog/resolve.ts";

const item = (id: string, over: Partial<CatalogItem> = {}): CatalogItem => ({
  id,
  title: id,
  availability: "in_stock",
  ...over,
});

const catalog = buildResolver([
  item("A", { sku: "K-1", gtin: "0012345678905", url: "https://www.shop.example/kettle/" }),
  item("B", { sku: "SHARED", url: "/lamp?size=2" }),
  item("C", { sku: "SHARED", gtin: "4006381333931" }),
  item("G1", { group: "G", availability: "out_of_stock", url: "https://shop.example/shirt" }),
  item("G2", { group: "G", url: "https://shop.example/shirt" }),
  item("G3", { group: "G", url: "https://shop.example/shirt" }),
  item("S1", { group: "S", availability: "out_of_stock" }),
  item("S2", { group: "S", availability: "out_of_stock" }),
  item("X", { url: "https://shop.example/shared" }),
  item("Y", { url: "https://shop.example/shared" }),
  item("__tag__", { sku: "toString" }),
]);

describe("resolve", () => {
  it.each([
    ["an id", "A", { item: "A" }],
    ["a SKU", "K-1", { item: "A" }],
    ["a GTIN", "0012345678905", { item: "A" }],
    ["a GTIN without its leading zeros", "12345678905", { item: "A" }],
    ["a GTIN with more of them", "00012345678905", { item: "A" }],
    ["a stated GTIN", { gtin: "04006381333931" }, { item: "C" }],
    [
      "an address with another scheme and tracking",
      "http://shop.example/kettle?utm_source=x&gclid=1",
      { item: "A" },
    ],
    ["a path", "/kettle", { item: "A" }],
    ["a path with a slash and fbclid", { url: "/kettle/?fbclid=x" }, { item: "A" }],
    ["an address of an item that only has a path", { url: "https://any.example/lamp?size=2" }, { item: "B" }],
    [
      "an address with a parameter nobody knows",
      { url: "https://shop.example/kettle?from=home" },
      { item: "A" },
    ],
    ["a group: its first variant in stock", { group: "G" }, { item: "G2" }],
    ["a group as text", "G", { item: "G2" }],
    ["a group with nothing in stock", "S", { item: "S1" }],
    ["a page that variants share", { url: "https://shop.example/shirt" }, { item: "G2" }],
    ["a stated SKU that is an id", { sku: "B" }, { item: "B" }],
    ["the first name that anything answers to", { id: "nothing", sku: "K-1", group: "G" }, { item: "A" }],
    ["a shared SKU", "SHARED", { ambiguous: ["B", "C"] }],
    ["a page of two unrelated items", { url: "/shared" }, { ambiguous: ["X", "Y"] }],
    ["an unknown text", "nothing", { unmatched: "nothing" }],
    ["another host", { url: "https://other.example/kettle" }, { unmatched: "https://other.example/kettle" }],
    [
      "a parameter that matters",
      { url: "https://shop.example/lamp?size=3" },
      { unmatched: "https://shop.example/lamp?size=3" },
    ],
    ["an unknown object", { sku: "no", url: "/no" }, { unmatched: "no" }],
    ["nothing at all", {}, { unmatched: "" }],
    ["an object's own machinery", { group: "constructor" }, { unmatched: "constructor" }],
    ["a SKU named like machinery", { sku: "toString" }, { item: "__tag__" }],
    ["a GTIN of zeros", { gtin: "00000000" }, { unmatched: "00000000" }],
  ] as const)("%s", (_, ref, expected) => {
    expect(resolve(catalog, ref)).toEqual(expected);
  });
});

describe("pageAddress", () => {
  it.each([
    ["HTTPS://www.Shop.example:443/Kettle/?b=2&utm_source=x&a=1#top", "shop.example", "/Kettle", "?a=1&b=2"],
    ["//shop.example", "shop.example", "/", ""],
    ["https://shop.example?x=1", "shop.example", "/", "?x=1"],
    ["/caf%C3%A9//", undefined, "/café", ""],
    ["/broken%", undefined, "/broken%", ""],
    ["/a?&&utm_medium=x", undefined, "/a", ""],
  ])("%s", (url, host, path, query) => {
    expect(pageAddress(url)).toEqual({ ...(host === undefined ? {} : { host }), path, query });
  });
  it.each(["kettle", "", "javascript:alert(1)", "ftp://shop.example/a", "//"])("%j is none", (url) => {
    expect(pageAddress(url)).toBeUndefined();
  });
});

describe("updateResolver", () => {
  it("forgets what an item no longer is", () => {
    const resolver = buildResolver([item("A", { sku: "old" }), item("B", { sku: "old" })]);
    updateResolver(resolver, [item("A", { sku: "new" })], []);
    expect(resolve(resolver, "old")).toEqual({ item: "B" });
    expect(resolve(resolver, "new")).toEqual({ item: "A" });
    updateResolver(resolver, [], ["A", "absent"]);
    expect(resolve(resolver, "new")).toEqual({ unmatched: "new" });
  });

  it("ends where building anew from the changed catalog would", () => {
    const some = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    const change = fc.record({
      id: fc.constantFrom("A", "B", "C", "D"),
      removed: fc.boolean(),
      sku: some(["S", "T"]),
      gtin: some(["0012345678905", "12345678905"]),
      group: some(["G", "H"]),
      url: some(["/p", "https://shop.example/p", "https://shop.example/p?q=1"]),
      availability: fc.constantFrom("in_stock" as const, "out_of_stock" as const),
    });
    const refs = ["A", "B", "S", "T", "12345678905", "G", "H", "/p", "https://shop.example/p", "/p?q=1"];
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
        const items = new Map<string, CatalogItem>();
        const incremental = buildResolver([]);
        for (const { removed, id, ...rest } of changes) {
          const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
          const next = item(id, stated as Partial<CatalogItem>);
          if (removed) items.delete(id);
          else items.set(id, next);
          updateResolver(incremental, removed ? [] : [next], removed ? [id] : []);
        }
        const anew = buildResolver(items.values());
        for (const ref of refs) expect(resolve(incremental, ref)).toEqual(resolve(anew, ref));
      }),
    );
  });
});
