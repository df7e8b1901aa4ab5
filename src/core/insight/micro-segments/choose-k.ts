import type { Rng } from "../../primitives/rng.ts";
import { adjustedRand } from "./adjusted-rand.ts";
import { kMeans, nearest, pointAt, squaredDistance, type Points } from "./k-means.ts";

/** Agreement that clusters found in two halves of the people must have, or they are chance. */
const STABLE_FROM = 0.7;
/** Least silhouette at which clusters are worth a name: below it people are one cloud. */
const APART_FROM = 0.12;

/**
 * How many clusters there are: among the numbers for which two halves of the people give the same clusters, the one whose
 * clusters lie apart best. 1 where there are none.
 */
export function* chooseK(points: Points, most: number, rng: Rng): Generator<void, number> {
  let best = { k: 1, apart: APART_FROM };
  const half = points.n >> 1;
  const halves = [part(points, 0, half), part(points, half, points.n)];
  for (let k = 2; k <= most; k++) {
    const labels: number[][] = [];
    for (const one of halves) {
      const centers = yield* kMeans(one, k, rng);
      labels.push(labelsOf(points, centers));
      yield;
    }
    if (adjustedRand(labels[0]!, labels[1]!) < STABLE_FROM) continue;
    yield;
    const apart = silhouette(points, yield* kMeans(points, k, rng));
    yield;
    if (apart > best.apart) best = { k, apart };
  }
  return best.k;
}

const part = ({ dimensions, values }: Points, from: number, until: number): Points => ({
  n: until - from,
  dimensions,
  values: values.subarray(from * dimensions, until * dimensions),
});

const labelsOf = (points: Points, centers: readonly Float64Array[]): number[] =>
  Array.from({ length: points.n }, (_, i) => nearest(pointAt(points, i), centers));

/**
 * How much nearer people are to their own centre than to the next: simplified silhouette, in [0, 1] (Hruschka, de Castro and
 * Campello 2004). It needs distances to centres only, not between all people.
 */
export function silhouette(points: Points, centers: readonly Float64Array[]): number {
  let sum = 0;
  for (let i = 0; i < points.n; i++) {
    let [own, next] = [Infinity, Infinity];
    for (const center of centers) {
      const distance = squaredDistance(pointAt(points, i), center);
      if (distance < own) [own, next] = [distance, own];
      else if (distance < next) next = distance;
    }
    if (next > 0) sum += 1 - Math.sqrt(own / next);
  }
  return sum / points.n;
}
