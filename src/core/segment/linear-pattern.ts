import { parsePattern } from "./pattern/parse.ts";
import { programOf, type Step } from "./pattern/program.ts";
import { findsMatch, prepareProgram } from "./pattern/run.ts";
import { PATTERN_LIMITS, PatternDefect } from "./pattern/syntax.ts";

/**
 * Prepares a regular expression that takes linear time on any text, so that neither a marketer's pattern nor a visitor's
 * text can stall anybody. It answers as ECMAScript's `RegExp.test` does without flags (or with `i`), on texts of at most
 * 2048 characters; a longer one does not match. `undefined`: the pattern is broken, or beyond what can be had in linear
 * time, or too big; `patternDefect` says why.
 * @example compileLinearPattern("(mobile|tablet)", true)?.("Android Mobile") // true
 */
export function compileLinearPattern(
  pattern: string,
  foldsCase: boolean,
): ((text: string) => boolean) | undefined {
  const steps = read(pattern);
  if (typeof steps === "string") return undefined;
  const prepared = prepareProgram(steps, foldsCase);
  return (text) => text.length <= PATTERN_LIMITS.textMax && findsMatch(prepared, text);
}

/**
 * What was expected of a pattern that cannot be had; `undefined` when it can.
 * @example patternDefect("(a)\\1") // "a pattern without back-references"
 */
export function patternDefect(pattern: string): string | undefined {
  const steps = read(pattern);
  return typeof steps === "string" ? steps : undefined;
}

function read(pattern: string): readonly Step[] | string {
  try {
    return programOf(parsePattern(pattern));
  } catch (problem) {
    if (problem instanceof PatternDefect) return problem.message;
    throw problem;
  }
}
