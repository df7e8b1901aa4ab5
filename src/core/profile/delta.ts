/**
 * A change of one number in the ledger. The ledger adds; it never sees a person. `family` says what is counted, `name`
 * of what, `part` of which piece, `metric` which number.
 * @example { family: "experiment", name: "bigger-pictures", part: "control", metric: "users", by: 1 }
 */
export type Delta = {
  readonly family: "experiment" | "slot" | "daily" | "customers" | "quality" | "trigger";
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly by: number;
};

/** The name of the number a difference changes. */
export const numberName = ({ family, name, part, metric }: Delta): string =>
  JSON.stringify([family, name, part, metric]);

/** The same differences with those of one number added up: twenty views of a day are one row, not twenty. */
export function summed(deltas: readonly Delta[]): Delta[] {
  const sums = new Map<string, Delta>();
  for (const delta of deltas) {
    const key = numberName(delta);
    const known = sums.get(key);
    sums.set(key, known ? { ...known, by: known.by + delta.by } : delta);
  }
  return [...sums.values()].filter((delta) => delta.by !== 0);
}

/** What takes these differences back. */
export const reversed = (deltas: readonly Delta[]): Delta[] =>
  summed(deltas).map((delta) => ({ ...delta, by: -delta.by }));
