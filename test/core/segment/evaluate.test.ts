import { describe, expect, test } from "vitest";
import type { Condition } from "../../../src/core/segment/condition.ts";
import { compileCondition, evalCondition, type Attributes } from "../../../src/core/segment/evaluate.ts";
import type { Groups } from "../../../src/core/segment/operators.ts";
import { readShared } from "../../support/shared.ts";

type Vector = [
  name: string,
  condition: Condition,
  attributes: Attributes,
  expected: boolean,
  groups?: Groups,
];

const text = readShared("vectors/growthbook/cases.json");
const vectors = text === undefined ? [] : (JSON.parse(text) as { evalCondition: Vector[] }).evalCondition;

describe.skipIf(text === undefined)("GrowthBook evalCondition vectors, spec 0.8.0", () => {
  test("there are 248", () => {
    expect(vectors).toHaveLength(248);
  });

  test.each(vectors)("%s", (_, condition, attributes, expected, groups) => {
    expect(evalCondition(attributes, condition, groups)).toBe(expected);
    expect(compileCondition(condition)(attributes, groups)).toBe(expected);
  });
});

describe("declared differences from the reference", () => {
  test.each<[name: string, condition: Condition, attributes: Attributes, expected: boolean]>([
    ["objects are equal in any order of keys", { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, true],
    ["an array is never equal to its joined text", { a: "x" }, { a: ["x"] }, false],
    ["an array is not compared as a number", { a: { $gt: 1 } }, { a: [5] }, false],
    ["$elemMatch sees a zero", { a: { $elemMatch: { $lt: 5 } } }, { a: [0] }, true],
    ["$not of a malformed operand is false", { $not: 5 }, {}, false],
    ["$or of a malformed operand is false", { $or: { a: 1 } }, { a: 1 }, false],
    ["$nor of a malformed operand is false", { $nor: "a" }, {}, false],
    ["$all of a malformed operand is false", { a: { $all: "x" } }, { a: ["x"] }, false],
    ["$elemMatch of a malformed operand is false", { a: { $elemMatch: "x" } }, { a: ["x"] }, false],
    ["a pattern with a back-reference never matches", { a: { $regex: "(a)\\1" } }, { a: "aa" }, false],
    ["a pattern is text", { a: { $regex: 5 } }, { a: "5" }, false],
    ["a list matches no pattern", { a: { $regex: "x" } }, { a: ["x"] }, false],
    ["an operator unknown to objects is false", { a: { $constructor: 1 } }, { a: 1 }, false],
  ])("%s", (_, condition, attributes, expected) => {
    expect(evalCondition(attributes, condition)).toBe(expected);
  });
});

describe("hostile attributes and paths", () => {
  test.each(["__proto__", "constructor", "a.__proto__.x", "a.constructor.name", "toString", "a.length"])(
    "the path %s is missing",
    (path) => {
      expect(evalCondition({ a: {} }, { [path]: null })).toBe(true);
      expect(evalCondition({ a: {} }, { [path]: { $exists: true } })).toBe(false);
    },
  );

  test("an own property called __proto__ is missing too", () => {
    const attributes = JSON.parse('{"__proto__":{"admin":true},"constructor":{"admin":true}}') as Attributes;
    expect(evalCondition(attributes, { "__proto__.admin": true })).toBe(false);
    expect(evalCondition(attributes, { "constructor.admin": true })).toBe(false);
  });

  test("a group named like an inherited property is empty", () => {
    expect(evalCondition({ id: 1 }, { id: { $inGroup: "toString" } }, {})).toBe(false);
    expect(evalCondition({ id: 1 }, { id: { $notInGroup: "constructor" } })).toBe(true);
  });

  test("no value makes an operator throw", () => {
    const values = JSON.parse('[{"toString":1,"valueOf":2},[[]],null,"",-0,true,{"length":3}]') as unknown[];
    const operands: unknown[] = [...values, [1, "a", null], { $gt: 1 }, "x", 5];
    const operators = ["$eq", "$ne", "$gt", "$lte", "$in", "$nini", "$all", "$alli", "$elemMatch", "$size"];
    operators.push("$exists", "$type", "$veq", "$vgt", "$inGroup", "$notInGroup", "$not", "$regex");
    for (const a of values) {
      for (const operand of operands) {
        for (const operator of operators)
          expect(typeof evalCondition({ a }, { a: { [operator]: operand } })).toBe("boolean");
        expect(typeof evalCondition({ a }, { a: operand })).toBe("boolean");
        expect(typeof evalCondition({ a }, { $or: operand, $not: operand })).toBe("boolean");
      }
    }
  });

  test("a list longer than a scan is worth answers as a short one", () => {
    const list = Array.from({ length: 50 }, (_, i) => `sku-${i}`);
    const isListed = compileCondition({ sku: { $in: list } });
    expect([isListed({ sku: "sku-49" }), isListed({ sku: "sku-50" }), isListed({})]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isListed({ sku: ["other", "sku-3"] })).toBe(true);
    expect(evalCondition({ sku: "SKU-7" }, { sku: { $ini: list } })).toBe(true);
  });
});
