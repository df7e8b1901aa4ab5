import type { ShopEventType } from "../core/event/event.ts";
import { shapeOf, type Problem, type ProblemCode } from "../core/problem/problem.ts";

/**
 * An event as a foreign format states it: the input of `ShopEvent`, which the caller still parses. Values that only
 * the schema can judge (quantities, moments) are passed through as they came, so a bad one is refused there.
 */
export type UnparsedEvent = {
  readonly type: ShopEventType;
  readonly id: string;
  readonly [field: string]: unknown;
};

/** What every event of one foreign message shares. */
export type EventHead = { readonly id: string; readonly at?: unknown; readonly page?: unknown };

/**
 * Says what a place of a foreign message should have held, without repeating what it held.
 * @example refusal("/event", "a name", 7).detail // "/event must be a name, not integer."
 */
export function refusal(
  pointer: string,
  expected: string,
  value: unknown,
  code: ProblemCode = "event_invalid",
): Problem {
  const shape = shapeOf(value);
  return {
    code,
    pointer,
    shape,
    detail: `${pointer === "" ? "The message" : pointer} must be ${expected}, not ${shape}.`,
  };
}
