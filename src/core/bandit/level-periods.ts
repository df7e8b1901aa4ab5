import { chiSquareSf } from "../stats/chi-square.ts";
import { meanOf, varianceOf, type Moments } from "../stats/moments.ts";
import { cholesky, solve } from "./cholesky.ts";
import { sumPeriods, type Period } from "./period.ts";
import { totalOf } from "./posterior.ts";

/** Chance makes periods differ so much in one of a hundred looks. */
const DIFFER_BELOW = 0.01;

/**
 * Each arm's customers as if all periods had been alike. An arm that had most of its customers on good days looks better
 * than it is, because shares change while days do; and the customers of the last hours have not bought yet. Both touch all
 * arms of a period alike: an effect per arm and one per period are fitted together, by least squares over customers, and
 * the period's is taken out. `n` shrinks to what the comparison within periods is worth; with constant shares it stays. Where periods do not
 * differ, the plain sums.
 */
export function levelPeriods(periods: readonly Pick<Period, "arms">[], arms: number): Moments[] {
  const plain = sumPeriods(periods, arms);
  const whole = totalOf(plain);
  if (!(whole.n > 0) || !differ(periods, plain)) return plain;
  const right = new Float64Array(arms);
  const information = new Float64Array(arms * arms);
  for (const period of periods) {
    const all = totalOf(period.arms);
    if (!(all.n > 0)) continue;
    period.arms.forEach((one, i) => {
      right[i]! += one.sum - (one.n * all.sum) / all.n;
      information[i * arms + i]! += one.n;
      period.arms.forEach((other, j) => (information[i * arms + j]! -= (one.n * other.n) / all.n));
    });
  }
  // Effects are told apart only from each other: their customers' mean is set to 0; and one customer's weight of "no effect"
  // lets an arm that was never beside another be solved for.
  const matrix = information.map(
    (value, at) =>
      value +
      (plain[Math.floor(at / arms)]!.n * plain[at % arms]!.n) / whole.n +
      (at % (arms + 1) === 0 ? 1 : 0),
  );
  const lower = cholesky(matrix, arms);
  if (!lower) return plain;
  const effects = solve(lower, right);
  return plain.map((one, i) => {
    if (!(one.n > 0)) return one;
    const alone = one.n - (one.n * one.n) / whole.n;
    const worth = alone > 0 ? Math.min(1, information[i * arms + i]! / alone) : 1;
    return moved(one, whole.sum / whole.n + effects[i]!, worth);
  });
}

/** Whether periods differ by more than their arms and chance explain; where they do not, levelling would only add noise. */
function differ(periods: readonly Pick<Period, "arms">[], plain: readonly Moments[]): boolean {
  const variance = varianceOf(totalOf(plain)) ?? 0;
  const means = plain.map((one) => meanOf(one) ?? 0);
  let squares = 0;
  let filled = 0;
  for (const { arms } of periods) {
    const { n, sum } = totalOf(arms);
    if (!(n > 0)) continue;
    const expected = arms.reduce((total, one, i) => total + one.n * means[i]!, 0);
    squares += (sum - expected) ** 2 / n;
    filled++;
  }
  return filled > 1 && variance > 0 && chiSquareSf(squares / variance, filled - 1) < DIFFER_BELOW;
}

/** The same customers around another mean, counting for a part of their number. */
function moved({ n, sum, sumSquares }: Moments, mean: number, worth: number): Moments {
  const scatter = sumSquares - (sum * sum) / n;
  return { n: n * worth, sum: n * worth * mean, sumSquares: worth * (scatter + n * mean * mean) };
}
