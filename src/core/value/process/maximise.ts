/** A function's value and slope at a point. */
export type Slope = { readonly value: number; readonly gradient: readonly number[] };

/** Work that stops now and then, so that whoever runs it can give others their turn. */
export type Sliced<T> = Generator<undefined, T>;

/** Evaluates the function to be maximised; may stop in between. */
export type Objective = (point: readonly number[]) => Sliced<Slope>;

export type Maximum = {
  readonly point: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  readonly iterations: number;
  readonly evaluations: number;
};

const ITERATIONS_MAX = 300;
/** Of a mean log-likelihood: far below what a parameter's standard error leaves uncertain. */
const GRADIENT_ENOUGH = 1e-9;
/** Longest step in any direction: parameters are logarithms, and ten-thousandfold at once is not meant. */
const STEP_MAX = 2;

/**
 * Finds a maximum by BFGS with a backtracking line search (Nocedal & Wright, "Numerical Optimization", 2nd ed., 6.1 and 3.1).
 * Points where the function is not finite are never accepted. `undefined`: it did not come to rest.
 */
export function* maximise(objective: Objective, start: readonly number[]): Sliced<Maximum | undefined> {
  const size = start.length;
  let point = [...start];
  let here = yield* objective(point);
  let evaluations = 1;
  if (!isFinite(here)) return undefined;
  let inverse = identity(size);
  let isFresh = true;
  for (let iterations = 0; iterations < ITERATIONS_MAX; iterations++) {
    if (Math.max(...here.gradient.map(Math.abs)) < GRADIENT_ENOUGH)
      return { point, ...here, iterations, evaluations };
    let direction = times(inverse, here.gradient);
    let slope = dot(direction, here.gradient);
    if (!(slope > 0)) {
      inverse = identity(size);
      direction = [...here.gradient];
      slope = dot(direction, direction);
    }
    const longest = Math.max(...direction.map(Math.abs));
    let step = longest > STEP_MAX ? STEP_MAX / longest : 1;
    let next: Slope | undefined;
    let to = point;
    for (let tries = 0; tries < 60; tries++, step /= 2) {
      to = point.map((value, i) => value + step * direction[i]!);
      const there = yield* objective(to);
      evaluations++;
      if (isFinite(there) && there.value >= here.value + 1e-4 * step * slope) {
        next = there;
        break;
      }
    }
    if (!next) {
      if (Math.max(...here.gradient.map(Math.abs)) < 1e-6) return { point, ...here, iterations, evaluations };
      if (isFresh) return undefined;
      inverse = identity(size);
      isFresh = true;
      continue;
    }
    const moved = to.map((value, i) => value - point[i]!);
    const bent = next.gradient.map((value, i) => here.gradient[i]! - value);
    const curvature = dot(moved, bent);
    if (curvature > 1e-14) {
      if (isFresh) inverse = identity(size, curvature / dot(bent, bent));
      inverse = updated(inverse, moved, bent, curvature);
      isFresh = false;
    }
    [point, here] = [to, next];
  }
  return Math.max(...here.gradient.map(Math.abs)) < 1e-5
    ? { point, ...here, iterations: ITERATIONS_MAX, evaluations }
    : undefined;
}

/**
 * Covariance of the estimates: the inverse of minus the second derivatives of the whole log-likelihood, by central
 * differences of the gradient. Row by row; `undefined` where the maximum is too flat to tell.
 * @param count by what the objective's mean was divided
 */
export function* covarianceAt(
  objective: Objective,
  point: readonly number[],
  count: number,
): Sliced<number[] | undefined> {
  const size = point.length;
  const H = 1e-4;
  const second: number[][] = [];
  for (let i = 0; i < size; i++) {
    const shifted = (by: number) => point.map((value, j) => (j === i ? value + by : value));
    const above = yield* objective(shifted(H));
    const below = yield* objective(shifted(-H));
    second.push(above.gradient.map((value, j) => (-count * (value - below.gradient[j]!)) / (2 * H)));
  }
  const symmetric = second.map((row, i) => row.map((value, j) => (value + second[j]![i]!) / 2));
  const inverse = inverted(symmetric);
  return inverse?.every((row, i) => row[i]! > 0 && row.every(Number.isFinite)) ? inverse.flat() : undefined;
}

/** Runs sliced work to its end at once. */
export function run<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const isFinite = ({ value, gradient }: Slope): boolean =>
  Number.isFinite(value) && gradient.every(Number.isFinite);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => dot(row, vector));
const identity = (size: number, scale = 1): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? scale : 0)));

/** The inverse Hessian after a step (BFGS, equation 6.17). */
function updated(
  inverse: readonly (readonly number[])[],
  moved: readonly number[],
  bent: readonly number[],
  curvature: number,
): number[][] {
  const along = times(inverse, bent);
  const scale = (curvature + dot(bent, along)) / curvature ** 2;
  return inverse.map((row, i) =>
    row.map(
      (value, j) =>
        value + scale * moved[i]! * moved[j]! - (along[i]! * moved[j]! + moved[i]! * along[j]!) / curvature,
    ),
  );
}

/** Gauss–Jordan with pivoting; `undefined` for a singular matrix. */
function inverted(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...identity(size)[i]!]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let i = column; i < size; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[best]![column]!)) best = i;
    const pivot = rows[best]![column]!;
    if (!(Math.abs(pivot) > 1e-300)) return undefined;
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    rows[column] = rows[column]!.map((value) => value / pivot);
    for (let i = 0; i < size; i++) {
      const by = rows[i]![column]!;
      if (i !== column) rows[i] = rows[i]!.map((value, j) => value - by * rows[column]![j]!);
    }
  }
  return rows.map((row) => row.slice(size));
}
