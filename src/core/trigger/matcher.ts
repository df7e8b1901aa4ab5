import { compileCondition, type CompiledCondition } from "../segment/evaluate.ts";
import type { TriggerEvent } from "../config/trigger-config.ts";
import type { Happening } from "./happening.ts";
import type { JsonObject } from "../webhook/notice.ts";

/** Whether something that happened is of the kind a trigger names. */
export function compileMatcher({ event, where }: TriggerEvent): (happening: Happening) => boolean {
  const test: CompiledCondition = where ? compileCondition(where) : () => true;
  return (happening) => happening.event === event && test(happening.attributes);
}

/** What effects are told of something that happened. */
export const dataOf = ({ event, item }: Happening): JsonObject => ({
  event,
  ...(item === undefined ? {} : { item }),
});
