import { inverse } from "./inverse.ts";
import type { Evaluation } from "./likelihood.ts";

/** Where a search ended. */
export type Minimum = {
  readonly at: Float64Array;
  readonly here: Evaluation;
  readonly iterations: number;
  readonly evaluations: number;
  /** Whether the slope is nothing there. */
  readonly converged: boolean;
};

/**
 * Slope, per customer and unit of a logarithm, that counts as none, and the fall that a whole step would still promise:
 * parameters are then right to about 1e-6, also where the data bound them badly.
 */
const FLAT = 1e-6;
const FALL = 1e-14;

/** Slope at which a search that cannot get lower in doubles has still arrived. */
const NEARLY_FLAT = 1e-7;

/** Slope above which the outer products tell more of the curvature than the steps so far do. */
const FAR = 3e-3;

/** Added to the diagonal of the outer products, as a share of their trace: what the data hardly bound moves less. */
const RIDGE = 3e-3;

const ITERATIONS_MAX = 300;
const EVALUATIONS_MAX = 600;
const HALVINGS_MAX = 25;

/** Farthest that one step may take a logarithm: a factor of about 7 in a parameter. */
const STEP_MAX = 2;

/** Share of the fall that the slope promises, which a step must bring (Armijo). */
const SUFFICIENT = 1e-4;

/**
 * Minimises by the BFGS method with backtracking. Far from the minimum the curvature is taken from the outer products of
 * the gradients (Berndt, Hall, Hall & Hausman 1974) in place of the unit matrix: they know the scales, which saves half of
 * the evaluations. A generator, because its evaluations are: whoever runs it can give the turn away between slices.
 */
export function* minimise(
  evaluate: (at: Float64Array) => Generator<void, Evaluation>,
  start: Float64Array,
): Generator<void, Minimum> {
  let at = start;
  let here = yield* evaluate(at);
  let curvature = startingCurvature(here.products, at.length);
  let evaluations = 1;
  for (let iterations = 0; ; iterations++) {
    const steepest = largest(here.gradient);
    const end = (converged: boolean) => ({ at, here, iterations, evaluations, converged });
    if (iterations === ITERATIONS_MAX || evaluations >= EVALUATIONS_MAX || !Number.isFinite(steepest))
      return end(false);
    let way = downhill(curvature, here.gradient);
    if (!(dot(way, here.gradient) < 0)) {
      curvature = startingCurvature(here.products, at.length);
      way = downhill(curvature, here.gradient);
    }
    const slope = dot(way, here.gradient);
    if (steepest < FLAT && -slope < FALL) return end(true);
    let share = Math.min(1, STEP_MAX / largest(way));
    let next: Evaluation | undefined;
    let there = at;
    for (let halvings = 0; halvings < HALVINGS_MAX; halvings++) {
      there = at.map((from, i) => from + share * way[i]!);
      const tried = yield* evaluate(there);
      evaluations++;
      const noise = 1e-14 * Math.abs(here.value);
      if (tried.value <= here.value + SUFFICIENT * share * slope + noise) {
        next = tried;
        break;
      }
      // The minimum of the parabola through what is known, within bounds.
      const parabola = (-slope * share * share) / (2 * (tried.value - here.value - slope * share));
      share = Math.max(0.1 * share, Math.min(0.5 * share, Number.isFinite(parabola) ? parabola : 0));
    }
    if (!next) return end(steepest < NEARLY_FLAT);
    const moved = there.map((to, i) => to - at[i]!);
    const turned = next.gradient.map((to, i) => to - here.gradient[i]!);
    const known = largest(next.gradient) > FAR ? startingCurvature(next.products, at.length) : curvature;
    curvature = updated(known, moved, turned);
    at = there;
    here = next;
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function downhill(curvature: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length;
  return gradient.map((_, i) => -dot(curvature.subarray(i * size, (i + 1) * size), gradient));
}

/** Inverse of the mean outer product, with enough added to its diagonal that it has one. */
function startingCurvature(products: Float64Array, size: number): Float64Array {
  const whole = new Float64Array(size * size);
  let trace = 0;
  let at = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      whole[i * size + j] = whole[j * size + i] = products[at++]!;
      if (i === j) trace += whole[i * size + i]!;
    }
  for (let i = 0; i < size; i++) whole[i * (size + 1)]! += 1e-6 + RIDGE * trace;
  const found = inverse(whole, size);
  if (found) return found;
  return whole.map((_, k) => (k % (size + 1) === 0 ? 1 : 0));
}

/** The BFGS update of the inverse curvature; as it was where the step shows no positive curvature. */
function updated(curvature: Float64Array, moved: Float64Array, turned: Float64Array): Float64Array {
  const size = moved.length;
  const bend = dot(moved, turned);
  if (!(bend > 1e-12 * Math.sqrt(dot(moved, moved) * dot(turned, turned)))) return curvature;
  const through = moved.map((_, i) => dot(curvature.subarray(i * size, (i + 1) * size), turned));
  const scale = (1 + dot(turned, through) / bend) / bend;
  return curvature.map((value, k) => {
    const i = Math.floor(k / size);
    const j = k % size;
    return value + scale * moved[i]! * moved[j]! - (through[i]! * moved[j]! + moved[i]! * through[j]!) / bend;
  });
}
