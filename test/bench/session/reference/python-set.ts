/**
 * The order in which CPython up to 3.6 walks through a set of whole numbers. Session-rec keeps candidates in such
 * sets and takes the first of equally like ones, so its stored lists can only be given again in this order.
 * Source: Objects/setobject.c of CPython. A place follows from the number itself; where it is taken the nine after it are
 * tried, then a place mixed from the higher bits.
 */
export type PythonSet = { readonly slots: (number | undefined)[]; readonly used: number };

const SMALLEST = 8;
const NEXT_PLACES = 9;
const SHIFT = 5;
const LARGE = 50_000;

const room = (slots: number) => Array.from<number | undefined>({ length: slots }).fill(undefined);
const isCrowded = (filled: number, slots: number) => filled * 3 >= (slots - 1) * 2;

/** Puts a number into the first free place of its own; false if it was in already. */
function put(slots: (number | undefined)[], value: number): boolean {
  const mask = slots.length - 1;
  let place = value & mask;
  for (let mixed = value; ;) {
    const last = place + NEXT_PLACES <= mask ? place + NEXT_PLACES : place;
    for (let at = place; at <= last; at++) {
      if (slots[at] === value) return false;
      if (slots[at] !== undefined) continue;
      slots[at] = value;
      return true;
    }
    mixed >>>= SHIFT;
    place = (place * 5 + 1 + mixed) & mask;
  }
}

function resized(slots: readonly (number | undefined)[], above: number): (number | undefined)[] {
  let size = SMALLEST;
  while (size <= above) size *= 2;
  const wider = room(size);
  for (const value of slots) if (value !== undefined) put(wider, value);
  return wider;
}

/** `set()` after `add` of each, in this order. Numbers from 0 up to 2^31. */
export function setOf(
  values: Iterable<number>,
  start: PythonSet = { slots: room(SMALLEST), used: 0 },
): PythonSet {
  let slots = [...start.slots];
  let { used } = start;
  for (const value of values) {
    if (!put(slots, value)) continue;
    used += 1;
    if (isCrowded(used, slots.length)) slots = resized(slots, used > LARGE ? used * 2 : used * 4);
  }
  return { slots, used };
}

/** `a | b`: a copy of the one that takes in the other. */
export function union(a: PythonSet, b: PythonSet): PythonSet {
  return merged(merged({ slots: room(SMALLEST), used: 0 }, a), b);
}

function merged(into: PythonSet, from: PythonSet): PythonSet {
  if (from.used === 0) return into;
  const isTight = isCrowded(into.used + from.used, into.slots.length);
  const slots = isTight ? resized(into.slots, (into.used + from.used) * 2) : into.slots;
  if (into.used === 0 && slots.length === from.slots.length)
    return { slots: [...from.slots], used: from.used };
  return setOf(numbersIn(from), { slots, used: into.used });
}

/** Its numbers in the order of `for … in`. */
export const numbersIn = ({ slots }: PythonSet): number[] => slots.filter((value) => value !== undefined);
