import { compareTexts } from "./compare-texts.ts";
import { LIFE_LIMITS } from "./life-limits.ts";
import type { Told } from "./life-state.ts";

const SAYS = { yes: 0, gone: 1, no: 2 } as const;

/**
 * Whether one word about a kind outranks another, above 0 if so: the customer's own first, then the later one; at the
 * same moment a "no" before a "yes". A total order, so that words can arrive in any.
 */
export function outranks(a: Told, b: Told): number {
  return (
    Number(a.isOwnWord) - Number(b.isOwnWord) ||
    a.at - b.at ||
    SAYS[a.says] - SAYS[b.says] ||
    compareTexts(a.on ?? "", b.on ?? "") ||
    compareTexts(a.source, b.source)
  );
}

/** The words that count, ascending by kind, with one more heard; beyond the limit the oldest go. */
export function hear(told: readonly Told[], word: Told): readonly Told[] {
  const known = told.find((one) => one.kind === word.kind);
  if (known && outranks(word, known) <= 0) return told;
  const next = [...told.filter((one) => one !== known), word];
  next.sort((a, b) => outranks(b, a) || compareTexts(a.kind, b.kind));
  return next.slice(0, LIFE_LIMITS.toldMax).sort((a, b) => compareTexts(a.kind, b.kind));
}
