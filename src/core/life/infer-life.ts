import type { SignEvent } from "../config/life-config.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Attributes } from "../segment/evaluate.ts";
import { dayNumberOf, type DayNumber } from "./calendar-day.ts";
import { compareTexts } from "./compare-texts.ts";
import type { CompiledKind, CompiledLife } from "./compile-life.ts";
import { drawerOf, lastDayOf } from "./confidence.ts";
import { isSpokenFor } from "./declare.ts";
import { LIFE_LIMITS } from "./life-limits.ts";
import { forgetInferred, type Evidence, type LifeState } from "./life-state.ts";

/** Something a customer did with an item, as far as it may speak for a life event. Gifts are to be left out. */
export type Occurrence = {
  readonly event: SignEvent;
  readonly at: EpochMs;
  readonly item: ItemId;
  /** Product type, as the catalog states it. */
  readonly type?: string | undefined;
  /** The item as conditions see it: `itemAttributes`. */
  readonly attributes: Attributes;
  /** Whether the item is sensitive, by itself or by its type: then it speaks for nothing. */
  readonly isSensitive: boolean;
};

/**
 * Takes in what a customer did as evidence of life events. The same occurrences in any order and any parts, and told
 * twice, give the same state. Where it is not allowed nothing is taken in, and what there was is forgotten.
 * @param isAllowed see `mayInfer`
 */
export function inferLife(
  state: LifeState,
  occurrences: Iterable<Occurrence>,
  life: CompiledLife,
  now: EpochMs,
  isAllowed: boolean,
): LifeState {
  if (!isAllowed || !life.infer) return forgetInferred(state);
  const today = dayNumberOf(now);
  const found: Evidence[] = [];
  for (const occurrence of occurrences) {
    if (occurrence.isSensitive) continue;
    const day = dayNumberOf(occurrence.at);
    for (const kind of life.kinds.values()) {
      const weight = weightOf(occurrence, kind);
      if (weight === 0 || isSpokenFor(state.told, kind.name, day)) continue;
      const { event, item, type = "" } = occurrence;
      found.push({ kind: kind.name, day, event, item, drawer: drawerOf(type), weight });
    }
  }
  if (found.length === 0 && state.evidence.every((one) => isKept(one, life, today))) return state;
  const kept = tidy([...state.evidence, ...found], life, today);
  return isSame(kept, state.evidence) ? state : { told: state.told, evidence: kept };
}

/** Of several signs that an act matches the strongest counts, so that signs may overlap. */
function weightOf({ event, attributes }: Occurrence, { signs }: CompiledKind): number {
  let most = 0;
  for (const sign of signs)
    if (sign.event === event && sign.weight > most && sign.matches(attributes)) most = sign.weight;
  return most;
}

/** Whether evidence still counts: of a kind that may be concluded, and not too old. */
function isKept({ kind: name, day }: Evidence, life: CompiledLife, today: DayNumber): boolean {
  const kind = life.kinds.get(name);
  return kind !== undefined && kind.signs.length > 0 && today <= lastDayOf(day, kind);
}

/** Each act once, of every kind the latest, in one order. */
function tidy(evidence: readonly Evidence[], life: CompiledLife, today: DayNumber): Evidence[] {
  const sorted = evidence.filter((one) => isKept(one, life, today)).sort(order);
  const kept: Evidence[] = [];
  let count = 0;
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last?.kind !== one.kind) count = 0;
    // The same act told twice stands beside itself, the stronger first.
    else if (last.day === one.day && last.item === one.item && last.event === one.event) continue;
    if (++count <= LIFE_LIMITS.evidenceMax) kept.push(one);
  }
  return kept;
}

const order = (a: Evidence, b: Evidence): number =>
  compareTexts(a.kind, b.kind) ||
  b.day - a.day ||
  compareTexts(a.item, b.item) ||
  compareTexts(a.event, b.event) ||
  b.weight - a.weight ||
  a.drawer - b.drawer;

const isSame = (a: readonly Evidence[], b: readonly Evidence[]): boolean =>
  a.length === b.length && a.every((one, i) => order(one, b[i]!) === 0);
