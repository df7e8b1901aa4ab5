import type { Condition } from "../condition.ts";
import { compileCondition, type CompiledCondition } from "../evaluate.ts";
import { eachEntry, mapCondition, type Entry } from "../map-condition.ts";
import { marksOf } from "../marks.ts";
import { isFromOrders, type CountedEvent } from "./counted-event.ts";
import {
  definitionOf,
  isCountOperator,
  keyOf,
  type CountDefinition,
  type CountOperand,
  type CountOperator,
} from "./definition.ts";
import { presentTest } from "./value-test.ts";

/** One thing that is counted with every customer. */
export type Meter = {
  readonly key: string;
  readonly definition: CountDefinition;
  /** Absent: every occurrence of the event counts. */
  readonly matches: CompiledCondition | undefined;
  /** Whether the condition asks about the item alone, so that its answer is the same of every act with it. */
  readonly isAboutItem: boolean;
};

/** A number that conditions read off one meter, or two, as `meters.<key>`. */
export type Reading = {
  readonly key: string;
  readonly operator: CountOperator;
  readonly meter: Meter;
  /** Of a ratio: what it is measured against. */
  readonly to: Meter | undefined;
  /** Numbers at which some condition's answer can change. */
  readonly marks: readonly number[];
};

/** Everything that a site counts. */
export type CompiledMeters = {
  readonly all: readonly Meter[];
  readonly byEvent: ReadonlyMap<CountedEvent, readonly Meter[]>;
  /** Those counted from orders as they stand; the others are counted from the log. */
  readonly fromOrders: readonly Meter[];
  readonly readings: ReadonlyMap<string, Reading>;
};

type RatioOperand = { readonly of: CountOperand; readonly to: CountOperand; readonly is: unknown };

const isNullable = (operator: CountOperator): boolean => operator !== "$count" && operator !== "$sum";

/**
 * Finds what conditions count, and how to read it: the same thing counted in two places is one meter.
 * @param conditions checked ones (`conditionDefect` with "segment")
 * @returns `rewrite`: the condition with each count turned into a question about `meters.<key>`, for the evaluator
 */
export function compileMeters(conditions: readonly Condition[]): {
  readonly meters: CompiledMeters;
  readonly rewrite: (condition: Condition) => Condition;
} {
  const all = new Map<string, Meter>();
  const readings = new Map<string, Reading>();
  const meterOf = (operand: CountOperand): Meter => {
    const definition = definitionOf(operand);
    const key = keyOf(definition);
    const known = all.get(key);
    if (known) return known;
    const { where } = definition;
    const meter: Meter = {
      key,
      definition,
      matches: where && compileCondition(where),
      isAboutItem: where !== undefined && asksItemOnly(where),
    };
    all.set(key, meter);
    return meter;
  };
  for (const condition of conditions)
    eachEntry(condition, ([operator, operand]) => {
      if (!isCountOperator(operator)) return;
      const { of, to } = operand as RatioOperand;
      const isRatio = operator === "$ratio";
      const meter = meterOf(isRatio ? of : (operand as CountOperand));
      const against = isRatio ? meterOf(to) : undefined;
      const key = readingKey(operator, operand);
      const marks = [...(readings.get(key)?.marks ?? []), ...(marksOf((operand as RatioOperand).is) ?? [])];
      readings.set(key, {
        key,
        operator,
        meter,
        to: against,
        marks: [...new Set(marks)].sort((a, b) => a - b),
      });
    });
  const byEvent = new Map<CountedEvent, Meter[]>();
  for (const meter of all.values()) {
    const { event } = meter.definition;
    byEvent.set(event, [...(byEvent.get(event) ?? []), meter]);
  }
  const meters = [...all.values()];
  const fromOrders = meters.filter(({ definition }) => isFromOrders(definition.event));
  return {
    meters: { all: meters, byEvent, fromOrders, readings },
    rewrite: (condition) => mapCondition(condition, asReading),
  };
}

function asksItemOnly(where: Condition): boolean {
  let isSo = true;
  eachEntry(where, ([key]) => {
    if (!key.startsWith("item.")) isSo = false;
  });
  return isSo;
}

/** The key of what a line of a condition counts: the operator, and the thing counted. */
export function readingKey(operator: CountOperator, operand: unknown): string {
  const name = operator.slice(1);
  if (operator !== "$ratio") return `${name}_${keyOf(definitionOf(operand as CountOperand))}`;
  const { of, to } = operand as RatioOperand;
  return `${name}_${keyOf(definitionOf(of))}_${keyOf(definitionOf(to))}`;
}

function asReading([operator, operand]: Entry): Entry | undefined {
  if (!isCountOperator(operator)) return undefined;
  const { is } = operand as { readonly is: unknown };
  return [`meters.${readingKey(operator, operand)}`, isNullable(operator) ? presentTest(is) : is];
}
