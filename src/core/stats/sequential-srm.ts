import { logGamma } from "./log-gamma.ts";

/** How sure the alternative is that a split is nearly right: large finds small deviations late and rarely errs. */
const CONCENTRATION = 10_000;

/**
 * p-value against "people were split as the weights say" that may be looked at after every single person: the chance that
 * it ever falls below p where the split is right is at most p. Variations of weight zero neither count as people nor as
 * degrees of freedom; 1 where there is nothing to compare.
 * Source: Lindon and Malek 2022 (Dirichlet-multinomial Bayes factor, "sequential sample ratio mismatch").
 * @param users who came to each variation
 * @param weights that they should have been split by; need not add up to 1
 * @example sequentialSrmPValue([50_000, 50_000], [1, 1]) // 1
 */
export function sequentialSrmPValue(
  users: readonly number[],
  weights: readonly number[],
  concentration: number = CONCENTRATION,
): number {
  return Math.min(1, Math.exp(-logEvidence({ users, weights }, concentration)));
}

/** Who came while the weights were these. */
export type SplitPeriod = { readonly users: readonly number[]; readonly weights: readonly number[] };

/**
 * The same where the weights were changed on the way: each period's visitors against its own weights. The evidence of the
 * periods multiplies, as a gambler's stake would who starts each with what the one before left.
 * @example sequentialSrmPValueOver([{ users: [5000, 5000], weights: [1, 1] }, { users: [900, 100], weights: [9, 1] }]) // 1
 */
export function sequentialSrmPValueOver(
  periods: readonly SplitPeriod[],
  concentration: number = CONCENTRATION,
): number {
  const evidence = periods.reduce((sum, period) => sum + logEvidence(period, concentration), 0);
  return Math.min(1, Math.exp(-evidence));
}

/** Logarithm of the Bayes factor against the weights. */
function logEvidence({ users, weights }: SplitPeriod, concentration: number): number {
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const arms = weights.flatMap((weight, i) =>
    weight > 0 ? [{ share: weight / total, count: users[i] ?? 0 }] : [],
  );
  const n = arms.reduce((sum, { count }) => sum + count, 0);
  if (arms.length < 2 || n === 0) return 0;
  let logFactor = logGamma(concentration) - logGamma(concentration + n);
  for (const { share, count } of arms) {
    const prior = concentration * share;
    logFactor += logGamma(prior + count) - logGamma(prior) - count * Math.log(share);
  }
  return logFactor;
}
