import { LINE_ENDS } from "./char-set.ts";
import { parseClass } from "./parse-class.ts";
import { only, parseEscape } from "./parse-escape.ts";
import { PATTERN_LIMITS, PatternDefect, type Node } from "./syntax.ts";

const COUNT = /\{(\d+)(,(\d*))?\}/y;

/**
 * Reads a regular expression as ECMAScript does without flags, as far as it can be matched without going back:
 * no back-references and no look-around, and no named groups. Throws a PatternDefect on everything else.
 */
export function parsePattern(pattern: string): Node {
  if (pattern.length > PATTERN_LIMITS.charactersMax)
    throw new PatternDefect(`a pattern of at most ${PATTERN_LIMITS.charactersMax} characters`);
  let i = 0;

  const either = (): Node => {
    const parts = [sequence()];
    while (pattern[i] === "|") {
      i++;
      parts.push(sequence());
    }
    return parts.length === 1 ? parts[0]! : { type: "either", parts };
  };

  const sequence = (): Node => {
    const parts: Node[] = [];
    while (i < pattern.length && pattern[i] !== "|" && pattern[i] !== ")") parts.push(repeated());
    return parts.length === 1 ? parts[0]! : { type: "sequence", parts };
  };

  const repeated = (): Node => {
    const part = atom();
    const count = quantifier();
    if (count === undefined) return part;
    if (part.type === "edge") throw new PatternDefect("something to repeat before a quantifier");
    // Whether as many or as few as possible makes no difference to whether it matches.
    if (pattern[i] === "?") i++;
    return { type: "repeat", part, ...count };
  };

  const quantifier = (): { min: number; max: number } | undefined => {
    const sign = pattern[i];
    if (sign === "*" || sign === "+" || sign === "?") {
      i++;
      return { min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Number.POSITIVE_INFINITY };
    }
    const match = counted();
    if (!match) return undefined;
    i += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (max < min) throw new PatternDefect("a count whose end is not before its beginning");
    return { min, max };
  };

  const counted = (): RegExpExecArray | null => {
    COUNT.lastIndex = i;
    return COUNT.exec(pattern);
  };

  const atom = (): Node => {
    const sign = pattern[i]!;
    switch (sign) {
      case "(":
        return group();
      case "[": {
        const { set, end } = parseClass(pattern, i);
        i = end;
        return { type: "set", set };
      }
      case "\\":
        return escape();
      case "^":
        i++;
        return { type: "edge", at: "start" };
      case "$":
        i++;
        return { type: "edge", at: "end" };
      case ".":
        i++;
        return { type: "set", set: { ranges: LINE_ENDS, isNegated: true } };
      default:
        if (/[*+?]/.test(sign) || (sign === "{" && counted()))
          throw new PatternDefect("something to repeat before a quantifier");
        return { type: "set", set: only(pattern.charCodeAt(i++)) };
    }
  };

  const escape = (): Node => {
    const letter = pattern[i + 1];
    if (letter === "b" || letter === "B") {
      i += 2;
      return { type: "edge", at: letter === "b" ? "word" : "notWord" };
    }
    const { set, end } = parseEscape(pattern, i, false);
    i = end;
    return { type: "set", set };
  };

  const group = (): Node => {
    i += pattern.startsWith("(?:", i) ? 3 : 1;
    if (pattern[i] === "?") throw new PatternDefect("a group of the form (…) or (?:…)");
    const inner = either();
    if (pattern[i] !== ")") throw new PatternDefect("a ) for every (");
    i++;
    // A repeated group is no edge, whatever stands in it.
    return inner.type === "edge" ? { type: "sequence", parts: [inner] } : inner;
  };

  const tree = either();
  if (i < pattern.length) throw new PatternDefect("a ( for every )");
  return tree;
}
