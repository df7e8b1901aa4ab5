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
