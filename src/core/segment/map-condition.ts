import type { Condition } from "./condition.ts";
import { pointerTo } from "./defect.ts";

/** One line of a condition: the name of an attribute, or an operator that stands where `$and` may stand. */
export type Entry = readonly [key: string, operand: unknown];

/**
 * The condition with some of its lines replaced, wherever they stand among `$and`, `$or`, `$nor` and `$not`. Those join
 * lines and are not shown themselves. What is malformed stays as it is.
 * @param replace the line to stand in its place; `undefined` leaves it
 */
export function mapCondition(
  condition: Condition,
  replace: (entry: Entry, pointer: string) => Entry | undefined,
  pointer = "",
): Condition {
  const mapped: Entry[] = [];
  for (const [key, operand] of Object.entries(condition)) {
    const at = pointerTo(pointer, key);
    if (isJoin(key) && Array.isArray(operand))
      mapped.push([
        key,
        operand.map((one: unknown, i) => (isTree(one) ? mapCondition(one, replace, pointerTo(at, i)) : one)),
      ]);
    else if (key === "$not" && isTree(operand)) mapped.push([key, mapCondition(operand, replace, at)]);
    else mapped.push(replace([key, operand], at) ?? [key, operand]);
  }
  return Object.fromEntries(mapped);
}

/** Looks at every line of a condition, as `mapCondition` finds them. */
export function eachEntry(
  condition: Condition,
  look: (entry: Entry, pointer: string) => void,
  pointer = "",
): void {
  mapCondition(
    condition,
    (entry, at) => {
      look(entry, at);
      return undefined;
    },
    pointer,
  );
}

/** Whether an operator joins a list of conditions. */
export const isJoin = (key: string): boolean => key === "$and" || key === "$or" || key === "$nor";

const isTree = (value: unknown): value is Condition =>
  typeof value === "object" && value !== null && !Array.isArray(value);
