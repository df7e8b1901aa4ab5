import type { Experiment } from "../config/config.ts";
import { checkSrm, type SrmCheck } from "../stats/srm.ts";
import { figuresOf, type Tally, type VariationReport } from "./figures.ts";
import { splitOf } from "./split.ts";
import { verdictOf } from "./verdict.ts";

export type ExperimentReport = {
  readonly experiment: string;
  /** In the order of the config; the first is the control. */
  readonly variations: readonly VariationReport[];
  /** Whether users were split as configured. Where it blocks, the differences mean nothing. */
  readonly srm: SrmCheck;
  /** One plain sentence made of ids and figures only. */
  readonly verdict: string;
};

/**
 * What an experiment tells so far. Differences are absolute and by Welch's t-test: unlike relative lifts by the delta
 * method they keep their error rate at small counts. Intervals and p-values hold for one look planned in advance.
 * A variation without a tally has no users; tallies of variations that the experiment does not have are left out.
 * @param currency ISO 4217 code for the sentence; without it amounts are told in minor units
 */
export function reportExperiment(
  experiment: Experiment,
  tallies: readonly Tally[],
  currency?: string,
): ExperimentReport {
  const shares = splitOf(experiment);
  const totals = experiment.variations.map(({ id }) => totalOf(id, tallies));
  const variations = totals.map((total, i) => figuresOf(total, shares[i]!, i === 0 ? undefined : totals[0]));
  const users = totals.map((total) => total.users);
  const srm = checkSrm(users, shares);
  return { experiment: experiment.id, variations, srm, verdict: verdictOf(variations, srm, currency) };
}

function totalOf(variation: string, tallies: readonly Tally[]): Tally {
  const total = { variation, users: 0, converters: 0, orders: 0, revenueSum: 0, revenueSumSquares: 0 };
  for (const tally of tallies) {
    if (tally.variation !== variation) continue;
    total.users += tally.users;
    total.converters += tally.converters;
    total.orders += tally.orders;
    total.revenueSum += tally.revenueSum;
    total.revenueSumSquares += tally.revenueSumSquares;
  }
  return total;
}
