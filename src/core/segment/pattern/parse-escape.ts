import { DIGITS, SPACES, WORDS, type CharSet } from "./char-set.ts";
import { PatternDefect } from "./syntax.ts";

const SETS: Readonly<Record<string, CharSet>> = {
  d: { ranges: DIGITS, isNegated: false },
  D: { ranges: DIGITS, isNegated: true },
  w: { ranges: WORDS, isNegated: false },
  W: { ranges: WORDS, isNegated: true },
  s: { ranges: SPACES, isNegated: false },
  S: { ranges: SPACES, isNegated: true },
};
const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** A set of one code unit. */
export const only = (unit: number): CharSet => ({ ranges: [[unit, unit]], isNegated: false });

/** Reads what stands behind the backslash at `at`; within a class `\b` is a backspace. */
export function parseEscape(
  pattern: string,
  at: number,
  isInClass: boolean,
): { readonly set: CharSet; readonly end: number } {
  const letter = pattern[at + 1];
  if (letter === undefined) throw new PatternDefect("something behind the last backslash");
  const end = at + 2;
  if (Object.hasOwn(SETS, letter)) return { set: SETS[letter]!, end };
  if (Object.hasOwn(CONTROLS, letter)) return { set: only(CONTROLS[letter]!), end };
  if (isInClass && letter === "b") return { set: only(8), end };
  if (letter === "0" && !/\d/.test(pattern[end] ?? "")) return { set: only(0), end };
  const digits = letter === "x" ? 2 : letter === "u" ? 4 : 0;
  const code = pattern.slice(end, end + digits);
  if (digits > 0 && code.length === digits && /^[0-9a-f]+$/i.test(code))
    return { set: only(Number.parseInt(code, 16)), end: end + digits };
  if (/\d/.test(letter)) throw new PatternDefect("a pattern without back-references");
  if (/[A-Za-z]/.test(letter)) throw new PatternDefect(`a known escape instead of \\${letter}`);
  return { set: only(letter.charCodeAt(0)), end };
}
