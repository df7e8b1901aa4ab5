import { attributeReader } from "./attribute-path.ts";
import type { Condition } from "./condition.ts";
import {
  isComposite,
  isOperators,
  never,
  VALUE_OPERATORS,
  type Groups,
  type ValueTest,
} from "./operators.ts";
import { sameJson } from "./same-json.ts";

/** What a condition is asked about: JSON values by name, nested at will. */
export type Attributes = { readonly [name: string]: unknown };

/** A compiled condition. Pure, never throws, and costs no parsing. Without `groups` every group is empty. */
export type CompiledCondition = (attributes: Attributes, groups?: Groups) => boolean;

const NO_GROUPS: Groups = {};

/**
 * Turns a condition into closures, once; asking is then free of interpretation.
 *
 * The language is GrowthBook's (SDK specification 0.8.0), with these declared differences: `$regex` and `$regexi` know
 * neither back-references nor look-around, and a pattern that has them never matches; an operand of the wrong shape is
 * false; objects are equal whatever the order of their keys; an array or object is never equal to, less or greater than
 * a text or number, and matches no pattern; `$elemMatch` also looks at `0`, `""`, `false` and `null`; only own
 * properties are read.
 * @example compileCondition({ "cart.total": { $gt: 50 } })({ cart: { total: 60 } }) // true
 */
export function compileCondition(condition: Condition): CompiledCondition {
  const test = compileTree(condition);
  return (attributes, groups = NO_GROUPS) => test(attributes, groups);
}

/**
 * Compiles and asks once. For a question asked again, keep what `compileCondition` returns.
 * @example evalCondition({ id: 1 }, { id: { $inGroup: "staff" } }, { staff: [1, 2] }) // true
 */
export function evalCondition(attributes: Attributes, condition: Condition, groups?: Groups): boolean {
  return compileCondition(condition)(attributes, groups);
}

function compileTree(condition: unknown): ValueTest {
  if (typeof condition !== "object" || condition === null || Array.isArray(condition)) return never;
  return every(Object.entries(condition).map(([key, operand]) => compileEntry(key, operand)));
}

function compileEntry(key: string, operand: unknown): ValueTest {
  switch (key) {
    case "$and":
      return Array.isArray(operand) ? every(operand.map(compileTree)) : never;
    case "$or":
      return Array.isArray(operand) ? some(operand.map(compileTree)) : never;
    case "$nor":
      return Array.isArray(operand) ? not(some(operand.map(compileTree))) : never;
    case "$not":
      return isComposite(operand) && !Array.isArray(operand) ? not(compileTree(operand)) : never;
    default: {
      const read = attributeReader(key);
      const test = compileValue(operand);
      return (attributes, groups) => test(read(attributes), groups);
    }
  }
}

function compileValue(condition: unknown, foldsCase = false): ValueTest {
  switch (typeof condition) {
    case "string": {
      if (!foldsCase) return (value) => !isComposite(value) && String(value) === condition;
      const wanted = condition.toLowerCase();
      return (value) => !isComposite(value) && String(value).toLowerCase() === wanted;
    }
    case "number":
      return (value) => !isComposite(value) && Number(value) === condition;
    case "boolean":
      return (value) => value !== null && Boolean(value) === condition;
    case "object": {
      if (condition === null) return (value) => value === null;
      if (!isOperators(condition)) return (value) => sameJson(condition, value);
      const tests = Object.entries(condition).map(
        ([name, operand]) =>
          VALUE_OPERATORS.get(name)?.(operand, { value: compileValue, tree: compileTree }) ?? never,
      );
      return every(tests);
    }
    default:
      return never;
  }
}

const not =
  (test: ValueTest): ValueTest =>
  (value, groups) =>
    !test(value, groups);

function every(tests: readonly ValueTest[]): ValueTest {
  if (tests.length === 1) return tests[0]!;
  return (value, groups) => {
    for (const test of tests) if (!test(value, groups)) return false;
    return true;
  };
}

/** An empty `$or` is true: the specification says so, and an editor that has just opened one must not hide everything. */
function some(tests: readonly ValueTest[]): ValueTest {
  if (tests.length === 0) return () => true;
  if (tests.length === 1) return tests[0]!;
  return (value, groups) => {
    for (const test of tests) if (test(value, groups)) return true;
    return false;
  };
}
