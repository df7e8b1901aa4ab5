import type { Purpose } from "../../consent/consent.ts";
import { SEGMENT_OPERATOR, type Condition } from "../condition.ts";
import { isCountOperator } from "../count/definition.ts";
import { compileMeters, readingKey, type CompiledMeters, type Reading } from "../count/meter.ts";
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
  /** Whether it, or a segment it asks about, counts: without the person's meters it cannot be told. */
  readonly isCounting: boolean;
  /** What can make a person enter or leave it though nothing happens. */
  readonly clocks: readonly Clock[];
};

/** What changes by time alone: a reading of a meter, by its key, an age, or what ages at midnight, UTC. */
export type Clock = string;
export const MIDNIGHT: Clock = "midnight";

/** A config's segments, made ready. Those that ask about others stand after them. */
export type CompiledSegments = {
  readonly personal: readonly CompiledSegment[];
  readonly request: readonly CompiledSegment[];
  readonly meters: CompiledMeters;
  /** The personal ones that each clock can change, in the same order. */
  readonly byClock: ReadonlyMap<Clock, readonly CompiledSegment[]>;
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
    const isCounting = own.counts.length > 0 || others.some((other) => other.isCounting);
    const isPersonal = own.request.length === 0 && others.every((other) => other.isPersonal);
    const clocks = [...new Set([...clocksOf(own, meters), ...others.flatMap((other) => other.clocks)])];
    const matches = compileCondition(mapCondition(rewrite(when), asMembership));
    compiled.set(id, { id, purpose, matches, isPersonal, isCounting, clocks });
  }
  const all = [...compiled.values()];
  const personal = all.filter((segment) => segment.isPersonal);
  const byClock = new Map<Clock, CompiledSegment[]>();
  for (const segment of personal)
    for (const clock of segment.clocks) byClock.set(clock, [...(byClock.get(clock) ?? []), segment]);
  const read = personal.flatMap(({ id }) => asked.get(id)!.attributes.map(({ what }) => what));
  return {
    personal,
    request: all.filter((segment) => !segment.isPersonal),
    meters,
    byClock,
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

/** What of a segment's own questions time can change. */
function clocksOf({ attributes, counts }: Asked, { readings }: CompiledMeters): Clock[] {
  const paths = attributes.map(({ what: [path] }) => path);
  const midnight = paths.some((path) => MIDNIGHT_NAMES.includes(rootOf(path))) ? [MIDNIGHT] : [];
  const timed = counts.flatMap(({ what: [operator, operand] }) => {
    const reading = isCountOperator(operator) ? readings.get(readingKey(operator, operand)) : undefined;
    return reading && isTimed(reading) ? [reading.key] : [];
  });
  return [...midnight, ...paths.flatMap(agesRead), ...timed];
}

const isTimed = ({ operator, meter, to }: Reading): boolean =>
  operator === "$daysSinceFirst" ||
  operator === "$daysSinceLast" ||
  meter.definition.windowMs !== undefined ||
  to?.definition.windowMs !== undefined;

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
