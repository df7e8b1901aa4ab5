import { gaussLegendre } from "./gauss-legendre.ts";
import { normalCdf, normalPdf, normalQuantile } from "./normal.ts";

/** How the chance of a false finding is spent over the looks. */
export type Spending = "obrien_fleming" | "pocock" | "cubic";

/** Enough for 50 looks: two nodes for each standard deviation of the smallest step. */
const QUADRATURE = gaussLegendre(96);

/** Beyond this many standard deviations nothing is left to integrate. */
const TAIL_SD = 9;
/** Squared distance in standard deviations beyond which no density arrives. */
const SQUARE_MAX = 90;
/** What may be left out of a sum, as a share of it. */
const NEGLIGIBLE = 1e-14;
/** The boundary where next to nothing may be spent: nothing reaches it. */
const Z_MAX = 37;

/**
 * Chance of a false finding that may have been spent when a share of the information is in (Lan and DeMets 1983).
 * @param fraction of the planned information, in [0, 1]
 * @example spent("obrien_fleming", 0.5, 0.05) // 0.00557
 */
export function spent(spending: Spending, fraction: number, alpha: number): number {
  if (!(fraction > 0)) return 0;
  if (fraction >= 1) return alpha;
  if (spending === "cubic") return alpha * fraction ** 3;
  if (spending === "pocock") return alpha * Math.log(1 + (Math.E - 1) * fraction);
  return 4 * normalCdf(normalQuantile(alpha / 4) / Math.sqrt(fraction));
}

/**
 * The |z| at which a difference is told, look by look: two-sided and symmetric. However the looks fall, the chance of ever
 * telling one where there is none is `alpha`, as long as when one looks does not depend on what was found.
 * Source: Armitage, McPherson and Rowe 1969 (the recursion), Lan and DeMets 1983 (the spending).
 * @param fractions of the planned information at each look, rising. The last may be above 1 where more visitors came than
 * planned before it was looked: it spends what is left, and the looks hang together as they really do
 * @example boundaries([0.2, 0.4, 0.6, 0.8, 1], 0.05, "obrien_fleming") // [4.877, 3.357, 2.680, 2.290, 2.031]
 */
export function boundaries(fractions: readonly number[], alpha: number, spending: Spending): number[] {
  const found: number[] = [];
  // The density of the running sum where nothing was told so far, at its nodes.
  let density = new Float64Array(0);
  let points = new Float64Array(0);
  let before = 0;
  let spentBefore = 0;
  for (const fraction of fractions) {
    const sd = Math.sqrt(fraction - before);
    const isFirst = found.length === 0;
    const spentNow = spent(spending, fraction, alpha);
    const mayBeSpent = spentNow - spentBefore;
    /** Chance that the running sum is beyond ±reach now and never was beyond a boundary before, and how fast it falls. */
    const beyond = (reach: number): { chance: number; slope: number } => {
      if (isFirst) return { chance: 2 * normalCdf(-reach / sd), slope: (2 * normalPdf(reach / sd)) / sd };
      let chance = 0;
      let slope = 0;
      // The density is symmetric, so that one tail is half of it.
      for (let i = 0; i < points.length; i++) {
        const distance = (points[i]! - reach) / sd;
        const fall = density[i]! * normalPdf(distance);
        // The chance beyond is less than that: what would not be seen in the sum is not worked out.
        if (distance < -1 && fall < NEGLIGIBLE * mayBeSpent) continue;
        chance += density[i]! * normalCdf(distance);
        slope += fall;
      }
      return { chance: 2 * chance, slope: (2 * slope) / sd };
    };
    const z = solve(beyond, mayBeSpent, Math.sqrt(fraction), found.at(-1) ?? 2);
    found.push(z);
    const reach = Math.min(z, TAIL_SD) * Math.sqrt(fraction);
    const next = new Float64Array(QUADRATURE.nodes.length);
    const places = QUADRATURE.nodes.map((node) => node * reach);
    for (let j = 0; j < next.length / 2; j++) {
      const weight = QUADRATURE.weights[j]! * reach;
      let sum = 0;
      if (isFirst) sum = normalPdf(places[j]! / sd) * Math.sqrt(2 * Math.PI);
      for (let i = 0; i < points.length; i++) {
        const square = ((places[j]! - points[i]!) / sd) ** 2;
        if (square < SQUARE_MAX) sum += density[i]! * Math.exp(-0.5 * square);
      }
      // Symmetric, as the quadrature is.
      next[j] = next[next.length - 1 - j] = (weight * sum) / (sd * Math.sqrt(2 * Math.PI));
    }
    density = next;
    points = places;
    before = fraction;
    spentBefore = spentNow;
  }
  return found;
}

/**
 * The z at which the chance of being beyond it equals what may be spent; `Z_MAX` where next to nothing may. Newton's steps
 * on the logarithm of the chance, which falls nearly like a parabola.
 */
function solve(
  beyond: (reach: number) => { chance: number; slope: number },
  target: number,
  scale: number,
  start: number,
): number {
  if (!(target > 1e-290)) return Z_MAX;
  let z = start;
  for (let i = 0; i < 60; i++) {
    const { chance, slope } = beyond(z * scale);
    const step = chance > 0 ? (Math.log(chance / target) * chance) / (slope * scale) : -1;
    // From far below the boundary the parabola overshoots.
    z = Math.min(Z_MAX, Math.max(0.01, z + Math.max(-2, Math.min(2, step))));
    if (Math.abs(step) < 1e-8) break;
  }
  return z;
}
