/** A set of UTF-16 code units, as pairs of a first and a last one. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** A set, or everything but it. */
export type CharSet = { readonly ranges: Ranges; readonly isNegated: boolean };

const LAST = 0xffff;

export const DIGITS: Ranges = [[0x30, 0x39]];
export const WORDS: Ranges = [...DIGITS, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
export const LINE_ENDS: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
/** White space and line ends, as ECMAScript's `\s` has them. */
export const SPACES: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** Everything that a set lacks. @example complement([[0, 5]]) // [[6, 65535]] */
export function complement(ranges: Ranges): Ranges {
  const missing: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from > next) missing.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST) missing.push([next, LAST]);
  return missing;
}

const isAmong = (ranges: Ranges, unit: number): boolean => {
  for (const [from, to] of ranges) if (unit >= from && unit <= to) return true;
  return false;
};

/**
 * The code unit that stands for all its cases. ECMAScript's rule without the `u` flag: upper case where that is one unit,
 * and never from outside ASCII into it.
 * @example canonical("ä".charCodeAt(0)) // 196, "Ä"
 */
export function canonical(unit: number): number {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit - 32 : unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  const code = upper.charCodeAt(0);
  return upper.length !== 1 || code < 0x80 ? unit : code;
}

let cases: ReadonlyMap<number, readonly number[]> | undefined;

/** All units outside ASCII that share a canonical one with another, by it. Made when first needed: once. */
function casesOf(code: number): readonly number[] {
  if (cases === undefined) {
    const made = new Map<number, number[]>();
    for (let unit = 0x80; unit <= LAST; unit++) {
      const common = canonical(unit);
      if (common === unit) continue;
      const known = made.get(common);
      if (known) known.push(unit);
      else made.set(common, [common, unit]);
    }
    cases = made;
  }
  return cases.get(code) ?? [code];
}

/** Whether a set has a unit, or, folding case, any unit of the same canonical one. */
export function hasUnit({ ranges, isNegated }: CharSet, unit: number, foldsCase: boolean): boolean {
  if (!foldsCase) return isAmong(ranges, unit) !== isNegated;
  const code = canonical(unit);
  const isIn =
    code < 0x80
      ? isAmong(ranges, code) || (code >= 0x41 && code <= 0x5a && isAmong(ranges, code + 32))
      : casesOf(code).some((one) => isAmong(ranges, one));
  return isIn !== isNegated;
}
