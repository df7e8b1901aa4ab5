/**
 * A change of one number in the ledger. The ledger adds; it never sees a person. `family` says what is counted, `name`
 * of what, `part` of which piece, `metric` which number.
 * @example { family: "experiment", name: "bigger-pictures", part: "control", metric: "users", by: 1 }
 */
export type Delta = {
  readonly family: "experiment" | "slot" | "daily" | "unmatched" | "customers";
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly by: number;
};

/** The same differences with those of one number added up: twenty views of a day are one row, not twenty. */
export function summed(deltas: readonly Delta[]): Delta[] {
  const sums = new Map<string, Delta>();
  for (const delta of deltas) {
    const key = `${delta.family}\n${delta.name}\n${delta.part}\n${delta.metric}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, by: known.by + delta.by } : delta);
  }
  return [...sums.values()];
}
