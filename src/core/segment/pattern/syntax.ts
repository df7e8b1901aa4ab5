import type { CharSet } from "./char-set.ts";

/** A pattern as a tree. An empty `sequence` is the empty text. */
export type Node =
  | { readonly type: "set"; readonly set: CharSet }
  | { readonly type: "edge"; readonly at: "start" | "end" | "word" | "notWord" }
  | { readonly type: "sequence"; readonly parts: readonly Node[] }
  | { readonly type: "either"; readonly parts: readonly Node[] }
  /** `max` is infinite where there is no end. */
  | { readonly type: "repeat"; readonly part: Node; readonly min: number; readonly max: number };

/** Why a pattern cannot be had. Thrown and caught within this folder only. */
export class PatternDefect extends Error {}

/** Caps on patterns: what they ask of every visitor's text. */
export const PATTERN_LIMITS = {
  /** characters of a pattern. */
  charactersMax: 500,
  /** steps of a prepared pattern, repetitions written out. A text costs at most this many times its length. */
  stepsMax: 200,
  /** characters of a text; a longer one matches nothing. */
  textMax: 2048,
} as const;
