import { newOrder } from "../../../src/core/order/order.ts";
import { describe, expect, test } from "vitest";
import { STRATEGIES } from "../../../src/core/config/config.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { STRATEGY } from "../../../src/core/decide/strategy/list.ts";
import { whyOf } from "../../../src/core/decide/why.ts";
import { item, NOW, person, sceneOf, worldOf, euros } from "./scenes.ts";

const touched = (...items: string[]) =>
  person(
    (profile) => (profile.recent = items.map((one, i) => ({ item: one, kind: "view", at: NOW - 1000 + i }))),
  );

/** Scenes that every recipe must survive, the empty and the odd among them. */
const SCENES = {
  "a product page": sceneOf(worldOf(), { current: "kettle", profile: touched("tea", "spoon") }),
  "a cart": sceneOf(worldOf(), { cart: ["kettle", "tea"] }),
  "a home page of nobody": sceneOf(worldOf()),
  "a new shop": sceneOf(worldOf({ facts: [] }), { current: "kettle" }),
  "an empty catalog": sceneOf(worldOf({ items: [] }), { current: "kettle" }),
  "one item": sceneOf(worldOf({ items: [item("kettle", { type: "Kettles" })] }), { current: "kettle" }),
  "items without price, type or brand": sceneOf(
    worldOf({
      items: ["kettle", "kettle-plus", "tea"].map((id) => ({
        id,
        title: id,
        availability: "in_stock" as const,
      })),
    }),
    { current: "kettle" },
  ),
  "a price of nothing": sceneOf(
    worldOf({
      items: [
        item("kettle", { type: "K", price: euros(0) }),
        item("kettle-plus", { type: "K", price: euros(0) }),
      ],
    }),
    { current: "kettle" },
  ),
};

test("the list holds every name of the config, under its own name", () => {
  expect(Object.keys(STRATEGY).sort()).toEqual([...STRATEGIES].sort());
  for (const [name, strategy] of Object.entries(STRATEGY)) expect(strategy.name).toBe(name);
});

describe.each(STRATEGIES)("%s", (name) => {
  test.each(Object.entries(SCENES))(
    "proposes known items once, best first, with finite scores: %s",
    (_, scene) => {
      const seeds = scene.current >= 0 ? [scene.current] : scene.cart;
      const ask = { scene, seeds, settings: DEFAULT_SETTINGS, limit: 50 };
      const candidates = STRATEGY[name].propose(ask);
      expect(candidates.length).toBeLessThanOrEqual(50 + seeds.length * 50);
      expect(new Set(candidates.map((one) => one.ordinal)).size).toBe(candidates.length);
      for (const [i, { ordinal, score, evidence }] of candidates.entries()) {
        expect(scene.world.catalog.items[ordinal]).toBeDefined();
        expect(Number.isFinite(score) && score > 0, `${score}`).toBe(true);
        if (i > 0 && name !== "cross_sell") expect(score).toBeLessThanOrEqual(candidates[i - 1]!.score);
        expect(whyOf(scene.world, ordinal, evidence).text).toMatch(/^[^{}]+\.$/);
      }
      expect(STRATEGY[name].propose(ask)).toEqual(candidates);
    },
  );
});

describe("what each is for", () => {
  const propose = (name: keyof typeof STRATEGY, scene = SCENES["a product page"], seeds = [scene.current]) =>
    STRATEGY[name]
      .propose({ scene, seeds, settings: DEFAULT_SETTINGS, limit: 50 })
      .map((one) => ({ id: scene.world.catalog.items[one.ordinal]!.id, ...one.evidence }));

  test("cross_sell: what was bought with it, never the alternative beside it; then what the shop pairs", () => {
    const scene = sceneOf(worldOf(), { current: "kettle-plus" });
    expect(propose("cross_sell", scene)[0]).toMatchObject({ id: "tea", code: "bought_together", times: 8 });
    const forKettle = propose("cross_sell");
    expect(forKettle.map((one) => one.id)).not.toContain("kettle-plus");
    expect(forKettle.findLast(({ code }) => code !== "similar_to_viewed")).toMatchObject({
      id: "filter",
      code: "shop_pairs",
    });
  });

  test("cross_sell: the variants of a product speak for each other", () => {
    const scene = sceneOf(
      worldOf({
        items: [
          item("kettle-red", { group: "k" }),
          item("kettle-plus", { group: "k" }),
          item("tea"),
          item("cup"),
          item("spoon"),
        ],
      }),
      { current: "kettle-red" },
    );
    expect(propose("cross_sell", scene)[0]).toMatchObject({ id: "tea" });
  });

  test("up_sell: same type, dearer within the band; real trade-ups first; says what is better", () => {
    const candidates = propose("up_sell");
    expect(candidates.map((one) => one.id)).toEqual(["kettle-plus", "kettle-max"]);
    expect(candidates[0]).toMatchObject({ code: "trade_up" });
    const { world } = SCENES["a product page"];
    expect(whyOf(world, 1, { code: "step_up", from: 0 }).text).toBe(
      "Same kind as The kettle, with twice the capacity.",
    );
  });

  test("up_sell: an alternative that earns the shop less is left out where cost is stated", () => {
    const scene = sceneOf(
      worldOf({
        items: [
          item("a", { type: "T", price: euros(1000), cost: euros(500) }),
          item("b", { type: "T", price: euros(1200), cost: euros(1100) }),
          item("c", { type: "T", price: euros(1200), cost: euros(600) }),
        ],
      }),
      { current: "a" },
    );
    expect(propose("up_sell", scene).map((one) => one.id)).toEqual(["c"]);
  });

  test("recently_viewed: newest first, without the page's own", () => {
    expect(propose("recently_viewed").map((one) => one.id)).toEqual(["spoon", "tea"]);
  });

  test("for_you: what is due again comes first", () => {
    const profile = person((one) =>
      one.orders.set("o", {
        ...newOrder("key"),
        shop: { at: NOW - 40 * 86_400_000, digest: 1, minor: 500, currency: "EUR", lines: [["tea", 1]] },
      }),
    );
    expect(propose("for_you", sceneOf(worldOf(), { profile }), [])[0]).toMatchObject({
      id: "tea",
      code: "buy_again",
    });
    expect(propose("for_you", SCENES["a home page of nobody"], [])).toEqual([]);
  });

  test("trending: within the category where the page has one", () => {
    expect(
      propose("trending", sceneOf(worldOf(), { category: "Kettles" }), []).every((one) =>
        one.id.startsWith("kettle"),
      ),
    ).toBe(true);
  });

  test("a sensitive item is neither proposed nor speaks for another", () => {
    const items = [
      item("kettle-plus"),
      item("tea", { sensitive: true }),
      item("cup"),
      item("spoon", { type: "Adult > Spoons" }),
    ];
    const world = worldOf({ items, config: { sensitiveTypes: ["Adult"] } });
    for (const current of ["kettle-plus", "tea", "cup", "spoon"]) {
      for (const name of ["cross_sell", "also_viewed", "trending", "for_you"] as const) {
        const ids = propose(name, sceneOf(world, { current })).map((one) => one.id);
        expect(ids).not.toContain("tea");
        expect(ids).not.toContain("spoon");
        if (current === "tea" || current === "spoon") expect(name === "trending" ? [] : ids).toEqual([]);
      }
    }
  });
});
