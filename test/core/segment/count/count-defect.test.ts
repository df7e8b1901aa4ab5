import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Condition, conditionDefect, SegmentCondition } from "../../../../src/core/segment/condition.ts";
import { CONFIG_LIMITS } from "../../../../src/core/config/limits.ts";

const count = { event: "bought", where: { "item.type": { $regex: "^Tea" } }, days: 90, is: { $gte: 2 } };

describe("what segments may count", () => {
  test.each<[string, Condition]>([
    ["a windowed count", { $count: count }],
    ["a count for ever, with a plain number", { $count: { event: "product_viewed", is: 3 } }],
    ["a count between moments", { $count: { event: "ordered", from: "2026-01-01T00:00:00Z", is: 0 } }],
    ["a sum", { $sum: { event: "bought", of: "value", days: 365, is: { $gt: 99.5 } } }],
    ["days since the first", { $daysSinceFirst: { event: "ordered", is: { $gte: 365 } } }],
    ["days since the last, or never", { $daysSinceLast: { event: "ordered", is: { $exists: false } } }],
    [
      "a ratio",
      { $ratio: { of: { event: "product_added" }, to: { event: "product_viewed" }, is: { $lt: 0.1 } } },
    ],
    ["counts among joins", { $or: [{ $not: { $count: count } }, { $nor: [{ $count: count }] }] }],
    ["another segment", { $not: { $segment: "vip" } }],
    ["an hour", { $count: { event: "page_viewed", days: 1 / 24, is: { $in: [1, 2] } } }],
    [
      "a condition as deep as one that stands alone",
      { $or: [{ $and: [{ $count: { ...count, where: deep(3) } }] }] },
    ],
  ])("%s", (_, condition) => {
    expect(conditionDefect(condition, "segment")).toBeUndefined();
  });
});

/** Joins within joins, down to a question about `quantity`. */
function deep(times: number): Condition {
  return times === 0 ? { quantity: { $gt: 1 } } : { $and: [deep(times - 1)] };
}

describe("what is refused, and where", () => {
  const bad = (change: object): Condition => ({ $count: { ...count, ...change } });
  test.each<[string, Condition, string, RegExp]>([
    ["an unknown event", bad({ event: "bougt" }), "/$count/event", /^one of bought, ordered, /],
    ["an inherited name", bad({ event: "constructor" }), "/$count/event", /^one of bought/],
    ["an unknown key", bad({ within: 5 }), "/$count/within", /^one of event, where, days, from, until, is$/],
    ["no test", bad({ is: undefined }), "/$count/is", /^a number, or a test/],
    ["a text as test", bad({ is: "2" }), "/$count/is", /^a number/],
    ["a pattern as test", bad({ is: { $regex: "2" } }), "/$count/is", /^a number/],
    ["a broken test", bad({ is: { $gte: "2" } }), "/$count/is", /^a number/],
    ["an empty test", bad({ is: {} }), "/$count/is", /^a number/],
    ["a window of nothing", bad({ days: 0 }), "/$count/days", /1\/24 to 3650/],
    ["a window of minutes", bad({ days: 0.01 }), "/$count/days", /1\/24/],
    [
      "behaviour of years ago",
      { $count: { event: "page_viewed", days: 401, is: 1 } },
      "/$count/days",
      /1\/24 to 400/,
    ],
    ["two windows", bad({ from: 1_700_000_000_000 }), "/$count/days", /left out/],
    [
      "a day that does not exist",
      { $count: { event: "bought", from: "2026-02-30T00:00:00Z", is: 1 } },
      "/$count/from",
      /a moment that exists/,
    ],
    [
      "an end before the beginning",
      { $count: { event: "bought", from: 2e12, until: 1e12, is: 1 } },
      "/$count/until",
      /later than from/,
    ],
    [
      "a name that the event lacks",
      bad({ where: { query: "tea" } }),
      "/$count/where/query",
      /about what bought has/,
    ],
    [
      "a count in a count",
      bad({ where: { $and: [{ $count: count }] } }),
      "/$count/where/$and/0/$count",
      /cannot count/,
    ],
    ["a segment in a count", bad({ where: { $segment: "vip" } }), "/$count/where/$segment", /cannot count/],
    [
      "a broken pattern",
      bad({ where: { "item.type": { $regex: "(" } } }),
      "/$count/where/item.type/$regex",
      /./,
    ],
    ["a number beyond a window's memory", bad({ is: { $gte: 300 } }), "/$count/is", /up to 256/],
    ["a sum of nothing", { $sum: { event: "bought", is: 1 } }, "/$sum/of", /"value" or "quantity"/],
    [
      "a sum over what has no amount",
      { $sum: { event: "page_viewed", of: "value", is: 1 } },
      "/$sum/event",
      /bought, ordered/,
    ],
    ["a ratio to nothing", { $ratio: { of: { event: "bought" }, is: 1 } }, "/$ratio/to", /an object/],
    [
      "a ratio with a broken part",
      { $ratio: { of: { event: "bought" }, to: { event: "x" }, is: 1 } },
      "/$ratio/to/event",
      /one of/,
    ],
    ["an array", { $count: [] }, "/$count", /an object/],
    ["a segment that is no text", { $segment: 5 }, "/$segment", /the id of a segment/],
    ["a count about a value", { "traits.x": { $count: count } }, "/traits.x/$count", /a known operator/],
    [
      "a count within elements",
      { "cart.items": { $elemMatch: { $count: count } } },
      "/cart.items/$elemMatch/$count",
      /a known operator/,
    ],
  ])("%s", (_, condition, pointer, expected) => {
    const defect = conditionDefect(condition, "segment");
    expect(defect?.pointer).toBe(pointer);
    expect(defect?.expected).toMatch(expected);
  });

  test("ten thousand clauses, in a segment or in a count", () => {
    const many = Array.from({ length: 10_000 }, () => ({ quantity: 1 }));
    for (const condition of [{ $or: many }, { $count: { ...count, where: { $or: many } } }])
      expect(conditionDefect(condition, "segment")?.expected).toBe(
        `a condition of at most ${CONFIG_LIMITS.conditionNodesMax} nodes`,
      );
  });

  test("nesting without end", () => {
    const text = (start: string, end: string) => `${start.repeat(50_000)}{}${end.repeat(50_000)}`;
    const where: unknown = JSON.parse(text('{"$not":', "}"));
    const is: unknown = JSON.parse(text('{"$not":', "}"));
    for (const operand of [{ ...count, where }, { ...count, is }, [where]])
      expect(conditionDefect({ $count: operand }, "segment")).toBeDefined();
  });

  test("counting outside of segments", () => {
    for (const condition of [{ $count: count }, { $or: [{ $segment: "vip" }] }])
      expect(conditionDefect(condition)?.expected).toBe(
        "in a segment: only segments count events; use a segment",
      );
    expect(v.safeParse(Condition, { $count: count }).success).toBe(false);
    expect(v.safeParse(SegmentCondition, { $count: count }).success).toBe(true);
  });

  test("a schema's issue points at the line", () => {
    const parsed = v.safeParse(SegmentCondition, { $or: [{ $count: { ...count, event: "x" } }] });
    expect(parsed.issues?.[0].path?.map(({ key }) => key)).toEqual(["$or", "0", "$count", "event"]);
  });
});
