import * as v from "valibot";
import { CONFIG_LIMITS } from "../config/limits.ts";
import { patternDefect } from "./linear-pattern.ts";

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

/**
 * A pure predicate over a bag of attributes, in GrowthBook's Mongo-style language. @example { "cart.total": { $gt: 50 } }
 */
export type Condition = { readonly [key: string]: unknown };

/** Why a condition is refused, with the pointer of the place; `undefined` when it is fine. */
export function conditionDefect(condition: unknown): { pointer: string; expected: string } | undefined {
  let nodes = 0;
  const walk = (
    value: unknown,
    pointer: string,
    depth: number,
  ): { pointer: string; expected: string } | undefined => {
    if (++nodes > CONFIG_LIMITS.conditionNodesMax)
      return { pointer, expected: `a condition of at most ${CONFIG_LIMITS.conditionNodesMax} nodes` };
    if (depth > CONFIG_LIMITS.conditionDepthMax)
      return { pointer, expected: `a condition nested at most ${CONFIG_LIMITS.conditionDepthMax} deep` };
    if (value === null || typeof value !== "object") return undefined;
    for (const [key, child] of Object.entries(value)) {
      if (
        !Array.isArray(value) &&
        key.startsWith("$") &&
        !(CONDITION_OPERATORS as readonly string[]).includes(key)
      ) {
        return { pointer: `${pointer}/${key}`, expected: "a known operator" };
      }
      if (key === "$regex" || key === "$regexi") {
        const expected = typeof child === "string" ? patternDefect(child) : "a pattern as text";
        if (expected !== undefined) return { pointer: `${pointer}/${key}`, expected };
      }
      const defect = walk(child, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, depth + 1);
      if (defect) return defect;
    }
    return undefined;
  };
  return walk(condition, "", 0);
}

export const Condition: v.GenericSchema<Condition> = v.pipe(
  v.record(v.string(), v.unknown(), 'a condition such as {"cart.total": {"$gt": 50}}'),
  v.check(
    (condition) => conditionDefect(condition) === undefined,
    (issue) => conditionDefect(issue.input)?.expected ?? "a condition",
  ),
) as v.GenericSchema<Condition>;
