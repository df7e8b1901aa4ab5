import { incompleteGammaUpper } from "./incomplete-gamma.ts";

/**
 * P(X > x) for a chi-square X with `df` degrees of freedom (df > 0); 1 for x of 0 or less.
 * @example chiSquareSf(3.841458820694124, 1) // 0.05
 */
export function chiSquareSf(x: number, df: number): number {
  return incompleteGammaUpper(df / 2, x / 2);
}
