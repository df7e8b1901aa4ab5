import type { Purpose } from "../../consent/consent.ts";
import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import type { MeterStates } from "../count/meter-state.ts";
import { dayMarks, readingInstants } from "../count/reading-instants.ts";
import type { Attributes } from "../evaluate.ts";
import type { CompiledSegments } from "./compile-segments.ts";
import { ask, newMembership, type Membership } from "./memberships-of.ts";
import type { Age } from "./names.ts";

/** Moments looked at in one go; with more to come, one looks again at the last of them. */
const LOOKED_AT_MAX = 64;

export type FlipQuestion = {
  readonly compiled: CompiledSegments;
  readonly states: MeterStates;
  /** What is known of the person, as it will be if nothing happens: `meters` and `value` at that moment. */
  readonly attributesAt: (at: EpochMs) => Attributes;
  /** Grants as they are. When one ends, that is an occasion to ask anew: let `until` be no later. */
  readonly permitted: ReadonlySet<Purpose>;
  /** The moments from which attributes count whole days. @example { "signals.daysSinceOrder": lastOrderAt } */
  readonly since: { readonly [age in Age]?: EpochMs | undefined };
  readonly now: EpochMs;
  readonly until: EpochMs;
};

/**
 * When the person's segments have to be looked at again though nothing happens: the earliest moment after `now`, up to
 * `until`, at which they differ; or, where that takes more than 64 looks, one before it. `undefined`: time alone changes
 * nothing by then. Never later than the first difference.
 */
export function nextFlip(question: FlipQuestion): EpochMs | undefined {
  const { compiled, attributesAt, permitted, now } = question;
  const timed = compiled.personal.filter((segment) => segment.isTimed);
  if (timed.length === 0) return undefined;
  const instants = instantsOf(question);
  if (instants.length === 0) return undefined;
  const lasting = newMembership();
  ask(compiled.personal, attributesAt(now), permitted, lasting);
  const before = timed.map(({ id }) => id in lasting);
  for (const { id } of timed) delete lasting[id];
  for (const at of instants) {
    const memberOf: Membership = Object.assign(newMembership(), lasting);
    ask(timed, attributesAt(at), permitted, memberOf);
    if (timed.some(({ id }, i) => id in memberOf !== before[i])) return at;
  }
  return instants.length === LOOKED_AT_MAX ? instants.at(-1) : undefined;
}

/** The first 64 moments at which anything can differ, ascending. */
function instantsOf({ compiled, states, since, now, until }: FlipQuestion): readonly EpochMs[] {
  const found = new Set<EpochMs>();
  const add = (at: EpochMs): void => {
    if (at > now && at <= until) found.add(at);
  };
  for (const reading of compiled.meters.readings.values())
    for (const at of readingInstants(reading, states, now, LOOKED_AT_MAX)) add(at);
  if (compiled.readsMidnight) everyDay(0, now).forEach(add);
  for (const [age, marks] of compiled.ages) {
    const from = since[age];
    if (from !== undefined) (marks ? dayMarks(from, marks, now) : everyDay(from, now)).forEach(add);
  }
  return [...found].sort((a, b) => a - b).slice(0, LOOKED_AT_MAX);
}

/** The next moments that lie whole days after one. */
function everyDay(since: EpochMs, now: EpochMs): EpochMs[] {
  const next = Math.floor((now - since) / DAY_MS) + 1;
  return Array.from({ length: LOOKED_AT_MAX }, (_, i) => since + (next + i) * DAY_MS);
}
