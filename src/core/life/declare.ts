import type { EpochMs } from "../primitives/time.ts";
import { dayNumberOf, keptDate, type DayNumber } from "./calendar-day.ts";
import type { CompiledLife } from "./compile-life.ts";
import type { LifeState, Told } from "./life-state.ts";
import { hear } from "./told.ts";

/** Who says it, and when. */
export type Word = { readonly at: EpochMs; readonly source: string; readonly isOwnWord: boolean };

/**
 * Why something told cannot be taken in, as a phrase that completes "must be …"; `undefined` when it can.
 * @example lifeDefect(life, "birthday", "02-30") // "a date such as 05-31 or 1980-05-31"
 */
export function lifeDefect(life: CompiledLife, kind: string, on?: string): string | undefined {
  const known = life.kinds.get(kind);
  if (!known) return "a kind of life event that the config or the product knows";
  if (on === undefined || keptDate(on, known.isYearly) !== undefined) return undefined;
  return known.isYearly ? "a date such as 05-31 or 1980-05-31" : "a date such as 2027-05-31";
}

/**
 * Somebody says that a life event is so. The customer's own word outranks everybody's, whenever it was said; among equals
 * the later one counts. What `lifeDefect` refuses changes nothing.
 * @param event `on`: its date, where there is one; of a yearly one only month and day are kept
 */
export function declare(
  state: LifeState,
  life: CompiledLife,
  event: { readonly kind: string; readonly on?: string | undefined },
  word: Word,
): LifeState {
  const { kind, on } = event;
  if (lifeDefect(life, kind, on) !== undefined) return state;
  const kept = on === undefined ? undefined : keptDate(on, life.kinds.get(kind)!.isYearly);
  return take(state, { kind, says: "yes", ...(kept === undefined ? {} : { on: kept }), ...word });
}

/**
 * "Not me": it is not so, and nothing concludes it again until somebody whose word counts as much declares it. A kind
 * that is not known changes nothing: it cannot be concluded either.
 */
export const deny = (state: LifeState, life: CompiledLife, kind: string, word: Word): LifeState =>
  life.kinds.has(kind) ? take(state, { kind, says: "no", ...word }) : state;

/** Forgets one kind: what was told of it is gone, and what was done until today does not count. What follows may. */
export const forgetKind = (state: LifeState, kind: string, word: Word): LifeState =>
  take(state, { kind, says: "gone", ...word });

function take(state: LifeState, word: Told): LifeState {
  const told = hear(state.told, word);
  if (told === state.told) return state;
  return { told, evidence: state.evidence.filter((one) => !isSpokenFor(told, one.kind, one.day)) };
}

/**
 * Whether somebody's word has settled what was done on a day: a denial settles every day, any other word those up to its
 * own.
 */
export function isSpokenFor(told: readonly Told[], kind: string, day: DayNumber): boolean {
  const word = told.find((one) => one.kind === kind);
  return word !== undefined && (word.says === "no" || day <= dayNumberOf(word.at));
}
