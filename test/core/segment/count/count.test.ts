import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../../../src/core/primitives/time.ts";
import { MAY_LEARN, MAY_REMEMBER, type LoggedEvent } from "../../../../src/core/profile/logged.ts";
import type { Condition } from "../../../../src/core/segment/condition.ts";
import { compileCondition } from "../../../../src/core/segment/evaluate.ts";
import {
  addOccurrences,
  changesPast,
  countAnew,
  countOrders,
  isCounted,
} from "../../../../src/core/segment/count/keep-count.ts";
import { compileMeters } from "../../../../src/core/segment/count/meter.ts";
import { occurrencesOf } from "../../../../src/core/segment/count/occurrence.ts";
import { readMeters } from "../../../../src/core/segment/count/read-meters.ts";
import { logged } from "./logged.ts";
import { lookups, orderOf, refund } from "./orders.ts";

const NOW = 2_000 * DAY_MS;
const ago = (days: number) => NOW - days * DAY_MS;

let nextId = 0;
const event = (type: string, at: number, fields: object): LoggedEvent =>
  logged({ type, at, id: `e${++nextId}`, ...fields });
const viewed = (item: string, at: number, may = MAY_REMEMBER): LoggedEvent =>
  event("product_viewed", at, { item, may });
const added = (item: string, at: number, quantity: number): LoggedEvent =>
  event("product_added", at, { item, quantity });

const ORDERS = [
  orderOf({
    id: "1",
    at: ago(100),
    lines: [
      ["green", 2],
      ["kettle", 1],
    ],
    minor: 8_000,
  }),
  orderOf({ id: "2", at: ago(40.5), lines: [["black", 1]], minor: 2_000, channel: "store" }),
  orderOf({ id: "3", at: ago(10), lines: [["white", 3]], minor: 9_000 }, refund("3", ago(5), [["white", 1]])),
];
const EVENTS: readonly LoggedEvent[] = [
  viewed("green", ago(60)),
  viewed("green", ago(3)),
  viewed("kettle", ago(2)),
  viewed("kettle", ago(1), MAY_LEARN),
  added("green", ago(2), 4),
  event("products_searched", ago(7), { query: "oolong" }),
  event("custom", ago(6), { name: "quiz", facts: { score: 7 } }),
  event("survey_answered", ago(6), { survey: "s", question: "q", kind: "nps", score: 9 }),
  event("page_viewed", ago(4), { page: { type: "content", category: "Recipes" } }),
];

/** Whether a condition holds for the customer above. */
function holds(condition: Condition, now = NOW): boolean {
  const { meters, rewrite } = compileMeters([condition]);
  const states = countAnew(meters, { events: EVENTS, orders: ORDERS }, lookups, now);
  return compileCondition(rewrite(condition))({ meters: readMeters(states, meters, now) });
}

const tea = { "item.type": { $regex: "^Tea" } };

describe("what counts say", () => {
  test.each<[string, Condition, boolean]>([
    ["products of a type", { $count: { event: "bought", where: tea, is: 3 } }, true],
    ["within a window", { $count: { event: "bought", where: tea, days: 90, is: 2 } }, true],
    ["with a fraction of a day", { $count: { event: "bought", days: 40.4, is: 1 } }, true],
    ["orders", { $count: { event: "ordered", is: { $gte: 3 } } }, true],
    ["by channel", { $count: { event: "ordered", where: { channel: "store" }, is: 1 } }, true],
    ["by worth", { $count: { event: "ordered", where: { value: { $gte: 60 } }, is: 2 } }, true],
    ["by what is in it", { $count: { event: "ordered", where: { types: "x" }, is: 0 } }, true],
    ["from a moment on", { $count: { event: "ordered", from: ago(40.5), is: 2 } }, true],
    ["up to a moment, which is out", { $count: { event: "ordered", until: ago(40.5), is: 1 } }, true],
    ["money, returned pieces taken off", { $sum: { event: "ordered", of: "value", is: 160 } }, true],
    ["money of a type", { $sum: { event: "bought", of: "value", where: tea, days: 200, is: 100 } }, true],
    ["pieces", { $sum: { event: "bought", of: "quantity", days: 200, is: 6 } }, true],
    ["pieces put in the cart", { $sum: { event: "product_added", of: "quantity", is: 4 } }, true],
    ["days since the first", { $daysSinceFirst: { event: "ordered", is: 100 } }, true],
    ["days since the first of the window", { $daysSinceFirst: { event: "ordered", days: 50, is: 40 } }, true],
    ["days since the last", { $daysSinceLast: { event: "ordered", is: { $lte: 10 } } }, true],
    ["acts that may be remembered", { $count: { event: "product_viewed", is: 3 } }, true],
    [
      "a ratio",
      {
        $ratio: {
          of: { event: "product_viewed", where: tea },
          to: { event: "product_viewed" },
          is: { $gt: 0.66, $lt: 0.67 },
        },
      },
      true,
    ],
    [
      "a search",
      { $count: { event: "products_searched", where: { query: { $regexi: "OOLONG" } }, is: 1 } },
      true,
    ],
    [
      "an event of the shop's own",
      { $count: { event: "custom", where: { name: "quiz", "facts.score": { $gte: 7 } }, is: 1 } },
      true,
    ],
    ["an answer", { $count: { event: "survey_answered", where: { score: { $gte: 9 } }, is: 1 } }, true],
    ["a page", { $count: { event: "page_viewed", where: { "page.category": "Recipes" }, is: 1 } }, true],
    [
      "among joins",
      {
        $and: [
          { $count: { event: "ordered", is: 3 } },
          { $not: { $count: { event: "bought", days: 5, is: { $gt: 0 } } } },
        ],
      },
      true,
    ],
  ])("%s", (_, condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test("what never happened is no number of days and no ratio", () => {
    const never = { event: "product_wished" } as const;
    for (const is of [0, { $lt: 30 }, { $ne: 5 }, { $not: { $gt: 3 } }, { $nin: [1] }]) {
      expect(holds({ $daysSinceLast: { ...never, is } })).toBe(false);
      expect(holds({ $ratio: { of: { event: "bought" }, to: never, is } })).toBe(false);
    }
    expect(holds({ $daysSinceFirst: { ...never, is: { $exists: false } } })).toBe(true);
    expect(holds({ $count: { ...never, is: 0 } })).toBe(true);
  });

  test("a window is left at its very end", () => {
    const condition = { $count: { event: "ordered", days: 10, is: 1 } };
    expect([holds(condition, NOW - 1), holds(condition, NOW)]).toEqual([true, false]);
  });
});

describe("meters", () => {
  test("the same thing counted twice is one meter, whatever the order of keys", () => {
    const { meters } = compileMeters([
      { $count: { event: "bought", where: { quantity: 1, value: 2 }, days: 7, is: 1 } },
      { $or: [{ $count: { days: 7, where: { value: 2, quantity: 1 }, event: "bought", is: { $gt: 4 } } }] },
      { $daysSinceLast: { event: "bought", where: { value: 2, quantity: 1 }, days: 7, is: 1 } },
    ]);
    expect(meters.all).toHaveLength(1);
    expect([...meters.readings.values()].map(({ operator, marks }) => [operator, marks])).toEqual([
      ["$count", [1, 4]],
      ["$daysSinceLast", [1]],
    ]);
  });

  test("what it counts is part of its name, and the test is not", () => {
    const keyOf = (condition: Condition) => compileMeters([condition]).meters.all[0]!.key;
    const key = keyOf({ $count: { event: "bought", days: 7, is: 1 } });
    expect(keyOf({ $count: { event: "bought", days: 7, is: 99 } })).toBe(key);
    expect(keyOf({ $count: { event: "bought", days: 8, is: 1 } })).not.toBe(key);
    expect(keyOf({ $sum: { event: "bought", of: "value", days: 7, is: 1 } })).not.toBe(key);
    expect(key).toMatch(/^[0-9a-z]+$/);
  });

  test("a window remembers the newest 256, a count for ever all", () => {
    const { meters } = compileMeters([
      { $count: { event: "product_viewed", days: 30, is: 1 } },
      { $count: { event: "product_viewed", is: 1 } },
    ]);
    const events = Array.from({ length: 1_000 }, (_, i) => viewed("green", NOW - i * HOUR_MS * 0.1));
    const states = countAnew(meters, { events, orders: [] }, lookups, NOW);
    expect(Object.values(readMeters(states, meters, NOW)).sort()).toEqual([1_000, 256]);
    expect(JSON.stringify(states).length).toBeLessThan(5_000);
  });

  test("what has left its window is forgotten when anything is counted", () => {
    const { meters } = compileMeters([{ $sum: { event: "product_added", of: "quantity", days: 2, is: 1 } }]);
    const events = [added("green", ago(1), 1), added("green", ago(0.5), 3)];
    const states = countAnew(meters, { events, orders: [] }, lookups, NOW);
    addOccurrences(states, meters, [], NOW + DAY_MS);
    expect(Object.values(states)).toEqual([{ at: [ago(0.5)], by: [3] }]);
  });

  test("a meter that was never counted is left alone until it is", () => {
    const { meters } = compileMeters([{ $count: { event: "product_viewed", is: 1 } }]);
    const states = {};
    addOccurrences(states, meters, occurrencesOf(viewed("green", NOW), lookups), NOW);
    expect(isCounted(states, meters)).toBe(false);
    expect(isCounted(countAnew(meters, { events: [], orders: [] }, lookups, NOW), meters)).toBe(true);
  });

  test("orders are counted anew, and behaviour stays", () => {
    const { meters } = compileMeters([
      { $count: { event: "bought", is: 1 } },
      { $count: { event: "product_viewed", is: 1 } },
    ]);
    const states = countAnew(meters, { events: EVENTS, orders: ORDERS }, lookups, NOW);
    countOrders(states, meters, ORDERS.slice(1, 2), lookups, NOW);
    expect(Object.values(readMeters(states, meters, NOW))).toEqual([1, 3]);
  });

  test("a gift says nothing of the giver, whenever it is told", () => {
    const gift = event("feedback_given", NOW, { item: "green", feedback: "gift" });
    expect([changesPast(gift), changesPast(viewed("green", NOW))]).toEqual([true, false]);
    const isOut = (item: string) => item === "green";
    expect(occurrencesOf(viewed("green", NOW), { ...lookups, isOut })).toEqual([]);
  });
});
