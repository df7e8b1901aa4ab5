import type { Rng } from "../../primitives/rng.ts";

/** Points of equal dimension, one after another. */
export type Points = { readonly n: number; readonly dimensions: number; readonly values: Float64Array };

export const pointAt = ({ values, dimensions }: Points, i: number): Float64Array =>
  values.subarray(i * dimensions, (i + 1) * dimensions);

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = a[i]! - b[i]!;
    sum += apart * apart;
  }
  return sum;
}

/** Which centre is nearest; the first of equal ones. */
export function nearest(point: Float64Array, centers: readonly Float64Array[]): number {
  let at = 0;
  let least = Infinity;
  for (let i = 0; i < centers.length; i++) {
    const distance = squaredDistance(point, centers[i]!);
    if (distance < least) [at, least] = [i, distance];
  }
  return at;
}

const BATCH = 256;
const BATCHES = 30;
const PASSES_MAX = 12;
const RESTARTS = 3;
/** Candidates for every start. */
const TRIALS = 3;

/**
 * Centres of k clusters: mini-batch k-means (Sculley 2010) from k-means++ starts, then a few whole passes; the best of some
 * restarts. Yields after every batch or pass.
 */
export function* kMeans(points: Points, k: number, rng: Rng): Generator<void, Float64Array[]> {
  let best: Float64Array[] = [];
  let least = Infinity;
  for (let restart = 0; restart < RESTARTS; restart++) {
    const centers = yield* startsOf(points, k, rng);
    const seen = centers.map(() => 0);
    for (let batch = 0; batch < BATCHES; batch++) {
      for (let i = 0; i < BATCH; i++) {
        const point = pointAt(points, Math.floor(rng() * points.n));
        const at = nearest(point, centers);
        const rate = 1 / ++seen[at]!;
        const center = centers[at]!;
        for (let d = 0; d < center.length; d++) center[d]! += rate * (point[d]! - center[d]!);
      }
      yield;
    }
    let spread = Infinity;
    for (let pass = 0, before = Infinity; pass < PASSES_MAX; pass++) {
      spread = wholePass(points, centers);
      yield;
      if (spread > 0.999 * before) break;
      before = spread;
    }
    if (spread < least) [best, least] = [centers, spread];
  }
  return best;
}

/** k-means++ (Arthur and Vassilvitskii 2007), greedy: every start is far from those before it, the best of some by chance. */
function* startsOf(points: Points, k: number, rng: Rng): Generator<void, Float64Array[]> {
  const centers = [pointAt(points, Math.floor(rng() * points.n)).slice()];
  let away = awayFrom(points, centers[0]!, new Float64Array(points.n).fill(Infinity));
  while (centers.length < k) {
    const sum = sumOf(away);
    let best = { at: 0, away, sum: Infinity };
    for (let trial = 0; trial < TRIALS; trial++) {
      let left = rng() * sum;
      let at = 0;
      while (at < points.n - 1 && (left -= away[at]!) > 0) at++;
      const then = awayFrom(points, pointAt(points, at), away);
      if (sumOf(then) < best.sum) best = { at, away: then, sum: sumOf(then) };
    }
    centers.push(pointAt(points, best.at).slice());
    away = best.away;
    yield;
  }
  return centers;
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, x) => sum + x, 0);

/** Squared distances to the nearest centre once there is one more. */
const awayFrom = (points: Points, center: Float64Array, before: Float64Array): Float64Array =>
  before.map((distance, i) => Math.min(distance, squaredDistance(pointAt(points, i), center)));

/** Moves every centre to the mean of its points; tells the sum of squared distances before. An empty one stays. */
function wholePass(points: Points, centers: Float64Array[]): number {
  const sums = centers.map(() => new Float64Array(points.dimensions));
  const counts = centers.map(() => 0);
  let spread = 0;
  for (let i = 0; i < points.n; i++) {
    const point = pointAt(points, i);
    const at = nearest(point, centers);
    spread += squaredDistance(point, centers[at]!);
    counts[at]!++;
    for (let d = 0; d < point.length; d++) sums[at]![d]! += point[d]!;
  }
  centers.forEach((center, c) => {
    if (counts[c]! > 0) center.set(sums[c]!.map((sum) => sum / counts[c]!));
  });
  return spread;
}
