import { complement, type CharSet, type Ranges } from "./char-set.ts";
import { parseEscape } from "./parse-escape.ts";
import { PatternDefect } from "./syntax.ts";

/**
 * Reads a class such as `[a-z\d-]` whose bracket is at `at`. A dash between a set and anything is a plain dash, as in
 * browsers.
 * @returns the set, and the place behind it
 */
export function parseClass(pattern: string, at: number): { readonly set: CharSet; readonly end: number } {
  const isNegated = pattern[at + 1] === "^";
  const ranges: (readonly [number, number])[] = [];
  let i = at + (isNegated ? 2 : 1);
  const member = (): Ranges => {
    if (i >= pattern.length) throw new PatternDefect("a class that ends with ]");
    if (pattern[i] !== "\\") {
      const unit = pattern.charCodeAt(i++);
      return [[unit, unit]];
    }
    const escape = parseEscape(pattern, i, true);
    i = escape.end;
    return escape.set.isNegated ? complement(escape.set.ranges) : escape.set.ranges;
  };
  while (pattern[i] !== "]") {
    const first = member();
    if (pattern[i] !== "-" || pattern[i + 1] === "]") {
      ranges.push(...first);
      continue;
    }
    i++;
    const last = member();
    const from = single(first);
    const to = single(last);
    if (from === undefined || to === undefined) ranges.push(...first, [0x2d, 0x2d], ...last);
    else if (from > to) throw new PatternDefect("a range whose end is not before its beginning");
    else ranges.push([from, to]);
  }
  return { set: { ranges, isNegated }, end: i + 1 };
}

const single = (ranges: Ranges): number | undefined =>
  ranges.length === 1 && ranges[0]![0] === ranges[0]![1] ? ranges[0]![0] : undefined;
