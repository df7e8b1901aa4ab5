import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { bundle } from "../../../src/core/decide/strategy/bundle.ts";
import { crossSell } from "../../../src/core/decide/strategy/cross-sell.ts";
import { whyOf } from "../../../src/core/decide/why.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import type { Fact } from "../../../src/core/recommend/fact.ts";
import { typePairs } from "../../../src/core/recommend/snapshot/type-pairs.ts";
import { buys, people, taught } from "../recommend/facts.ts";
import { euros, item, person, sceneOf, worldOf } from "./scenes.ts";

/** A world whose snapshot also tells of kinds. */
function worldWithKinds(items: readonly CatalogItem[], facts: readonly Fact[], config = {}): World {
  const world = worldOf({ items, facts, config });
  const typeOf = new Map(items.map(({ id, type }) => [id, type]));
  const pairs = typePairs(taught(facts), (id) => typeOf.get(id), 5);
  const model = { ...world.model, typePairs: pairs };
  return joinWorld(world.config, world.catalog, model);
}

/** Kettles and teapots go together, though never the same two twice; the blue teapot sells best. */
const SHOP: readonly CatalogItem[] = [
  ...Array.from({ length: 6 }, (_, i) => item(`kettle-${i}`, { type: "Home > Kettles" })),
  ...Array.from({ length: 6 }, (_, i) => item(`teapot-${i}`, { type: "Home > Teapots" })),
  item("teapot-blue", { type: "Home > Teapots" }),
  item("teapot-gone", { type: "Home > Teapots", availability: "out_of_stock" }),
  item("spade", { type: "Garden > Spades" }),
];
const SALES: readonly Fact[] = [
  ...people(6).map((who, i) => buys(who, [`kettle-${i}`, `teapot-${i}`])),
  ...people(9).map((who) => buys(`${who}-b`, ["teapot-blue"])),
  ...people(12).map((who) => buys(`${who}-g`, ["teapot-gone"])),
  ...people(9).map((who) => buys(`${who}-s`, ["spade"])),
];

describe("cross_sell by kind", () => {
  const propose = (world: World, current: string, limit = 50) => {
    const scene = sceneOf(world, { current });
    return crossSell.propose({
      scene,
      seeds: [scene.current],
      settings: { ...DEFAULT_SETTINGS, coldStart: false },
      limit,
    });
  };
  const names = (world: World, current: string) =>
    propose(world, current).map((one) => world.catalog.items[one.ordinal]!.id);

  test("an item with too few buyers has the best sellers of the kinds that go with its kind", () => {
    const world = worldWithKinds(SHOP, SALES);
    expect(names(world, "kettle-2")).toEqual(["teapot-blue"]);
    const [first] = propose(world, "kettle-2");
    expect(first!.evidence).toEqual({ code: "bought_with_kind", with: 2, customers: 5 });
    expect(whyOf(world, first!.ordinal, first!.evidence).text).toBe(
      "Customers who buy Kettles also buy Teapots.",
    );
  });

  test("kinds come after learned pairs and after what the shop names, whatever the scores", () => {
    const items = SHOP.map((one) => (one.id === "kettle-0" ? { ...one, goesWith: ["spade"] } : one));
    const world = worldWithKinds(items, [
      ...SALES,
      ...people(7).map((who) => buys(`${who}-k`, ["kettle-0", "teapot-0"])),
    ]);
    const candidates = propose(world, "kettle-0");
    expect(candidates.map(({ evidence }) => evidence.code)).toEqual([
      "bought_together",
      "shop_pairs",
      "bought_with_kind",
    ]);
    const scores = candidates.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test("a snapshot that tells nothing of kinds, an item without one, a limit that is spent: none", () => {
    expect(names(worldOf({ items: SHOP, facts: SALES }), "kettle-2")).toEqual([]);
    const untyped = [...SHOP, item("gift")];
    expect(names(worldWithKinds(untyped, SALES), "gift")).toEqual([]);
    expect(propose(worldWithKinds(SHOP, SALES), "kettle-2", 0)).toEqual([]);
  });

  test("sensitive kinds neither speak nor come up", () => {
    const of = (type: string) => worldWithKinds(SHOP, SALES, { sensitiveTypes: [type] });
    expect(names(of("Home > Teapots"), "kettle-2")).toEqual([]);
    expect(names(of("Home > Kettles"), "kettle-2")).toEqual([]);
  });
});

/** A tent goes with mat, stove and lamp, which go with each other. */
const GEAR: readonly CatalogItem[] = [
  item("tent", { type: "Tents", price: euros(10_000) }),
  item("mat", { type: "Mats", price: euros(3_000) }),
  item("stove", { type: "Stoves", price: euros(4_000) }),
  item("lamp", { type: "Lamps", price: euros(2_500) }),
  item("soap", { type: "Soap", price: euros(200) }),
];
const TRIPS: readonly Fact[] = [
  ...people(12).map((who) => buys(who, ["tent", "mat", "stove", "lamp"])),
  ...people(40).map((who, i) => buys(`${who}-s`, ["soap", `towel-${i % 3}`])),
];

describe("bundle", () => {
  const propose = (items: readonly CatalogItem[], more: object = {}, scene = {}) => {
    const world = worldOf({ items, facts: TRIPS });
    const place = sceneOf(world, { current: "tent", ...scene });
    const ask = {
      scene: place,
      seeds: [place.current],
      settings: { ...DEFAULT_SETTINGS, ...more },
      limit: 50,
    };
    return bundle.propose(ask).map((one) => ({ ...one, id: world.catalog.items[one.ordinal]!.id }));
  };
  const ids = (...asked: Parameters<typeof propose>) =>
    propose(...asked)
      .map((one) => one.id)
      .toSorted();
  const changed = (id: string, change: Partial<CatalogItem>) =>
    GEAR.map((one) => (one.id === id ? { ...one, ...change } : one));

  test("completes the set within the price of what it completes", () => {
    expect(ids(GEAR)).toEqual(["lamp", "mat", "stove"]);
    expect(ids(changed("tent", { price: euros(6_000) }))).toHaveLength(2);
    expect(ids(changed("tent", { price: euros(5_000) }))).toEqual([]);
    expect(ids(changed("tent", { price: euros(5_000) }), { bundlePriceMax: 2 })).toHaveLength(3);
  });

  test("says with what each piece was bought, best first", () => {
    const pieces = propose(GEAR);
    for (const { evidence, score } of pieces) {
      expect(evidence).toMatchObject({ code: "bought_together", times: 12, customers: 5 });
      expect(score).toBeGreaterThan(0);
    }
    const scores = pieces.map((one) => one.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test.each([
    ["without a price", { price: undefined } as unknown as Partial<CatalogItem>],
    ["that costs nothing", { price: euros(0) }],
    ["with a negative price", { price: euros(-100) }],
    ["in another currency", { price: { minor: 100, currency: "USD" } }],
    ["that is sold out", { availability: "out_of_stock" as const }],
    ["of the tent's kind", { type: "Tents" }],
    ["of the tent's family", { group: "tent" }],
  ])("leaves out a piece %s", (_, change) => {
    expect(ids(changed("mat", change))).toEqual(["lamp", "stove"]);
  });

  test.each([
    ["no price", { price: undefined } as unknown as Partial<CatalogItem>],
    ["a price of nothing", { price: euros(0) }],
    ["another currency", { price: { minor: 10_000, currency: "USD" } }],
  ])("no set where what it completes has %s", (_, change) => {
    expect(ids(changed("tent", change))).toEqual([]);
  });

  test("leaves out what this person owns or refused, so that the set stays whole", () => {
    const profile = person((one) => {
      one.feedback.set("stove", { kind: "not_this", at: 1 });
    });
    expect(ids(GEAR, {}, { profile })).toEqual(["lamp", "mat"]);
  });

  test("a cart completes by its worth, and never with itself", () => {
    const world = worldOf({ items: GEAR, facts: TRIPS });
    const scene = sceneOf(world, { cart: ["tent", "lamp"] });
    const asked = bundle.propose({ scene, seeds: scene.cart, settings: DEFAULT_SETTINGS, limit: 50 });
    expect(asked.map((one) => world.catalog.items[one.ordinal]!.id).toSorted()).toEqual(["mat", "stove"]);
  });

  test("nothing for no seeds, unknown ordinals, or one seed ten thousand times over an empty model", () => {
    const scene = sceneOf(worldOf({ items: GEAR, facts: [] }), { current: "tent" });
    const ask = { scene, settings: DEFAULT_SETTINGS, limit: 50 };
    for (const seeds of [[], [999], Array.from({ length: 10_000 }, () => 0)]) {
      expect(bundle.propose({ ...ask, seeds })).toEqual([]);
    }
  });
});
