import { describe, expect, test } from "vitest";
import { aroundItem } from "../../../../src/core/insight/catalog/around-item.ts";
import { findItems, type ItemFilter } from "../../../../src/core/insight/catalog/find-items.ts";
import { told } from "../../../../src/core/insight/catalog/item-figures.ts";
import { learningOf } from "../../../../src/core/insight/catalog/learning.ts";
import { isLost, reachOf } from "../../../../src/core/insight/catalog/reach.ts";
import { euros, FACTS, item, ITEMS, NOW, worldOf } from "../../decide/scenes.ts";

const ask = (world: ReturnType<typeof worldOf>, filter: ItemFilter = "all", query = "", limit = 100) =>
  findItems(world, { query, filter, after: undefined, limit });
const idsOf = (page: ReturnType<typeof findItems>) => page.items.map(({ id }) => id);

/** As the usual world, with something nobody ever saw and something that is gone. */
const MORE = [
  ...ITEMS.map((one) => (one.id === "spoon" ? { ...one, availability: "out_of_stock" as const } : one)),
  item("lonely", { type: "Lamps" }),
  item("Ämter", { title: "Großes Café-Set", brand: "Brook", sku: "SKU-77" }),
];

describe("finding items", () => {
  const world = worldOf({ items: MORE });
  test("by every word of a query, in any field, marks and case aside", () => {
    expect(idsOf(ask(world, "all", "cafe grosses"))).toEqual(["Ämter"]);
    expect(idsOf(ask(world, "all", "sku-77"))).toEqual(["Ämter"]);
    expect(idsOf(ask(world, "all", "BROOK kettle"))).toEqual(["kettle", "kettle-plus"]);
    expect(ask(world, "all", "brook nothing-of-the-kind")).toMatchObject({ total: 0, items: [] });
  });

  test("the most visited first, page by page, each item once", () => {
    const seen: string[] = [];
    let after: Parameters<typeof findItems>[1]["after"];
    do {
      const page = findItems(world, { query: "", filter: "all", after, limit: 2 });
      expect(page.total).toBe(MORE.length);
      seen.push(...idsOf(page));
      after = page.next;
    } while (after);
    expect(seen.toSorted()).toEqual(MORE.map(({ id }) => id).toSorted());
    expect(seen.slice(0, 3).toSorted()).toEqual(["kettle", "kettle-plus", "spoon"]);
  });

  test("by what is amiss, with the counts of each", () => {
    expect(idsOf(ask(world, "out_of_stock"))).toEqual(["spoon"]);
    expect(idsOf(ask(world, "gap"))).toEqual(["spoon"]);
    expect(idsOf(ask(world, "never_recommended"))).toEqual(["kettle-max", "lonely", "Ämter"]);
    expect(idsOf(ask(world, "cold"))).toEqual(["filter", "kettle-max", "lonely", "Ämter"]);
    expect(ask(world).counts).toEqual({ all: 9, cold: 4, never_recommended: 3, out_of_stock: 1, gap: 1 });
  });

  test("10,000 items are searched within a frame or two", () => {
    const items = Array.from({ length: 10_000 }, (_, i) =>
      item(`i${i}`, { title: `Enamel kettle ${i}`, type: "Kettles" }),
    );
    const large = worldOf({ items, facts: [] });
    ask(large, "all", "kettle", 50);
    const startedAt = performance.now();
    expect(ask(large, "all", "kettle 777", 50).total).toBe(19);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

describe("what leads to an item", () => {
  test("rows, the shop's own pairs, best sellers and pins; nothing else", () => {
    const reachIn = (config: object, id: string) => {
      const world = worldOf({ items: MORE, config: config as never });
      return isLost(reachOf(world), world.catalog.ordinal.get(id)!);
    };
    expect(reachIn({}, "tea")).toBe(false);
    expect(reachIn({}, "filter")).toBe(false);
    expect(reachIn({}, "lonely")).toBe(true);
    expect(reachIn({ rules: [{ id: "r", then: [{ do: "pin", items: ["lonely"] }] }] }, "lonely")).toBe(false);
  });
});

describe("around an item", () => {
  const listOf = (world: ReturnType<typeof worldOf>, id: string, name: string) =>
    aroundItem(world, world.catalog.ordinal.get(id)!, NOW).lists.find(({ list }) => list === name)!.items;

  test("each neighbour with its evidence, the strongest of a list at 1", () => {
    const world = worldOf();
    const [first] = listOf(world, "kettle-plus", "goes_with");
    expect(first).toMatchObject({
      id: "tea",
      strength: 1,
      customers: 5,
      why: { code: "bought_together", text: expect.stringContaining("The kettle-plus") },
    });
    expect(first).not.toHaveProperty("obstacle");
    expect(listOf(world, "kettle", "better")[0]).toMatchObject({ id: "kettle-plus" });
    expect(listOf(world, "kettle", "viewed_with").map(({ id }) => id)).toContain("kettle-plus");
    expect(listOf(world, "kettle", "alike").map(({ id }) => id)).toContain("kettle-max");
  });

  test("an item that may not be shown stays in its list, with the reason", () => {
    const gone = worldOf({
      items: ITEMS.map((one) => (one.id === "tea" ? { ...one, availability: "out_of_stock" as const } : one)),
    });
    expect(listOf(gone, "kettle-plus", "goes_with")[0]).toMatchObject({
      id: "tea",
      obstacle: "not_available",
      isAvailable: false,
    });
    const hidden = worldOf({ config: { rules: [{ id: "r", then: [{ do: "hide", items: ["tea"] }] }] } });
    expect(listOf(hidden, "kettle-plus", "goes_with")[0]).toMatchObject({ id: "tea", obstacle: "hidden" });
    expect(aroundItem(hidden, hidden.catalog.ordinal.get("tea")!, NOW).rules).toEqual([
      { rule: "r", does: "hide" },
    ]);
  });

  test("ties hold both ends, each pair once, and never the item to itself", () => {
    const world = worldOf();
    const { ties, lists } = aroundItem(world, world.catalog.ordinal.get("tea")!, NOW);
    const near = new Set(lists.flatMap(({ items }) => items.map(({ id }) => id)));
    expect(near.size).toBeGreaterThan(0);
    const pairs = ties.map(({ from, to }) => [from, to].toSorted().join(" "));
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { from, to } of ties) {
      expect(from).not.toBe(to);
      expect(near.has(from) && near.has(to)).toBe(true);
    }
  });

  test("what fewer than five people did is withheld, also where the site tells of fewer", () => {
    expect([told(0, 1), told(4, 1), told(5, 1)]).toEqual([0, { withheld: true }, 5]);
    expect(told(4, 5)).toBe(4);
    const few = worldOf({ facts: FACTS.filter(({ who }) => /[ab][0-2]/.test(who)), minCustomers: 1 });
    const [first] = listOf(few, "kettle-plus", "goes_with");
    expect(first).toMatchObject({ id: "tea", customers: { withheld: true }, times: { withheld: true } });
    expect(ask(few).items[0]).toMatchObject({ visits: { withheld: true } });
  });

  test("what a sensitive item teaches nobody knows", () => {
    const world = worldOf({
      items: ITEMS.map((one) => (one.id === "tea" ? { ...one, sensitive: true, price: euros(500) } : one)),
    });
    expect(listOf(world, "tea", "viewed_with")).toEqual([]);
    expect(listOf(world, "tea", "next")).toEqual([]);
    expect(listOf(world, "kettle-plus", "goes_with").map(({ id }) => id)).not.toContain("tea");
  });
});

describe("how far the recipes have come", () => {
  const of = (world: ReturnType<typeof worldOf>, name: string) =>
    learningOf(world).recipes.find(({ strategy }) => strategy === name)!;
  test("nothing of a shop without visitors, except what needs none", () => {
    const empty = worldOf({ facts: [] });
    expect(of(empty, "also_viewed")).toMatchObject({
      state: "none",
      items: 0,
      coverage: 0,
      visitCoverage: 0,
    });
    expect(of(empty, "cross_sell")).toMatchObject({ state: "young", items: 1 });
    expect(of(empty, "same_type").state).toBe("ready");
    expect(learningOf(empty)).toMatchObject({ available: 7, cold: 7, visits: 0 });
  });

  test("mature where it speaks for what people look at", () => {
    const world = worldOf();
    expect(of(world, "trending")).toMatchObject({ state: "mature", visitCoverage: 1 });
    expect(of(world, "also_viewed").items).toBeGreaterThanOrEqual(2);
    const { rows, bytes } = learningOf(world);
    expect(rows.find(({ row }) => row === "coPurchase")!.entries).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(rows.reduce((sum, row) => sum + row.bytes, 0));
  });
});
