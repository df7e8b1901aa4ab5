/** Part of the whole below which the rest of a sum is nothing. */
const NOTHING = 1e-17;

const POINTS_MAX = 20_000;

type Precision = "fine" | "coarse";
const STEP = { fine: 0.5, coarse: 0.67 };
const ERROR = { fine: 1e-9, coarse: 1e-7 };

/** Chances with weights that sum to 1, in place of a distribution. */
export type ChancePoints = { readonly chances: readonly number[]; readonly weights: readonly number[] };

/**
 * Points at which to take the mean of a smooth function of a chance p with a beta distribution (a, b): the trapezoidal rule
 * in ln(p / (1 - p)), which converges geometrically, because the density falls exponentially to both ends. What lies beyond
 * the last points is summed as the geometric series it nearly is. The function must not bend before p or 1 - p grow to about
 * 1 / `bends`. A mean is right to about 1e-8 with `precision` "fine", and to 1e-6 with "coarse", in half of the points.
 * @example chancePoints(1, 1, 1, "fine") // weights · chances = 0.5
 */
export function chancePoints(a: number, b: number, bends: number, precision: Precision): ChancePoints {
  const step = STEP[precision] * Math.min(1, 1.8 / Math.sqrt(Math.min(a, b)));
  const centre = Math.log(a / b);
  const bendsAt = 1 / (1 + a + b + bends);
  const peak = a * Math.log1p(b / a) + b * Math.log1p(a / b);
  const chances: number[] = [];
  const weights: number[] = [];
  let total = 0;
  const walk = (from: number, by: number) => {
    // How fast the density falls in the end, each step.
    const tail = -Math.expm1(by < 0 ? -a * step : -b * step);
    for (let k = from; k < POINTS_MAX; k++) {
      const odds = centre + by * k;
      const ratio = Math.exp(-odds);
      const p = 1 / (1 + ratio);
      const logChance = Math.log(p);
      const density = Math.exp(a * logChance + b * (logChance - odds) + peak);
      // How far what follows is from a geometric series, at most.
      const bent = (by < 0 ? p : ratio * p) / bendsAt;
      const isLast = bent < 0.1 && (bent * density) / tail <= ERROR[precision] * total;
      const weight = isLast ? density / tail : density;
      total += weight;
      chances.push(p);
      weights.push(weight);
      if (isLast || weight < NOTHING * total) return;
    }
  };
  walk(0, step);
  walk(1, -step);
  for (let i = 0; i < weights.length; i++) weights[i]! /= total;
  return { chances, weights };
}
