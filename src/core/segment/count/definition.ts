import { digestOf } from "../../event/resolved.ts";
import { DAY_MS, parseMoment, type EpochMs } from "../../primitives/time.ts";
import type { Condition } from "../condition.ts";
import type { CountedEvent, Summed } from "./counted-event.ts";

/** Operators that look at what happened. They stand where `$and` may stand, and in segments only. */
export const COUNT_OPERATORS = ["$count", "$sum", "$daysSinceFirst", "$daysSinceLast", "$ratio"] as const;
export type CountOperator = (typeof COUNT_OPERATORS)[number];

export const isCountOperator = (key: string): key is CountOperator =>
  (COUNT_OPERATORS as readonly string[]).includes(key);

/** One thing that is counted with every customer. Two conditions that count the same share it. */
export type CountDefinition = {
  readonly event: CountedEvent;
  readonly where?: Condition | undefined;
  /** Counted for so long, in milliseconds: an occurrence is out from the very instant at + window. */
  readonly windowMs?: number | undefined;
  /** Counted from here, and no longer from there. */
  readonly from?: EpochMs | undefined;
  readonly until?: EpochMs | undefined;
  /** What each occurrence adds. */
  readonly of: "times" | Summed;
};

/** What a marketer writes under `$count` or `$sum`; checked by `countDefect`. */
export type CountOperand = {
  readonly event: CountedEvent;
  readonly where?: Condition;
  readonly days?: number;
  readonly from?: string | number;
  readonly until?: string | number;
  readonly of?: Summed;
  readonly is?: unknown;
};

/** The meaning of a checked operand. @example definitionOf({ event: "bought", days: 1 }).windowMs // 86400000 */
export function definitionOf(operand: CountOperand): CountDefinition {
  const { event, where, days } = operand;
  return {
    event,
    where: where && Object.keys(where).length > 0 ? where : undefined,
    windowMs: days === undefined ? undefined : Math.round(days * DAY_MS),
    from: parseMoment(operand.from),
    until: parseMoment(operand.until),
    of: operand.of ?? "times",
  };
}

/** A field of something that need not have any. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;

/** Every condition under a counting operator, checked or not, with its place. */
export const wheresOf = (operand: unknown): (readonly [pointer: string, where: unknown])[] =>
  [
    ["/where", fieldOf(operand, "where")] as const,
    ["/of/where", fieldOf(fieldOf(operand, "of"), "where")] as const,
    ["/to/where", fieldOf(fieldOf(operand, "to"), "where")] as const,
  ].filter(([, where]) => where !== undefined);

/** A name that is the same wherever and in whatever order of keys the same thing is defined. Letters and digits. */
export const keyOf = (definition: CountDefinition): string => digestOf(canonical(definition)).toString(36);

/** JSON whose keys are in alphabetical order. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}
