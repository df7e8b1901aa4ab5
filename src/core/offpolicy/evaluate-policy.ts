import { estimatePolicy, type PolicyAnswer } from "./estimate.ts";
import type { ExposureRow } from "./exposure-row.ts";
import { joinSums, NO_SUMS, sumsOfUnit, type PolicySums, type TargetPolicy } from "./policy-sums.ts";
import { tallyRewards, type RewardTally } from "./reward-model.ts";

export type EvaluationOptions = {
  /** Weight above which Switch-DR trusts the reward model alone; 10 without it. */
  readonly switchAbove?: number;
  /** Confidence level of the intervals, in (0, 1); 0.95 without it. */
  readonly level?: number;
};

/**
 * Judges a policy on exposures of another one before anybody sees it: what it would have earned per pick, or why that
 * cannot be told. Position by position: whether an item is clicked is taken not to depend on its neighbours.
 *
 * Over shards do the same in two rounds: `tallyRewards` in each, `joinTallies`; then `sumPolicy` in each with the joined
 * tally, `joinSums`, and `estimatePolicy`. A visitor's rows must lie in one shard.
 */
export function evaluatePolicy(
  rows: readonly ExposureRow[],
  target: TargetPolicy,
  options: EvaluationOptions = {},
): PolicyAnswer {
  return estimatePolicy(sumPolicy(rows, target, tallyRewards(rows), options.switchAbove), options.level);
}

/** The sums of some rows, grouped by visitor, else by decision. */
export function sumPolicy(
  rows: Iterable<ExposureRow>,
  target: TargetPolicy,
  model: RewardTally,
  switchAbove?: number,
): PolicySums {
  let sums = NO_SUMS;
  for (const unit of unitsOf(rows)) sums = joinSums(sums, sumsOfUnit(unit, target, model, switchAbove));
  return sums;
}

function unitsOf(rows: Iterable<ExposureRow>): Iterable<ExposureRow[]> {
  const units = new Map<string, ExposureRow[]>();
  for (const row of rows) {
    // A visitor and a decision may bear the same id.
    const unit = row.visitor === undefined ? `d:${row.decisionId}` : `v:${row.visitor}`;
    const known = units.get(unit);
    if (known === undefined) units.set(unit, [row]);
    else known.push(row);
  }
  return units.values();
}
