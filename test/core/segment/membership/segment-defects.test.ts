import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { CONFIG_LIMITS } from "../../../../src/core/config/limits.ts";
import type { Condition } from "../../../../src/core/segment/condition.ts";
import {
  segmentDefects,
  segmentsCheck,
  type SegmentRecord,
} from "../../../../src/core/segment/membership/segment-defects.ts";
import { unknownNames } from "../../../../src/core/segment/membership/unknown-names.ts";

const of = (whens: { readonly [id: string]: Condition }): SegmentRecord =>
  Object.fromEntries(Object.entries(whens).map(([id, when]) => [id, { when }]));
const counting: Condition = { $count: { event: "bought", is: { $gte: 2 } } };

describe("segments that cannot be had", () => {
  test.each<[string, { readonly [id: string]: Condition }, string, RegExp]>([
    [
      "one that does not exist",
      { a: { $segment: "b" } },
      "/a/when/$segment",
      /id of a segment of this config/,
    ],
    ["an inherited name", { a: { $segment: "constructor" } }, "/a/when/$segment", /id of a segment/],
    ["itself", { a: { $not: { $segment: "a" } } }, "/a/when/$not/$segment", /lead back here \(a → a\)/],
    [
      "a round of three",
      { a: { $segment: "b" }, b: { $or: [{ x: 1 }, { $segment: "c" }] }, c: { $segment: "a" } },
      "/c/when/$segment",
      /\(a → b → c → a\)/,
    ],
    [
      "counting and the page",
      { a: { $and: [{ "page.type": "cart" }, counting] } },
      "/a/when/$and/1/$count",
      /as page\.type does: make one segment that counts, .* a third that joins both by \$segment/,
    ],
    ["a condition that is none", { a: { x: { $foo: 1 } } }, "/a/when/x/$foo", /a known operator/],
  ])("%s", (_, whens, pointer, expected) => {
    const [defect, ...others] = segmentDefects(of(whens));
    expect(others).toEqual([]);
    expect(defect?.pointer).toBe(pointer);
    expect(defect?.expected).toMatch(expected);
  });

  test("too much that is counted; the same thing twice is one", () => {
    const days = (n: number): Condition => ({ $count: { event: "bought", days: n, is: 1 } });
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`s${i}`, days(i + 1)]));
    expect(segmentDefects(of({ ...many, again: days(7) }))).toEqual([]);
    expect(segmentDefects(of({ ...many, more: days(500) }))).toEqual([
      { pointer: "/more/when/$count", expected: "one of at most 100 different things that are counted" },
    ]);
  });

  test("as many as there may be, each asking about as many as it may, in a moment", () => {
    const ids = Array.from({ length: CONFIG_LIMITS.segmentsMax }, (_, i) => `s${i}`);
    const whens = ids.map((id, i): [string, Condition] => [
      id,
      { $and: ids.slice(Math.max(0, i - 30), i).map((other) => ({ $segment: other })) },
    ]);
    expect(segmentDefects(of(Object.fromEntries(whens)))).toEqual([]);
  });

  test("what is in order is no defect", () => {
    const whens = {
      a: counting,
      b: { "page.type": "cart" },
      c: { $and: [{ $segment: "a" }, { $segment: "b" }] },
    };
    expect(segmentDefects(of(whens))).toEqual([]);
  });

  test("the schema's issue points at the place", () => {
    const schema = v.pipe(
      v.record(v.string(), v.object({ when: v.record(v.string(), v.unknown()) })),
      segmentsCheck(),
    );
    const parsed = v.safeParse(schema, of({ a: { $or: [counting, { $segment: "b" }] } }));
    expect(parsed.issues?.[0].path?.map(({ key }) => key)).toEqual(["a", "when", "$or", "1", "$segment"]);
    expect(v.safeParse(schema, of({ a: counting })).success).toBe(true);
  });
});

test("names that nothing answers to are pointed at", () => {
  const whens = { a: { "trait.x": 1, "traits.x": 1 }, b: { $or: [{ segments: { $in: ["a"] } }] } };
  expect(unknownNames(of(whens)).map(({ pointer }) => pointer)).toEqual([
    "/a/when/trait.x",
    "/b/when/$or/0/segments",
  ]);
});
