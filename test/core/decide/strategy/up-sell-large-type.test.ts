import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../../src/core/config/defaults.ts";
import { upSell } from "../../../../src/core/decide/strategy/up-sell.ts";
import { euros, item, sceneOf, worldOf } from "../scenes.ts";

/** One type of 300 items, some of them dearer in Austria. */
const ITEMS = Array.from({ length: 300 }, (_, n) =>
  item(`kettle-${n}`, {
    type: "Kettles",
    price: euros(1_000 + 10 * n),
    ...(n % 2 === 0 ? {} : { markets: { at: { price: euros(9_000) } } }),
  }),
);
const world = worldOf({ items: ITEMS });
type Asked = { current?: string; market?: string; priceRatioMax?: number; limit?: number };
const idsIn = (of: typeof world, { current = "kettle-0", market, priceRatioMax = 2, limit = 50 }: Asked) => {
  const scene = { ...sceneOf(of, { current }), market };
  return upSell
    .propose({ scene, seeds: [scene.current], settings: { ...DEFAULT_SETTINGS, priceRatioMax }, limit })
    .map(({ ordinal }) => ITEMS[ordinal]!.id);
};

describe("a type of many items", () => {
  test.each<[string, Asked]>([
    ["an item", { current: "kettle-7" }],
    ["a market", { market: "at" }],
    ["a narrow band", { priceRatioMax: 1.2 }],
    ["a limit", { limit: 3 }],
  ])("is answered for %s as if nothing else had been asked before", (_, asked) => {
    idsIn(world, {});
    const fresh = idsIn(worldOf({ items: ITEMS }), asked);
    expect(fresh.length).toBeGreaterThan(2);
    expect(fresh).not.toEqual(idsIn(world, {}));
    expect(idsIn(world, asked)).toEqual(fresh);
    expect(idsIn(world, asked)).toEqual(fresh);
  });

  test("an answer is the asker's own: what they do to it changes no other", () => {
    const scene = sceneOf(world, { current: "kettle-0" });
    const ask = { scene, seeds: [scene.current], settings: DEFAULT_SETTINGS, limit: 5 };
    upSell.propose(ask).length = 0;
    expect(upSell.propose(ask)).toHaveLength(5);
  });

  test("a newer catalog is answered anew", () => {
    const without = worldOf({ items: ITEMS.map((one, n) => (n < 50 ? one : { ...one, type: "Other" })) });
    expect(idsIn(world, {}).length).toBeGreaterThan(0);
    expect(idsIn(without, {}).some((id) => Number(id.slice(7)) >= 50)).toBe(false);
  });
});
