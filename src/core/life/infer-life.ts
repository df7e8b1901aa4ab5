import type { SignEvent } from "../config/life-config.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Attributes } from "../segment/evaluate.ts";
import { dayNumberOf, type DayNumber } from "./calendar-day.ts";
import { compareTexts } from "./compare-texts.ts";
import type { CompiledKind, CompiledLife } from "./compile-life.ts";
import { lastDayOf } from "./confidence.ts";
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
  /** Sensitive items speak for nothing. */
  readonly isSensitive?: boolean | undefined;
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
      found.push({ kind: kind.name, day, event, item, type, weight });
    }
  }
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

/** Each act once, of every kind the latest, in one order; without what is too old, or of a kind no longer concluded. */
function tidy(evidence: readonly Evidence[], life: CompiledLife, today: DayNumber): Evidence[] {
  const acts = new Map<string, Evidence>();
  for (const one of evidence) {
    const kind = life.kinds.get(one.kind);
    if (!kind || kind.signs.length === 0 || lastDayOf(one.day, kind) < today) continue;
    const key = JSON.stringify([one.kind, one.day, one.event, one.item]);
    const known = acts.get(key);
    if (!known || order(one, known) < 0) acts.set(key, one);
  }
  const counts = new Map<string, number>();
  return [...acts.values()].sort(order).filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= LIFE_LIMITS.evidenceMax;
  });
}

const order = (a: Evidence, b: Evidence): number =>
  compareTexts(a.kind, b.kind) ||
  b.day - a.day ||
  compareTexts(a.item, b.item) ||
  compareTexts(a.event, b.event) ||
  b.weight - a.weight ||
  compareTexts(a.type, b.type);

const isSame = (a: readonly Evidence[], b: readonly Evidence[]): boolean =>
  a.length === b.length && a.every((one, i) => order(one, b[i]!) === 0);
