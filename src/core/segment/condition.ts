import * as v from "valibot";
import { CONFIG_LIMITS } from "../config/limits.ts";
import { countDefect } from "./count/count-defect.ts";
import { fieldOf, isCountOperator, wheresOf } from "./count/definition.ts";
import { issueOf, pointerTo, type Defect } from "./defect.ts";
import { patternDefect } from "./linear-pattern.ts";
import { isJoin } from "./map-condition.ts";

/** Operators a config may use: GrowthBook's. Patterns are matched in linear time, which leaves some of them out. */
export const CONDITION_OPERATORS = [
  "$and",
  "$or",
  "$nor",
  "$not",
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$ini",
  "$nini",
  "$all",
  "$alli",
  "$elemMatch",
  "$size",
  "$exists",
  "$type",
  "$regex",
  "$regexi",
  "$veq",
  "$vne",
  "$vgt",
  "$vgte",
  "$vlt",
  "$vlte",
  "$inGroup",
  "$notInGroup",
] as const;

/** Stands where `$and` may stand, in segments: whether the person is in another segment. @example { $segment: "vip" } */
export const SEGMENT_OPERATOR = "$segment";

/**
 * A pure predicate over a bag of attributes, in GrowthBook's Mongo-style language. @example { "cart.total": { $gt: 50 } }
 */
export type Condition = { readonly [key: string]: unknown };

/** Where a condition stands: only a segment may count events and ask about other segments. */
export type ConditionPlace = "segment" | "elsewhere";

/** What may stand at a place of the tree: lines to be joined, a list of such trees, or a question about one value. */
type Level = "tree" | "list" | "value";

/** Why a condition is refused, with the pointer of the place; `undefined` when it is fine. */
export function conditionDefect(condition: unknown, place: ConditionPlace = "elsewhere"): Defect | undefined {
  let nodes = 0;
  const walk = (
    value: unknown,
    pointer: string,
    depth: number,
    level: Level,
    isOccurrence: boolean,
  ): Defect | undefined => {
    if (++nodes > CONFIG_LIMITS.conditionNodesMax)
      return { pointer, expected: `a condition of at most ${CONFIG_LIMITS.conditionNodesMax} nodes` };
    if (depth > CONFIG_LIMITS.conditionDepthMax)
      return { pointer, expected: `a condition nested at most ${CONFIG_LIMITS.conditionDepthMax} deep` };
    if (value === null || typeof value !== "object") return undefined;
    for (const [key, child] of Object.entries(value)) {
      const at = pointerTo(pointer, key);
      if (level === "tree" && (isCountOperator(key) || key === SEGMENT_OPERATOR)) {
        const defect = isOccurrence
          ? {
              pointer: at,
              expected: "about one occurrence: what is counted cannot count or ask about segments",
            }
          : place === "segment"
            ? walkOperand(key, child, at, depth)
            : { pointer: at, expected: "in a segment: only segments count events; use a segment" };
        if (defect) return defect;
        continue;
      }
      if (
        !Array.isArray(value) &&
        key.startsWith("$") &&
        !(CONDITION_OPERATORS as readonly string[]).includes(key)
      ) {
        return { pointer: at, expected: "a known operator" };
      }
      if (key === "$regex" || key === "$regexi") {
        const expected = typeof child === "string" ? patternDefect(child) : "a pattern as text";
        if (expected !== undefined) return { pointer: at, expected };
      }
      const defect = walk(child, at, depth + 1, levelUnder(level, key), isOccurrence);
      if (defect) return defect;
    }
    return undefined;
  };
  /** What stands under a counting operator; a condition in it is as deep as if it stood alone. */
  const walkOperand = (key: string, operand: unknown, at: string, depth: number): Defect | undefined => {
    if (!isCountOperator(key))
      return typeof operand === "string" ? undefined : { pointer: at, expected: "the id of a segment" };
    // First what bounds its size: what looks closer goes into it without a limit of its own.
    for (const [part, where] of wheresOf(operand)) {
      const defect = walk(where, at + part, 0, "tree", true);
      if (defect) return defect;
    }
    return (
      walk(fieldOf(operand, "is"), `${at}/is`, depth + 1, "value", false) ?? countDefect(key, operand, at)
    );
  };
  return walk(condition, "", 0, "tree", false);
}

function levelUnder(level: Level, key: string): Level {
  if (level === "list") return "tree";
  if (level === "value") return "value";
  return isJoin(key) ? "list" : key === "$not" ? "tree" : "value";
}

export const Condition: v.GenericSchema<Condition> = v.pipe(
  v.record(v.string(), v.unknown(), 'a condition such as {"cart.total": {"$gt": 50}}'),
  v.check(
    (condition) => conditionDefect(condition) === undefined,
    (issue) => conditionDefect(issue.input)?.expected ?? "a condition",
  ),
) as v.GenericSchema<Condition>;

/** A condition of a segment: it may count events and ask about other segments. Issues point at the very line. */
export const SegmentCondition: v.GenericSchema<Condition> = v.pipe(
  v.record(v.string(), v.unknown(), 'a condition such as {"$count": {"event": "bought", "is": {"$gte": 2}}}'),
  v.rawCheck(({ dataset, addIssue }) => {
    const defect = dataset.typed ? conditionDefect(dataset.value, "segment") : undefined;
    if (defect) addIssue(issueOf(defect, dataset.value));
  }),
) as v.GenericSchema<Condition>;
