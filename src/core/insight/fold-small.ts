/** A table of sources or paths is read by people: so many rows at most. */
const ROWS_MAX = 30;

/** Name of the row that holds what is beyond the table. */
export const OTHER = "other";

/** The largest rows first; those beyond the thirtieth become one row, "other". Equal ones by name. */
export function foldSmall<Row>(
  rows: ReadonlyMap<string, Row>,
  sizeOf: (row: Row) => number,
  merge: (a: Row, b: Row) => Row,
): [name: string, row: Row][] {
  const sorted = [...rows].sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || (a < b ? -1 : 1));
  const kept = sorted.slice(0, ROWS_MAX);
  const rest = sorted.slice(ROWS_MAX).map(([, row]) => row);
  if (rest.length === 0) return kept;
  const own = kept.findIndex(([name]) => name === OTHER);
  if (own >= 0) rest.push(...kept.splice(own, 1).map(([, row]) => row));
  return [...kept, [OTHER, rest.reduce(merge)]];
}
