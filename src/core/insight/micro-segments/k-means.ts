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
const LAST_PASSES = 4;
const RESTARTS = 3;

/**
 * Centres of k clusters: mini-batch k-means (Sculley 2010) from k-means++ starts, then a few whole passes; the best of some
 * restarts. Yields after every batch or pass.
 */
export function* kMeans(points: Points, k: number, rng: Rng): Generator<void, Float64Array[]> {
  let best: Float64Array[] = [];
  let least = Infinity;
  for (let restart = 0; restart < RESTARTS; restart++) {
    const centers = startsOf(points, k, rng);
    yield;
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
    for (let pass = 0; pass < LAST_PASSES; pass++) {
      spread = wholePass(points, centers);
      yield;
    }
    if (spread < least) [best, least] = [centers, spread];
  }
  return best;
}

/** k-means++ (Arthur and Vassilvitskii 2007): every start is far from those before it, by chance. */
function startsOf(points: Points, k: number, rng: Rng): Float64Array[] {
  const centers = [pointAt(points, Math.floor(rng() * points.n)).slice()];
  const away = new Float64Array(points.n).fill(Infinity);
  while (centers.length < k) {
    let sum = 0;
    for (let i = 0; i < points.n; i++) {
      away[i] = Math.min(away[i]!, squaredDistance(pointAt(points, i), centers.at(-1)!));
      sum += away[i]!;
    }
    let left = rng() * sum;
    let chosen = 0;
    while (chosen < points.n - 1 && (left -= away[chosen]!) > 0) chosen++;
    centers.push(pointAt(points, chosen).slice());
  }
  return centers;
}

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
