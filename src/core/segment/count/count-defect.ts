import { parseMoment } from "../../primitives/time.ts";
import type { Condition } from "../condition.ts";
import { pointerTo, type Defect } from "../defect.ts";
import { marksOf } from "../marks.ts";
import { eachEntry } from "../map-condition.ts";
import {
  COUNTED_EVENTS,
  isCountedEvent,
  isFromOrders,
  summableOf,
  type CountedEvent,
} from "./counted-event.ts";
import type { CountOperator } from "./definition.ts";
import { COUNT_LIMITS } from "./limits.ts";
import { valueTestDefect } from "./value-test.ts";

type Fields = { readonly [name: string]: unknown };

const WHAT = ["event", "where", "days", "from", "until"];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Why what stands under `$count` and its like is refused; `undefined` when it is fine. The syntax of `where` is left to
 * whoever checks conditions.
 */
export function countDefect(operator: CountOperator, operand: unknown, pointer: string): Defect | undefined {
  if (!isFields(operand)) return { pointer, expected: "an object such as {event, where, days, is}" };
  const found =
    operator === "$ratio" ? ratioDefect(operand, pointer) : whatDefect(operator, operand, pointer, ["is"]);
  if (found) return found;
  const expected = valueTestDefect(operand["is"]);
  if (expected !== undefined) return { pointer: pointerTo(pointer, "is"), expected };
  const isWindowed = operand["days"] !== undefined;
  const most = Math.max(0, ...(marksOf(operand["is"]) ?? []));
  if (operator === "$count" && isWindowed && most > COUNT_LIMITS.recentMax)
    return {
      pointer: pointerTo(pointer, "is"),
      expected: `about numbers up to ${COUNT_LIMITS.recentMax}, which is how far a count over days goes`,
    };
  return undefined;
}

function ratioDefect(operand: Fields, pointer: string): Defect | undefined {
  const unknown = Object.keys(operand).find((key) => !["of", "to", "is"].includes(key));
  if (unknown !== undefined) return { pointer: pointerTo(pointer, unknown), expected: "one of of, to, is" };
  for (const part of ["of", "to"]) {
    const at = pointerTo(pointer, part);
    const counted = operand[part];
    if (!isFields(counted)) return { pointer: at, expected: "an object such as {event, where, days}" };
    const defect = whatDefect("$ratio", counted, at, []);
    if (defect) return defect;
  }
  return undefined;
}

function whatDefect(
  operator: CountOperator,
  operand: Fields,
  pointer: string,
  others: readonly string[],
): Defect | undefined {
  const known = [...WHAT, ...(operator === "$sum" ? ["of"] : []), ...others];
  const unknown = Object.keys(operand).find((key) => !known.includes(key));
  if (unknown !== undefined)
    return { pointer: pointerTo(pointer, unknown), expected: `one of ${known.join(", ")}` };
  const { event } = operand;
  if (!isCountedEvent(event))
    return {
      pointer: pointerTo(pointer, "event"),
      expected: `one of ${Object.keys(COUNTED_EVENTS).join(", ")}`,
    };
  if (operator === "$sum") {
    const summable: readonly unknown[] = summableOf(event);
    if (summable.length === 0)
      return { pointer: pointerTo(pointer, "event"), expected: "one of bought, ordered, product_added" };
    if (!summable.includes(operand["of"]))
      return {
        pointer: pointerTo(pointer, "of"),
        expected: summable.map((of) => `"${String(of)}"`).join(" or "),
      };
  }
  return (
    windowDefect(operand, event, pointer) ?? whereDefect(operand["where"], event, pointerTo(pointer, "where"))
  );
}

function windowDefect(
  { days, from, until }: Fields,
  event: CountedEvent,
  pointer: string,
): Defect | undefined {
  const max = isFromOrders(event) ? COUNT_LIMITS.orderDaysMax : COUNT_LIMITS.behaviourDaysMax;
  if (days !== undefined) {
    if (typeof days !== "number" || !(days >= COUNT_LIMITS.daysMin && days <= max))
      return { pointer: pointerTo(pointer, "days"), expected: `a number of days from 1/24 to ${max}` };
    if (from !== undefined || until !== undefined)
      return { pointer: pointerTo(pointer, "days"), expected: "left out where from or until is given" };
  }
  for (const [name, moment] of [
    ["from", from],
    ["until", until],
  ] as const)
    if (moment !== undefined && parseMoment(moment) === undefined)
      return {
        pointer: pointerTo(pointer, name),
        expected: "a moment that exists: epoch milliseconds or RFC 3339 text with an offset",
      };
  if (from !== undefined && until !== undefined && parseMoment(until)! <= parseMoment(from)!)
    return { pointer: pointerTo(pointer, "until"), expected: "later than from" };
  return undefined;
}

/** Only names that an occurrence of this event has can be asked about. */
function whereDefect(where: unknown, event: CountedEvent, pointer: string): Defect | undefined {
  if (where === undefined) return undefined;
  if (!isFields(where)) return { pointer, expected: "a condition over one occurrence" };
  const known: readonly string[] = COUNTED_EVENTS[event];
  let defect: Defect | undefined;
  eachEntry(
    where as Condition,
    ([key], at) => {
      const name = key.split(".", 1)[0]!;
      if (!defect && !key.startsWith("$") && !known.includes(name))
        defect = { pointer: at, expected: `about what ${event} has: ${known.join(", ")}` };
    },
    pointer,
  );
  return defect;
}
