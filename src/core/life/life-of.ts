import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { dayNumberOf, type DayNumber } from "./calendar-day.ts";
import { compareTexts } from "./compare-texts.ts";
import type { CompiledKind, CompiledLife } from "./compile-life.ts";
import { confidenceOf, dayBelow } from "./confidence.ts";
import { isSpokenFor } from "./declare.ts";
import type { Evidence, LifeState } from "./life-state.ts";
import { windowOf } from "./told-window.ts";

/** A life event that matters now. */
export type CurrentLife = {
  readonly kind: string;
  readonly isDeclared: boolean;
  /** 1: it was told. Below: what was done speaks for it so strongly, at least as much as the kind's threshold. */
  readonly confidence: number;
  /** Its date, or month and day where it comes back every year. */
  readonly on?: string | undefined;
  readonly since: EpochMs;
  /** When it stops mattering, if nothing more is told or done. */
  readonly until: EpochMs;
};

/**
 * The life events of a customer that matter now, ascending by kind. What was told replaces what could be concluded; below
 * a kind's threshold nothing is said.
 * @param isAllowed see `mayReadLife`; false: there are none
 */
export function lifeOf(
  state: LifeState,
  life: CompiledLife,
  now: EpochMs,
  isAllowed: boolean,
): CurrentLife[] {
  if (!isAllowed) return [];
  const current: CurrentLife[] = [];
  for (const told of state.told) {
    const kind = life.kinds.get(told.kind);
    if (!kind || told.says !== "yes") continue;
    const window = windowOf(told, kind, now);
    if (!window || window.since > now) continue;
    const { on } = told;
    current.push({
      kind: kind.name,
      isDeclared: true,
      confidence: 1,
      ...(on === undefined ? {} : { on }),
      ...window,
    });
  }
  if (life.infer)
    for (const name of new Set(state.evidence.map(({ kind }) => kind))) {
      const kind = life.kinds.get(name);
      if (!kind || kind.signs.length === 0 || current.some((one) => one.kind === name)) continue;
      const inferred = inferredOf(state, kind, dayNumberOf(now));
      if (inferred) current.push(inferred);
    }
  return current.sort((a, b) => compareTexts(a.kind, b.kind));
}

function inferredOf(
  { told, evidence }: LifeState,
  kind: CompiledKind,
  today: DayNumber,
): CurrentLife | undefined {
  const own = evidence.filter((one) => one.kind === kind.name && !isSpokenFor(told, one.kind, one.day));
  const confidence = confidenceOf(own, kind, today);
  if (confidence < kind.threshold) return undefined;
  return {
    kind: kind.name,
    isDeclared: false,
    confidence,
    since: risenOn(own, kind, today) * DAY_MS,
    until: dayBelow(own, kind, today, kind.threshold) * DAY_MS,
  };
}

/**
 * The day on which the confidence, which today is at the threshold or above, last came up to it. It only rises on days
 * with evidence, so the day before one tells whether older evidence still carried it.
 */
function risenOn(own: readonly Evidence[], kind: CompiledKind, today: DayNumber): DayNumber {
  const days = [...new Set(own.map(({ day }) => day))].filter((day) => day <= today).sort((a, b) => b - a);
  return days.find((day) => confidenceOf(own, kind, day - 1) < kind.threshold) ?? today;
}
