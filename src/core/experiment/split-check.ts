import { sequentialSrmPValue } from "../stats/sequential-srm.ts";
import { SRM_THRESHOLD } from "../stats/srm.ts";

/** A comparison of who came with who should have come. */
export type SplitCheck = {
  /** Right however often it is looked at; `null` where shares change by themselves, as a bandit's do. */
  readonly p: number | null;
  readonly threshold: number;
  /** Whether the figures must not be compared. */
  readonly blocks: boolean;
};

/**
 * The verdict on a split, at any time. @example checkSplit([1000, 1000], [0.5, 0.5]).blocks // false
 */
export function checkSplit(users: readonly number[], shares: readonly number[] | undefined): SplitCheck {
  const p = shares === undefined ? null : sequentialSrmPValue(users, shares);
  return { p, threshold: SRM_THRESHOLD, blocks: p !== null && p < SRM_THRESHOLD };
}
