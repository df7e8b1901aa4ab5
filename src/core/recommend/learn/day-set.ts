/**
 * Remembers that something was said today, in bounded memory: 32-bit digests of the running day and of the one before.
 * When a day has more than fit, its earlier half is forgotten with the day before; two things in a billion are taken
 * for one.
 */
export type DaySet = {
  day: number;
  current: Uint32Array;
  previous: Uint32Array;
  /** Digests in `current`. */
  size: number;
};

const ROOM_MIN = 1 << 8;
/** One megabyte: some 200,000 things a day before the earliest are forgotten. */
const ROOM_MAX = 1 << 18;
const FILL = 0.75;

export const emptyDaySet = (): DaySet => ({
  day: 0,
  current: new Uint32Array(ROOM_MIN),
  previous: new Uint32Array(ROOM_MIN),
  size: 0,
});

/**
 * Whether this is said for the first time; from now on it is not.
 * @param day number of the running day; days that go backwards change nothing
 * @param digest of what is said, by whom and on which day, so that different days never meet
 */
export function isFirst(set: DaySet, day: number, digest: number): boolean {
  if (day > set.day) turn(set, ROOM_MIN, day);
  const key = digest >>> 0 || 1; // 0 marks a free place.
  if (placeOf(set.previous, key) < 0) return false;
  const place = placeOf(set.current, key);
  if (place < 0) return false;
  set.current[place] = key;
  set.size += 1;
  if (set.size < set.current.length * FILL) return true;
  if (set.current.length >= ROOM_MAX) turn(set, ROOM_MAX, set.day);
  else set.current = widened(set.current);
  return true;
}

/** Forgets everything: the names it was said with mean something else from now on. */
export function clearDaySet(set: DaySet): void {
  set.current = new Uint32Array(ROOM_MIN);
  set.previous = new Uint32Array(ROOM_MIN);
  set.size = 0;
}

function turn(set: DaySet, room: number, day: number): void {
  set.previous = set.current;
  set.current = new Uint32Array(room);
  set.size = 0;
  set.day = day;
}

/** The free place for a digest, or −1 where it is in the table already. */
function placeOf(table: Uint32Array, key: number): number {
  const mask = table.length - 1;
  let at = Math.imul(key, 0x9e3779b1) & mask;
  for (let held = table[at]!; held !== 0; held = table[(at = (at + 1) & mask)]!) if (held === key) return -1;
  return at;
}

function widened(table: Uint32Array): Uint32Array {
  const wider = new Uint32Array(table.length * 2);
  for (const key of table) if (key !== 0) wider[placeOf(wider, key)] = key;
  return wider;
}
