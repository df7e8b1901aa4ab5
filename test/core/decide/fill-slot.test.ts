import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import type { ConfigDocument, SlotConfig } from "../../../src/core/config/config.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import { STRATEGY } from "../../../src/core/decide/strategy/list.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import type { Fact } from "../../../src/core/recommend/fact.ts";
import { newOrder } from "../../../src/core/order/order.ts";
import { BENCH_CONFIG } from "../../bench/replay/bench-config.ts";
import { DAY, euros, item, NOW, person, sceneOf, worldOf } from "./scenes.ts";

type Asked = {
  slot?: SlotConfig;
  config?: ConfigDocument;
  items?: readonly CatalogItem[];
  profile?: ReturnType<typeof person>;
  current?: string;
  cart?: readonly string[];
  ids?: readonly string[];
};

/** Three people look at every item at the same moment: what is shown first is then up to the decision alone. */
const looks = (items: readonly CatalogItem[]): Fact[] =>
  items.flatMap(({ id }) =>
    [1, 2, 3].map((n): Fact => ({ who: `p${n}`, session: 1, at: NOW - 1000, kind: "view", items: [id] })),
  );

/** What the slots of a page show, of a shop in which every item is as hot as the other. */
function shown({ slot, config, items, profile, current = "seed", cart, ids = ["one"] }: Asked): string[][] {
  const slots = Object.fromEntries(
    ids.map((id) => [id, { strategies: ["trending" as const], max: 8, ...slot }]),
  );
  const world = worldOf({
    config: { holdout: { share: 0 }, slots, ...config },
    minCustomers: 1,
    ...(items === undefined ? {} : { items, facts: looks(items) }),
  });
  const scene = sceneOf(world, {
    current,
    ...(cart === undefined ? {} : { cart }),
    ...(profile === undefined ? {} : { profile }),
  });
  const decided = decide(scene, { slots: ids.map((id) => ({ id })), unit: "visitor", pageType: "product" });
  return decided.map((one) => one.answer.items.map(({ id }) => id));
}

/** A seed, two variants of one pot, and a pan, all of one type. */
const POTS = [
  item("seed", { type: "Pots", price: euros(1000) }),
  item("pot-red", { type: "Pots", price: euros(1000), group: "pot" }),
  item("pot-blue", { type: "Pots", price: euros(1000), group: "pot" }),
  item("pan", { type: "Pots", price: euros(900) }),
];

function bought(id: string, daysAgo: number) {
  return person((profile) =>
    profile.orders.set("o", {
      ...newOrder("key"),
      shop: { at: NOW - daysAgo * DAY, digest: 1, minor: 500, currency: "EUR", lines: [[id, 1]] },
    }),
  );
}

describe("one product once, by family", () => {
  test("of variants one is shown", () => expect(shown({ items: POTS })).toEqual([["pot-red", "pan"]]));
  test("no slot repeats another's product, nor a variant of it", () => {
    expect(shown({ items: POTS, ids: ["one", "two"], slot: { max: 1 } })).toEqual([["pot-red"], ["pan"]]);
  });
  test("a variant in the cart, on the page, owned or refused speaks for its product", () => {
    expect(shown({ items: POTS, cart: ["pot-blue"] })).toEqual([["pan"]]);
    expect(shown({ items: POTS, current: "pot-blue" })).toEqual([["seed", "pan"]]);
    expect(shown({ items: POTS, profile: bought("pot-blue", 3) })).toEqual([["pan"]]);
    for (const kind of ["not_this", "own_it"] as const)
      expect(
        shown({
          items: POTS,
          profile: person(({ feedback }) => feedback.set("pot-blue", { kind, at: NOW })),
        }),
      ).toEqual([["pan"]]);
  });
  test("the product of the page comes back where the slot says so", () => {
    const pinned = { rules: [{ id: "p", then: [{ do: "pin" as const, items: ["pot-red"] }] }] };
    expect(shown({ items: POTS, current: "pot-blue", config: pinned })).toEqual([["seed", "pan"]]);
    expect(
      shown({ items: POTS, current: "pot-blue", config: pinned, slot: { repeatCurrent: true } })[0]?.[0],
    ).toBe("pot-red");
  });
  test("owned comes back when it is due, by the latest of its variants", () => {
    const tea = POTS.map((one) => ({ ...one, replenishDays: 30 }));
    expect(shown({ items: tea, profile: bought("pot-blue", 10) })).toEqual([["pan"]]);
    expect(shown({ items: tea, profile: bought("pot-blue", 40) })).toEqual([["pot-red", "pan"]]);
  });
});

describe("a cap", () => {
  const often = person(({ seen }) => seen.set("pot-red", { times: 3, at: NOW - DAY }));
  const capped = { settings: { capTimes: 3, capDays: 7 } };
  test("leaves out what it was reached for; without one it stays", () => {
    expect(shown({ items: POTS, profile: often })[0]).toContain("pot-red");
    expect(shown({ items: POTS, profile: often, slot: capped })).toEqual([["pan"]]);
  });
  test("variants do not take turns: each showing of one counts for the product", () => {
    const turns = person(({ seen }) => {
      seen.set("pot-red", { times: 2, at: NOW - 2 * DAY });
      seen.set("pot-blue", { times: 1, at: NOW - DAY });
    });
    expect(shown({ items: POTS, profile: turns, slot: capped })).toEqual([["pan"]]);
  });
  test("holds for pins, and shows nobody less who is nobody", () => {
    const config = { rules: [{ id: "p", then: [{ do: "pin" as const, items: ["pot-red"] }] }] };
    expect(shown({ items: POTS, profile: often, slot: capped, config })[0]).not.toContain("pot-red");
    expect(shown({ items: POTS, slot: capped, config })[0]?.[0]).toBe("pot-red");
  });
});

describe("diversity", () => {
  const items = [
    item("seed", { type: "Pots", brand: "Brook" }),
    ...["a", "b", "c"].map((id, i) => item(id, { type: "Pots", brand: "Brook", price: euros(1000 + i) })),
    item("other", { type: "Pots", brand: "Moss", price: euros(1300) }),
  ];
  test("brings another maker forward; 0 does not", () => {
    expect(shown({ items, slot: { settings: { diversity: 0 } } })[0]?.at(-1)).toBe("other");
    expect(shown({ items, slot: { settings: { diversity: 0.9 } } })[0]?.indexOf("other")).toBe(1);
  });
  test("pins keep their place, whatever they are like", () => {
    const config = { rules: [{ id: "p", then: [{ do: "pin" as const, items: ["c"], position: 2 }] }] };
    for (const diversity of [0, 0.3, 1])
      expect(shown({ items, config, slot: { settings: { diversity } } })[0]?.[1]).toBe("c");
  });
});

test("stock and margin move items as far as they are weighed, and no further", () => {
  const items = [
    item("seed", { type: "Pots" }),
    item("few", { type: "Pots", stock: 1, cost: euros(999) }),
    item("usual", { type: "Pots", stock: 20, cost: euros(999) }),
    item("plenty", { type: "Pots", stock: 500, cost: euros(100) }),
  ];
  const order = (settings: object) => shown({ items, slot: { settings: { diversity: 0, ...settings } } })[0];
  expect(order({})).toEqual(["few", "usual", "plenty"]);
  expect(order({ stockWeight: 0.5 })).toEqual(["plenty", "usual", "few"]);
  expect(order({ marginWeight: 0.5 })).toEqual(["plenty", "few", "usual"]);
});

describe("how many", () => {
  const pinned = (id: string) => ({ rules: [{ id: "p", then: [{ do: "pin" as const, items: [id] }] }] });
  test("below min the shop's own content stays", () => {
    const world = worldOf({
      items: POTS,
      facts: looks(POTS),
      minCustomers: 1,
      config: { slots: { one: { strategies: ["trending"], min: 3 } } },
    });
    const [decided] = decide(sceneOf(world, { current: "seed" }), {
      slots: [{ id: "one" }],
      unit: "",
      pageType: "product",
    });
    expect(decided?.answer).toMatchObject({ status: "fallback", reason: "below_min", items: [] });
  });
  test("max counts pins", () => {
    expect(shown({ items: POTS, slot: { max: 1 }, config: pinned("pan") })).toEqual([["pan"]]);
  });
});

describe("with every guard off", () => {
  const settings = { ...DEFAULT_SETTINGS, ...BENCH_CONFIG.slots.replay.settings };
  const busy = person((profile) => {
    profile.recent = ["kettle-max", "tea", "cup"].map((id, i) => ({
      item: id,
      kind: "click",
      at: NOW - i - 1,
    }));
    for (const id of ["kettle-plus", "tea", "spoon"]) profile.seen.set(id, { times: 50, at: NOW });
  });
  test("the strategy's order comes through exactly, whatever the customer did", () => {
    const world = worldOf({ config: BENCH_CONFIG, minCustomers: 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...(["also_viewed", "cross_sell", "same_type", "for_you", "trending", "up_sell"] as const),
        ),
        fc.constantFrom("kettle", "kettle-plus", "tea", "spoon"),
        (name, current) => {
          const scene = sceneOf(world, { current, profile: busy });
          const seeds = [scene.current];
          const { family, items } = world.catalog;
          const own = STRATEGY[name]
            .propose({ scene, seeds, settings, limit: 192 })
            .filter(({ ordinal }) => family[ordinal] !== family[scene.current])
            .map(({ ordinal }) => items[ordinal]!.id);
          const [decided] = decide(scene, {
            slots: [{ id: "replay", strategies: [name], max: 20, min: 0 }],
            unit: "visitor",
            pageType: "product",
          });
          expect(decided?.answer.items.map(({ id }) => id)).toEqual(own);
        },
      ),
    );
  });
  test("what the customer said still counts", () => {
    const slot = { settings: { ...BENCH_CONFIG.slots.replay.settings } };
    const less = person(({ feedback }) => feedback.set("pot-red", { kind: "less_like_this", at: NOW }));
    const items = POTS.map((one) => ({ ...one, brand: one.group ?? one.id }));
    expect(shown({ items, slot })).toEqual([["pot-red", "pan"]]);
    expect(shown({ items, slot, profile: less })).toEqual([["pan", "pot-red"]]);
    const tired = person(({ seen }) => seen.set("pot-red", { times: 50, at: NOW }));
    expect(shown({ items: POTS, slot, profile: tired })).toEqual([["pot-red", "pan"]]);
    expect(shown({ items: POTS, profile: tired })).toEqual([["pan", "pot-red"]]);
  });
});

test("a catalog of broken prices, stocks and costs is decided without a fall", () => {
  const number = fc.constantFrom(Number.NaN, -1, 0, 5, Number.POSITIVE_INFINITY);
  const broken = fc.record({ minor: number, cost: number, stock: number });
  fc.assert(
    fc.property(fc.array(broken, { maxLength: 12 }), (all) => {
      const items = [
        item("seed", { type: "Pots" }),
        ...all.map(({ minor, cost, stock }, i) =>
          item(`i${i}`, { type: "Pots", price: euros(minor), cost: euros(cost), stock }),
        ),
      ];
      const [list] = shown({
        items,
        slot: { max: 24, settings: { stockWeight: 1, marginWeight: 1, diversity: 1, count: "fill" } },
      });
      expect(new Set(list).size).toBe(list!.length);
    }),
  );
});
