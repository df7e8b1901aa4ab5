import { comparableVersion } from "./comparable-version.ts";
import type { CONDITION_OPERATORS } from "./condition.ts";
import { compileLinearPattern } from "./linear-pattern.ts";

/** Named lists of values that `$inGroup` looks into. */
export type Groups = { readonly [name: string]: readonly unknown[] };

/** A compiled question about one value; `null` is a missing one. */
export type ValueTest = (value: unknown, groups: Groups) => boolean;

/** What an operator needs when its operand is itself a condition. */
export type Compilers = {
  /** Over a value: plain JSON or an object of operators. `foldsCase` makes text equal without regard to case. */
  readonly value: (condition: unknown, foldsCase?: boolean) => ValueTest;
  /** Over an object's attributes. */
  readonly tree: (condition: unknown) => ValueTest;
};

type Operator = (operand: unknown, compile: Compilers) => ValueTest;

/** The answer to a question that is malformed or unknown. */
export const never: ValueTest = () => false;

/** Whether an object holds operators and nothing else. @example isOperators({ $gt: 5 }) // true */
export function isOperators(value: unknown): value is { readonly [operator: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}

/** Whether a value is an array or an object. */
export const isComposite = (value: unknown): boolean => typeof value === "object" && value !== null;

// Objects are not ordered: JavaScript would turn them into text, and a visitor's own `toString` would make that throw.
type Ordered = (a: number, b: number) => boolean;
const ordered =
  (holds: Ordered): Operator =>
  (operand) =>
    isComposite(operand)
      ? never
      : (value) => !isComposite(value) && holds(value as number, operand as number);

const version =
  (holds: (a: string, b: string) => boolean): Operator =>
  (operand) => {
    const wanted = comparableVersion(operand);
    return (value) => holds(comparableVersion(value), wanted);
  };

/** Below this a scan of the list is as quick as a set. */
const SCAN_MAX = 8;

function membership(list: readonly unknown[]): (value: unknown) => boolean {
  const has = list.length <= SCAN_MAX ? (value: unknown) => list.includes(value) : hasOf(new Set(list));
  return (value) => (Array.isArray(value) ? value.some(has) : has(value));
}

const hasOf = (set: ReadonlySet<unknown>) => (value: unknown) => set.has(value);
const folded = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);
const foldedAll = (value: unknown): unknown => (Array.isArray(value) ? value.map(folded) : folded(value));

const within =
  (wanted: boolean): Operator =>
  (operand) => {
    if (!Array.isArray(operand)) return never;
    const isIn = membership(operand);
    return (value) => isIn(value) === wanted;
  };

const withinFolded =
  (wanted: boolean): Operator =>
  (operand) => {
    if (!Array.isArray(operand)) return never;
    const isIn = membership(operand.map(folded));
    return (value) => isIn(foldedAll(value)) === wanted;
  };

const withinGroup =
  (wanted: boolean): Operator =>
  (operand) => {
    if (typeof operand !== "string") return never;
    return (value, groups) => {
      const group = Object.hasOwn(groups, operand) ? groups[operand]! : [];
      const isIn = Array.isArray(value) ? value.some((one) => group.includes(one)) : group.includes(value);
      return isIn === wanted;
    };
  };

const all =
  (foldsCase: boolean): Operator =>
  (operand, compile) => {
    if (!Array.isArray(operand)) return never;
    const tests = operand.map((one) => compile.value(one, foldsCase));
    return (value, groups) =>
      Array.isArray(value) && tests.every((test) => value.some((element) => test(element, groups)));
  };

/** A missing value is the text "null" to a pattern, as in GrowthBook's SDKs. */
const pattern =
  (foldsCase: boolean): Operator =>
  (operand) => {
    const matches = typeof operand === "string" ? compileLinearPattern(operand, foldsCase) : undefined;
    return matches === undefined ? never : (value) => !isComposite(value) && matches(String(value));
  };

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

type ValueOperator = Exclude<(typeof CONDITION_OPERATORS)[number], "$and" | "$or" | "$nor">;

/** Every operator over one value. A new one is a line here and a name in CONDITION_OPERATORS. */
const TABLE: { readonly [name in ValueOperator]: Operator } = {
  $not: (operand, compile) => {
    const test = compile.value(operand);
    return (value, groups) => !test(value, groups);
  },
  $eq: (operand) => (value) => value === operand,
  $ne: (operand) => (value) => value !== operand,
  $gt: ordered((a, b) => a > b),
  $gte: ordered((a, b) => a >= b),
  $lt: ordered((a, b) => a < b),
  $lte: ordered((a, b) => a <= b),
  $in: within(true),
  $nin: within(false),
  $ini: withinFolded(true),
  $nini: withinFolded(false),
  $all: all(false),
  $alli: all(true),
  $elemMatch: (operand, compile) => {
    const test = isOperators(operand) ? compile.value(operand) : compile.tree(operand);
    return (value, groups) => Array.isArray(value) && value.some((element) => test(element, groups));
  },
  $size: (operand, compile) => {
    const test = compile.value(operand);
    return (value, groups) => Array.isArray(value) && test(value.length, groups);
  },
  $exists: (operand) => (operand ? (value) => value !== null : (value) => value === null),
  $type: (operand) => (value) => typeOf(value) === operand,
  $regex: pattern(false),
  $regexi: pattern(true),
  $veq: version((a, b) => a === b),
  $vne: version((a, b) => a !== b),
  $vgt: version((a, b) => a > b),
  $vgte: version((a, b) => a >= b),
  $vlt: version((a, b) => a < b),
  $vlte: version((a, b) => a <= b),
  $inGroup: withinGroup(true),
  $notInGroup: withinGroup(false),
};

/** The operators by name. */
export const VALUE_OPERATORS: ReadonlyMap<string, Operator> = new Map(Object.entries(TABLE));
