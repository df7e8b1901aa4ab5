import { describe, expect, test } from "vitest";
import { historyOf, NO_HISTORY } from "../../../../src/core/recommend/history/history.ts";
import { NEXT_BASKET, nextBasket } from "../../../../src/core/recommend/history/next-basket.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { emptySnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { buys, DAY, NOON, people, taught } from "../facts.ts";

/** Everybody buys tea again and again, a kettle once, and filters after the kettle; salt sells most of all. */
const facts = people(12).flatMap((who) => [
  buys(who, ["tea", "kettle", "salt"], NOON),
  buys(who, ["tea", "filter"], NOON + 30 * DAY),
  buys(who, ["tea"], NOON + 60 * DAY),
]);
const others = people(150).map((who, i) => buys(`other-${who}`, [i % 5 === 0 ? "salt" : who], NOON));
const shop = publish(taught([...facts, ...others]), { minCustomers: 5, version: 1, now: NOON });
const past = (...baskets: string[][]) =>
  historyOf(baskets.map((items, i) => ({ at: NOON + i * 30 * DAY, items })));
const names = (history = NO_HISTORY, asked = {}) => nextBasket(history, shop, asked).map(({ item }) => item);

describe("nextBasket", () => {
  test("nobody's past: what sells most, most sold first", () => {
    expect(nextBasket(NO_HISTORY, shop).map(({ item, by }) => [item, by])).toEqual([
      ["salt", "popular"],
      ["tea", "popular"],
      ["filter", "popular"],
      ["kettle", "popular"],
    ]);
  });

  test("of two items bought once, the one that people buy again comes first", () => {
    const list = nextBasket(past(["kettle", "tea"]), shop, { settings: { ...NEXT_BASKET, shopOrders: 0 } });
    expect(list.findIndex(({ item }) => item === "tea")).toBeLessThan(
      list.findIndex(({ item }) => item === "kettle"),
    );
  });

  test("what others bought afterwards is expected, and said so", () => {
    const settings = { ...NEXT_BASKET, shopOrders: 0 };
    expect(nextBasket(past(["kettle"]), shop, { settings })).toContainEqual(
      expect.objectContaining({ item: "filter", by: "followed" }),
    );
    expect(names(past(["kettle"]), { settings: { ...settings, followedOrders: 0 } })).toEqual(["kettle"]);
  });

  test("own habit outweighs the shop's bestseller; an item the shop does not tell of still counts", () => {
    const habit = past(...Array.from({ length: 8 }, () => ["secret tea"]));
    expect(nextBasket(habit, shop)[0]).toMatchObject({ item: "secret tea", by: "own" });
  });

  test("what is due by the person's own interval is lifted, and only then", () => {
    const history = past(["tea"], ["tea"], ["tea"]);
    const settings = { ...NEXT_BASKET, shopOrders: 0, followedOrders: 0 };
    const at = (days: number) => nextBasket(history, shop, { settings, now: NOON + days * DAY })[0]!.score;
    expect(at(90) / at(62)).toBeCloseTo(1 + NEXT_BASKET.dueLift, 9);
  });

  test("each item once, best first, finite, no more than asked for", () => {
    const history = past(["tea", "kettle"], ["tea"], ["x", "y", "z"]);
    for (const now of [undefined, NaN, -1, NOON, Infinity])
      for (const limit of [0, 1, 3, 100]) {
        const list = nextBasket(history, shop, { now, limit });
        expect(list.length).toBe(Math.min(limit, 7));
        expect(new Set(list.map(({ item }) => item)).size).toBe(list.length);
        expect(list.every(({ score }) => Number.isFinite(score) && score > 0)).toBe(true);
        expect(list.map(({ score }) => score)).toEqual(list.map(({ score }) => score).sort((a, b) => b - a));
      }
  });

  test("a shop that has learned nothing: the person's own list, or none", () => {
    expect(nextBasket(NO_HISTORY, emptySnapshot())).toEqual([]);
    expect(nextBasket(past(["cup"], ["tea"]), emptySnapshot()).map(({ item }) => item)).toEqual([
      "tea",
      "cup",
    ]);
  });
});
