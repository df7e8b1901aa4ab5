import { normalQuantile } from "../stats/normal.ts";
import { varianceOf } from "../stats/moments.ts";
import { usersIn, type Period } from "./period.ts";
import type { GoalKind } from "./posterior.ts";

/** What an arm is worth, told from data that a bandit has gathered. */
export type ArmEstimate = {
  /** Customers of the arm. */
  readonly users: number;
  readonly mean: number;
  /** Half the interval's width in standard normal units. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
};

/**
 * How much a period counts for an arm: its share to this power. 0 has no bias and the widest intervals where a share was
 * tiny; 0.5 steadies the variance most, and lets through part of the bias that it is there to remove.
 * Source: Hadad, Hirshberg, Zhan, Wager, Athey 2021, "Confidence intervals for policy evaluation in adaptive experiments".
 */
const STEADYING = 0;

/**
 * The mean of each arm after a bandit. A plain mean is too low for an arm that had bad luck early, because it then got no
 * customers to repair it; here every customer counts by one over the share their arm had, around what was expected before
 * (augmented inverse propensity weighting). Shares change only between periods, so a period's three sums give the exact
 * value, and its shares the variance to expect. `undefined` for an arm that had fewer than two customers, or none of whose periods gave it a share.
 * @example armEstimates([{ version: 1, from: 0, weights: [1], arms: [{ n: 4, sum: 6, sumSquares: 12 }] }], "mean", 0.95)[0]?.mean // 1.5
 */
export function armEstimates(
  periods: readonly Period[],
  kind: GoalKind,
  confidence: number,
  steadying: number = STEADYING,
): (ArmEstimate | undefined)[] {
  const arms = Math.max(0, ...periods.map(({ weights }) => weights.length));
  return Array.from({ length: arms }, (_, arm) => armEstimate(periods, arm, kind, confidence, steadying));
}

function armEstimate(
  periods: readonly Period[],
  arm: number,
  kind: GoalKind,
  confidence: number,
  steadying: number,
): ArmEstimate | undefined {
  const seen = { n: 0, sum: 0, sumSquares: 0 };
  const rows: Row[] = [];
  for (const period of periods) {
    const share = period.weights[arm] ?? 0;
    const { n, sum, sumSquares } = period.arms[arm] ?? { n: 0, sum: 0, sumSquares: 0 };
    const users = usersIn(period);
    // What is expected comes from earlier periods only; without one, the period's own mean stands for all its customers.
    const expected = seen.n > 0 ? seen.sum / seen.n : n > 0 ? sum / n : 0;
    if (share > 0)
      rows.push({
        weight: share ** steadying,
        users,
        share,
        expected,
        total: users * expected + (sum - n * expected) / share,
      });
    seen.n += n;
    seen.sum += sum;
    seen.sumSquares += sumSquares;
  }
  const users = rows.reduce((sum, row) => sum + row.weight * row.users, 0);
  const mean = rows.reduce((sum, row) => sum + row.weight * row.total, 0) / users;
  const spread = varianceOf(seen);
  if (spread === undefined || !Number.isFinite(mean)) return undefined;
  // The variance of a score, given what was known when its customer came, is v / e + (mean - expected)² (1 - e) / e.
  let perVariance = 0;
  let fixed = 0;
  for (const { weight, users: n, share, expected } of rows) {
    const squared = (weight / users) ** 2 * n;
    perVariance += squared / share;
    fixed += (squared * (mean - expected) ** 2 * (1 - share)) / share;
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const [low, high] =
    kind === "proportion"
      ? rateInterval(mean, perVariance, fixed, z)
      : widthAround(mean, z * Math.sqrt(spread * perVariance + fixed));
  return Number.isFinite(low) && Number.isFinite(high)
    ? { users: seen.n, mean, low, high, standardError: (high - low) / (2 * z) }
    : undefined;
}

/** One period: how much its customers count, their number, their arm's share, what was expected, and the sum of scores. */
type Row = {
  readonly weight: number;
  readonly users: number;
  readonly share: number;
  readonly expected: number;
  readonly total: number;
};

const widthAround = (mean: number, reach: number): [low: number, high: number] => [
  mean - reach,
  mean + reach,
];

/**
 * All rates q from which the estimate is at most z standard errors away, with the variance that q itself would have: an
 * estimate that happens to be low does not make its own interval short (Wilson 1927).
 */
function rateInterval(
  mean: number,
  perVariance: number,
  fixed: number,
  z: number,
): [low: number, high: number] {
  const part = z * z * perVariance;
  const centre = (mean + part / 2) / (1 + part);
  const inside = centre * centre - (mean * mean - z * z * fixed) / (1 + part);
  const [low, high] = widthAround(centre, Math.sqrt(Math.max(0, inside)));
  return [Math.max(0, low), Math.min(1, high)];
}
