import type { Purpose } from "../../consent/consent.ts";
import { SEGMENT_OPERATOR, type Condition } from "../condition.ts";
import { isCountOperator } from "../count/definition.ts";
import { compileMeters, readingKey, type CompiledMeters } from "../count/meter.ts";
import { compileCondition, type CompiledCondition } from "../evaluate.ts";
import { mapCondition } from "../map-condition.ts";
import { marksOf } from "../marks.ts";
import { askedOf, type Asked } from "./asked-of.ts";
import { AGES, MIDNIGHT_NAMES, rootOf, type Age } from "./names.ts";

export type CompiledSegment = {
  readonly id: string;
  /** Without the grant of this purpose nobody is in it. */
  readonly purpose: Purpose | undefined;
  readonly matches: CompiledCondition;
  /** Whether it asks about the person alone; the others can be told only while a request is answered. */
  readonly isPersonal: boolean;
  /** Whether a person can enter or leave it though nothing happens. */
  readonly isTimed: boolean;
};

/** A config's segments, made ready. Those that ask about others stand after them. */
export type CompiledSegments = {
  readonly personal: readonly CompiledSegment[];
  readonly request: readonly CompiledSegment[];
  readonly meters: CompiledMeters;
  /** Whether a personal one reads what changes at midnight, UTC. */
  readonly readsMidnight: boolean;
  /** Numbers of days at which answers can change, by attribute; `undefined`: at any. */
  readonly ages: ReadonlyMap<Age, readonly number[] | undefined>;
};

type Source = { readonly when: Condition; readonly purpose?: Purpose | undefined };

/** Compiles checked segments (`segmentDefects`), once per revision of the config. */
export function compileSegments(segments: { readonly [id: string]: Source }): CompiledSegments {
  const asked = new Map(Object.entries(segments).map(([id, { when }]) => [id, askedOf(when)]));
  const { meters, rewrite } = compileMeters(Object.values(segments).map(({ when }) => when));
  const compiled = new Map<string, CompiledSegment>();
  for (const id of inOrder(asked)) {
    const { when, purpose } = segments[id]!;
    const own = asked.get(id)!;
    const others = own.segments.flatMap(({ what }) => compiled.get(what) ?? []);
    const isPersonal = own.request.length === 0 && others.every((other) => other.isPersonal);
    const isTimed = isPersonal && (readsTime(own, meters) || others.some((other) => other.isTimed));
    const matches = compileCondition(mapCondition(rewrite(when), asMembership));
    compiled.set(id, { id, purpose, matches, isPersonal, isTimed });
  }
  const all = [...compiled.values()];
  const personal = all.filter((segment) => segment.isPersonal);
  const read = personal.flatMap(({ id }) => asked.get(id)!.attributes.map(({ what }) => what));
  return {
    personal,
    request: all.filter((segment) => !segment.isPersonal),
    meters,
    readsMidnight: read.some(([path]) => MIDNIGHT_NAMES.includes(rootOf(path))),
    ages: agesOf(read),
  };
}

/** Ids so that each stands after those it asks about. */
function inOrder(asked: ReadonlyMap<string, Asked>): ReadonlySet<string> {
  const placed = new Set<string>();
  const begun = new Set<string>();
  const place = (id: string): void => {
    const own = asked.get(id);
    if (!own || begun.has(id)) return;
    begun.add(id);
    for (const { what } of own.segments) place(what);
    placed.add(id);
  };
  for (const id of asked.keys()) place(id);
  return placed;
}

const asMembership = ([key, operand]: readonly [string, unknown]): readonly [string, unknown] | undefined =>
  key === SEGMENT_OPERATOR ? [`memberOf.${String(operand)}`, true] : undefined;

function readsTime({ attributes, counts }: Asked, { readings }: CompiledMeters): boolean {
  return (
    attributes.some(
      ({ what: [path] }) => MIDNIGHT_NAMES.includes(rootOf(path)) || agesRead(path).length > 0,
    ) ||
    counts.some(({ what: [operator, operand] }) => {
      if (!isCountOperator(operator)) return false;
      const reading = readings.get(readingKey(operator, operand))!;
      return (
        operator.startsWith("$days") ||
        reading.meter.definition.windowMs !== undefined ||
        reading.to?.definition.windowMs !== undefined
      );
    })
  );
}

/** Ages that a path leads to: itself, or one within what it names. */
const agesRead = (path: string): readonly Age[] =>
  AGES.filter((age) => age === path || age.startsWith(`${path}.`));

function agesOf(
  read: readonly (readonly [path: string, test: unknown])[],
): Map<Age, readonly number[] | undefined> {
  const ages = new Map<Age, readonly number[] | undefined>();
  for (const [path, test] of read)
    for (const age of agesRead(path)) {
      const marks = age === path ? marksOf(test) : undefined;
      const known = ages.has(age) ? ages.get(age) : [];
      ages.set(age, marks && known ? [...known, ...marks] : undefined);
    }
  return ages;
}
