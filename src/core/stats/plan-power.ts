import { gaussLegendre } from "./gauss-legendre.ts";
import { normalCdf } from "./normal.ts";

/** What a plan does if there is a difference. */
export type PlanPower = {
  /** Chance that it is told at one of the looks. */
  readonly power: number;
  /** Mean share of the planned information until it is told or the plan is over. */
  readonly meanFraction: number;
};

const QUADRATURE = gaussLegendre(64);
/** Beyond this many standard deviations nothing is left. */
const TAIL_SD = 8;

/**
 * Chance that a plan finds a difference, and how much of it that takes on average.
 * Source: Armitage, McPherson and Rowe 1969, with drift.
 * @param fractions of the planned information at each look
 * @param limits |z| at which each look tells a difference: see `boundaries`
 * @param drift the true difference in standard errors that the full plan has
 * @example planPower([1], [1.96], 2.8).power // 0.8
 */
export function planPower(fractions: readonly number[], limits: readonly number[], drift: number): PlanPower {
  let points = new Float64Array([0]);
  let density = new Float64Array([1]);
  let before = 0;
  let power = 0;
  let meanFraction = 0;
  let going = 1;
  fractions.forEach((fraction, look) => {
    const step = fraction - before;
    const sd = Math.sqrt(step);
    const moved = drift * step;
    const reach = limits[look]! * Math.sqrt(fraction);
    meanFraction += going * step;
    let told = 0;
    for (let i = 0; i < points.length; i++) {
      const from = points[i]! + moved;
      told += density[i]! * (normalCdf((from - reach) / sd) + normalCdf((-reach - from) / sd));
    }
    power += told;
    going -= told;
    // Where the sum may be and go on: what is far from where it drifts is nothing.
    const [low, high] = [
      Math.max(-reach, drift * fraction - TAIL_SD * Math.sqrt(fraction)),
      Math.min(reach, drift * fraction + TAIL_SD * Math.sqrt(fraction)),
    ];
    const [middle, half] = [(low + high) / 2, Math.max(0, (high - low) / 2)];
    const next = QUADRATURE.nodes.map((node) => middle + half * node);
    const weights = next.map((place, j) => {
      let sum = 0;
      for (let i = 0; i < points.length; i++)
        sum += density[i]! * Math.exp(-0.5 * ((place - points[i]! - moved) / sd) ** 2);
      return (sum * half * QUADRATURE.weights[j]!) / (sd * Math.sqrt(2 * Math.PI));
    });
    [points, density, before] = [next, weights, fraction];
  });
  return { power, meanFraction };
}
