import { describe, expect, test } from "vitest";
import {
  decodeHistory,
  encodeHistory,
  HISTORY_BYTES_MAX,
} from "../../../../src/core/recommend/history/encode.ts";
import {
  gapSpreadMs,
  HISTORY_ITEMS,
  historyOf,
  NO_HISTORY,
  ORDER_FADE,
  weightNow,
  type Basket,
} from "../../../../src/core/recommend/history/history.ts";
import { DAY, NOON } from "../facts.ts";

const tea = (...days: number[]): Basket[] => days.map((day) => ({ at: NOON + day * DAY, items: ["tea"] }));
const jsonBytes = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

describe("historyOf", () => {
  test("fades by order: what was bought last weighs 1, each order before it nine tenths of the next", () => {
    const history = historyOf([...tea(0, 30), { at: NOON + 60 * DAY, items: ["cup"] }]);
    expect(weightNow(history, history.items.get("cup")!)).toBe(1);
    expect(weightNow(history, history.items.get("tea")!)).toBeCloseTo(ORDER_FADE + ORDER_FADE ** 2, 12);
    expect(history).toMatchObject({ orders: 3, lastAt: NOON + 60 * DAY });
  });

  test("mean and spread of the gaps, as a spreadsheet gives them", () => {
    const bought = historyOf(tea(0, 28, 60, 88)).items.get("tea")!;
    expect(bought).toMatchObject({ times: 4, gaps: 3 });
    expect(bought.gapMeanMs / DAY).toBeCloseTo(88 / 3, 9);
    expect(gapSpreadMs(bought)! / DAY).toBeCloseTo(2.309401, 6); // STDEV(28, 32, 28)
    expect(gapSpreadMs(historyOf(tea(0, 28)).items.get("tea")!)).toBeUndefined();
  });

  test("any order of arrival gives the same", () => {
    const baskets = [...tea(0, 28, 60), { at: NOON + 5 * DAY, items: ["cup", "tea"] }];
    expect(historyOf(baskets.toReversed())).toEqual(historyOf(baskets));
    expect([baskets[0]!.at, baskets[3]!.at]).toEqual([NOON, NOON + 5 * DAY]);
  });

  test("a split order is one need: it counts twice and makes no interval", () => {
    const bought = historyOf(tea(0, 0.1, 30)).items.get("tea")!;
    expect(bought).toMatchObject({ times: 3, gaps: 1 });
    expect(bought.gapMeanMs / DAY).toBeCloseTo(29.9, 9);
  });

  test("an item twice in a basket counts once; orders of no finite moment are passed over", () => {
    const odd = [NaN, Infinity, -Infinity].map((at) => ({ at, items: ["cup"] }));
    const history = historyOf([...odd, { at: NOON, items: ["tea", "tea"] }]);
    expect([...history.items.keys()]).toEqual(["tea"]);
    expect(history.items.get("tea")!.times).toBe(1);
    expect(historyOf(odd)).toEqual(NO_HISTORY);
  });

  test("full: what was bought once and long ago goes, what is bought again stays", () => {
    const baskets = Array.from({ length: 1000 }, (_, i) => ({
      at: NOON + i * DAY,
      items: [`once-${i}`, ...(i % 4 === 0 ? ["tea"] : [])],
    }));
    const { items } = historyOf(baskets);
    expect(items.size).toBe(HISTORY_ITEMS);
    expect(items.get("tea")!.times).toBe(250);
    expect(items.has("once-999")).toBe(true);
    expect(items.has("once-0")).toBe(false);
  });

  test.each([
    [
      "ten thousand orders",
      Array.from({ length: 10_000 }, (_, i) => ({ at: NOON + i * DAY, items: [`i${i % 500}`] })),
    ],
    ["one item a million times", Array.from({ length: 1_000_000 }, () => ({ at: NOON, items: ["tea"] }))],
    ["a basket of 10,000", [{ at: NOON, items: Array.from({ length: 10_000 }, (_, i) => `i${i}`) }]],
  ])("%s: bounded, and every number finite", (_, baskets) => {
    const history = historyOf(baskets);
    expect(history.items.size).toBeLessThanOrEqual(HISTORY_ITEMS);
    for (const bought of history.items.values()) {
      expect(Object.values(bought).every(Number.isFinite)).toBe(true);
      expect(weightNow(history, bought)).toBeLessThanOrEqual(1 / (1 - ORDER_FADE) + 1e-9);
    }
    expect(jsonBytes(encodeHistory(history))).toBeLessThanOrEqual(HISTORY_BYTES_MAX);
    expect(decodeHistory(encodeHistory(history)).orders).toBe(history.orders);
  });
});

describe("encodeHistory", () => {
  test("comes back as it was, moments to the hour and weights to the hundredth", () => {
    const history = historyOf([
      ...tea(0, 28, 60, 88),
      { at: NOON + 100 * DAY, items: ["cup", 'ein Löffel: 1.5 "l"'] },
    ]);
    const back = decodeHistory(encodeHistory(history));
    expect(back).toMatchObject({ orders: history.orders, lastAt: history.lastAt });
    expect(new Set(back.items.keys())).toEqual(new Set(history.items.keys()));
    for (const [item, bought] of history.items) {
      const read = back.items.get(item)!;
      expect(read).toMatchObject({
        order: bought.order,
        lastAt: bought.lastAt,
        times: bought.times,
        gaps: bought.gaps,
      });
      expect(read.weight).toBeCloseTo(bought.weight, 2);
      expect(Math.abs(read.gapMeanMs - bought.gapMeanMs)).toBeLessThanOrEqual(DAY / 48);
      expect(Math.abs((gapSpreadMs(read) ?? 0) - (gapSpreadMs(bought) ?? 0))).toBeLessThanOrEqual(DAY / 48);
    }
    expect(encodeHistory(back)).toBe(encodeHistory(history));
    expect(decodeHistory(encodeHistory(NO_HISTORY))).toEqual(NO_HISTORY);
  });

  test("keeps within two kilobytes by leaving out the lightest, however long and odd the ids", () => {
    const id = (i: number) => `${"茶".repeat(i % 2 ? 1 : 40)}"\\${i}`;
    const history = historyOf(
      Array.from({ length: 300 }, (_, i) => ({ at: NOON + i * DAY, items: [id(i)] })),
    );
    const text = encodeHistory(history);
    expect(jsonBytes(text)).toBeLessThanOrEqual(HISTORY_BYTES_MAX);
    expect(jsonBytes(text)).toBeGreaterThan(HISTORY_BYTES_MAX - 200);
    expect(decodeHistory(text).items.has(id(299))).toBe(true);
    expect(decodeHistory(text).items.has(id(150))).toBe(false);
  });
});
