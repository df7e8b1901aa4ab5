import { curveOf, soften, type Curve } from "./curve.ts";
import type { Posteriors } from "./posterior.ts";
import { runningIntegral } from "./running-integral.ts";

export type Race = {
  /** For each arm the probability that it is the best; they sum to 1. */
  readonly best: readonly number[];
  /** The mean of the best arm's true value, whichever arm that is. */
  readonly bestValue: number;
};

const PANEL = runningIntegral(12);

/** Where panels meet, in spreads from a curve's centre: two apart where it bends, wider in its tails. */
const EDGES = [-20, -13, -9, -7, -5, -3, -1, 1, 3, 5, 7, 9, 13, 20];

/**
 * Who is the best, by what is believed of each: the integral of each arm's density times the others' distribution
 * functions. Quadrature, not draws: the same beliefs give the same answer. Error below 1e-9; half a millisecond for ten arms.
 * @example bestArmProbabilities([{ family: "beta", a: 1, b: 1 }, { family: "beta", a: 2, b: 1 }])[1] // 0.6666666666664042
 */
export function raceOf(posteriors: Posteriors): Race {
  const curves = posteriors.map((one) => curveOf(one));
  if (curves.length === 0) return { best: [], bestValue: Number.NaN };
  const edges = edgesOf(curves);
  const count = curves.length;
  const n = PANEL.nodes.length;
  const below = curves.map(({ cdf }) => cdf(edges[0]!));
  const density = curves.map(() => new Float64Array(n));
  const reached = curves.map(() => new Float64Array(n));
  const best = new Float64Array(count);
  const places = new Float64Array(n);
  const softened = new Float64Array(n);
  const before = new Float64Array(count + 1);
  let bestValue = 0;
  for (let panel = 0; panel + 1 < edges.length; panel++) {
    const half = (edges[panel + 1]! - edges[panel]!) / 2;
    const middle = edges[panel]! + half;
    for (let k = 0; k < n; k++) {
      places[k] = middle + half * PANEL.nodes[k]!;
      softened[k] = soften(places[k]!);
    }
    for (let i = 0; i < count; i++)
      below[i] = cross(curves[i]!, places, softened, half, below[i]!, density[i]!, reached[i]!);
    for (let k = 0; k < n; k++) {
      before[0] = 1;
      for (let i = 0; i < count; i++) before[i + 1] = before[i]! * reached[i]![k]!;
      let after = half * PANEL.weights[k]!;
      let won = 0;
      for (let i = count - 1; i >= 0; i--) {
        const share = density[i]![k]! * before[i]! * after;
        best[i]! += share;
        won += share;
        after *= reached[i]![k]!;
      }
      if (won > 0) bestValue += won * curves[0]!.value(places[k]!);
    }
  }
  // Rounding can leave a hopeless arm a hair below nothing.
  const chances = Array.from(best, (one) => Math.max(0, one));
  const total = chances.reduce((sum, one) => sum + one, 0);
  return { best: chances.map((one) => one / total), bestValue: bestValue / total };
}

/** For each arm the probability that it is the best. */
export const bestArmProbabilities = (posteriors: Posteriors): readonly number[] => raceOf(posteriors).best;

/** Fills in density and distribution function at the nodes of a panel; gives the latter at the panel's end. */
function cross(
  curve: Curve,
  places: Float64Array,
  softened: Float64Array,
  half: number,
  below: number,
  density: Float64Array,
  reached: Float64Array,
): number {
  const { weights, upTo } = PANEL;
  const n = weights.length;
  if (places[0]! >= curve.high) {
    density.fill(0);
    reached.fill(1);
    return 1;
  }
  let whole = 0;
  for (let k = 0; k < n; k++) {
    density[k] = curve.density(places[k]!, softened[k]!);
    whole += weights[k]! * density[k]!;
  }
  for (let k = 0; k < n; k++) {
    let part = 0;
    for (let m = 0; m < n; m++) part += upTo[k * n + m]! * density[m]!;
    reached[k] = below + half * part;
  }
  return below + half * whole;
}

/** From where all arms can still lose to where none can be: every curve's own edges, less those that hardly differ. */
function edgesOf(curves: readonly Curve[]): number[] {
  const from = Math.max(...curves.map(({ low }) => low));
  const to = Math.max(...curves.map(({ high }) => high));
  const apart = Math.min(...curves.map(({ spread }) => spread)) / 2;
  const all = curves
    .flatMap(({ centre, spread }) => EDGES.map((step) => centre + step * spread))
    .filter((edge) => edge > from && edge < to)
    .sort((a, b) => a - b);
  const edges = [from];
  for (const edge of all) if (edge - edges.at(-1)! > apart) edges.push(edge);
  edges.push(to);
  return edges;
}
