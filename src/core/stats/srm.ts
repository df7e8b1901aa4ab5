import { chiSquareSf } from "./chi-square.ts";

/** Below this p-value a split is broken and the experiment must not be read. GrowthBook's and Microsoft's threshold. */
export const SRM_THRESHOLD = 0.001;

/** Smallest expected count at which Pearson's approximation may be trusted (Cochran's rule). */
const EXPECTED_MIN = 5;

/** A comparison of who came with who should have come. */
export type SrmCheck = {
  /** `null` while some variation expects fewer than five users: too few to tell. */
  readonly p: number | null;
  readonly threshold: number;
  /** Whether the experiment must not be read. */
  readonly blocks: boolean;
};

/**
 * p-value of Pearson's chi-square test that users were split as the weights say: small means a sample ratio mismatch.
 * Variations of weight zero neither count as users nor as degrees of freedom. 1 when there is nothing to compare.
 * @example srmPValue([1000, 1100], [0.5, 0.5]) // 0.029096331741252267
 */
export function srmPValue(users: readonly number[], weights: readonly number[]): number {
  const expected = expectedCounts(users, weights);
  const compared = expected.filter((count) => count > 0).length;
  if (compared < 2) return 1;
  let chiSquare = 0;
  expected.forEach((count, i) => {
    if (count > 0) chiSquare += ((users[i] ?? 0) - count) ** 2 / count;
  });
  return chiSquareSf(chiSquare, compared - 1);
}

/** The verdict on a split. @example checkSrm([1000, 1000], [0.5, 0.5]) // { p: 1, threshold: 0.001, blocks: false } */
export function checkSrm(users: readonly number[], weights: readonly number[]): SrmCheck {
  const expected = expectedCounts(users, weights).filter((_, i) => (weights[i] ?? 0) > 0);
  const isEnough = expected.length >= 2 && expected.every((count) => count >= EXPECTED_MIN);
  const p = isEnough ? srmPValue(users, weights) : null;
  return { p, threshold: SRM_THRESHOLD, blocks: p !== null && p < SRM_THRESHOLD };
}

/** How many users each variation should have of those that came to variations with a weight. */
function expectedCounts(users: readonly number[], weights: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const total = weights.reduce((sum, weight, i) => sum + (weight > 0 ? (users[i] ?? 0) : 0), 0);
  return weights.map((weight) => (weightSum > 0 ? (total * Math.max(0, weight)) / weightSum : 0));
}
