import type { Purpose } from "../../consent/consent.ts";
import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import type { MeterStates } from "../count/meter-state.ts";
import { dayMarks, readingInstants } from "../count/reading-instants.ts";
import type { Attributes } from "../evaluate.ts";
import { MIDNIGHT, type Clock, type CompiledSegment, type CompiledSegments } from "./compile-segments.ts";
import { ask, newMembership, type Membership } from "./memberships-of.ts";
import type { Age } from "./names.ts";

/** Moments looked at in one go, unless told otherwise; with more to come, one looks again at the last of them. */
const LOOKS = 64;

export type FlipQuestion = {
  readonly compiled: CompiledSegments;
  readonly states: MeterStates;
  /** What is known of the person, as it will be if nothing happens: `meters` and `value` at that moment. */
  readonly attributesAt: (at: EpochMs) => Attributes;
  /** Grants as they are. When one ends, that is an occasion to ask anew: let `until` be no later. */
  readonly permitted: ReadonlySet<Purpose>;
  /** The moments from which attributes count whole days. @example { "signals.daysSinceOrder": lastOrderAt } */
  readonly since: { readonly [age in Age]?: EpochMs | undefined };
  /** What `membershipsOf` says of now, where that is known already. */
  readonly memberships?: readonly string[] | undefined;
  /** How many moments are looked at: 1 to 64. Fewer where a look is dear, for looking again sooner. */
  readonly looks?: number | undefined;
  readonly now: EpochMs;
  readonly until: EpochMs;
};

/**
 * When the person's segments have to be looked at again though nothing happens: the earliest moment after `now`, up to
 * `until`, at which they differ; or, where that takes more looks, one before it. `undefined`: time alone changes
 * nothing by then. Never later than the first difference.
 */
export function nextFlip(question: FlipQuestion): EpochMs | undefined {
  const { compiled, attributesAt, permitted, memberships, now } = question;
  const instants = instantsOf(question);
  if (instants.length === 0) return undefined;
  const before = newMembership();
  if (memberships) for (const id of memberships) before[id] = true;
  else ask(compiled.personal, attributesAt(now), permitted, before);
  for (const [at, clocks] of instants) {
    // All others are as before, else there would have been a difference earlier.
    const touched = touchedBy(clocks, compiled);
    const memberOf: Membership = Object.assign(newMembership(), before);
    for (const { id } of touched) delete memberOf[id];
    ask(touched, attributesAt(at), permitted, memberOf);
    if (touched.some(({ id }) => id in memberOf !== id in before)) return at;
  }
  return instants.length === (question.looks ?? LOOKS) ? instants.at(-1)![0] : undefined;
}

/** Segments that some of these clocks can change, each after those it asks about. */
function touchedBy(
  clocks: ReadonlySet<Clock>,
  { byClock, personal }: CompiledSegments,
): readonly CompiledSegment[] {
  if (clocks.size === 1) return byClock.get([...clocks][0]!) ?? [];
  return personal.filter((segment) => segment.clocks.some((clock) => clocks.has(clock)));
}

/** The first moments at which anything can differ, ascending, and what changes then. */
function instantsOf(question: FlipQuestion): readonly (readonly [at: EpochMs, clocks: ReadonlySet<Clock>])[] {
  const { compiled, states, since, now, until, looks = LOOKS } = question;
  const found = new Map<EpochMs, Set<Clock>>();
  const add = (clock: Clock, moments: readonly EpochMs[]): void => {
    for (const at of moments) {
      if (at <= now || at > until) continue;
      const clocks = found.get(at);
      if (clocks) clocks.add(clock);
      else found.set(at, new Set([clock]));
    }
  };
  for (const clock of compiled.byClock.keys()) {
    const reading = compiled.meters.readings.get(clock);
    if (reading) add(clock, readingInstants(reading, states, now, looks));
  }
  if (compiled.byClock.has(MIDNIGHT)) add(MIDNIGHT, everyDay(0, now, looks));
  for (const [age, marks] of compiled.ages) {
    const from = since[age];
    if (from !== undefined) add(age, marks ? dayMarks(from, marks, now) : everyDay(from, now, looks));
  }
  return [...found].sort(([a], [b]) => a - b).slice(0, looks);
}

/** The next moments that lie whole days after one. */
function everyDay(since: EpochMs, now: EpochMs, times: number): EpochMs[] {
  const next = Math.floor((now - since) / DAY_MS) + 1;
  return Array.from({ length: times }, (_, i) => since + (next + i) * DAY_MS);
}
