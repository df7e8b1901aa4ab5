import type { Rng } from "../../primitives/rng.ts";
import { adjustedRand } from "./adjusted-rand.ts";
import { kMeans, nearest, pointAt, squaredDistance, type Points } from "./k-means.ts";

/** Agreement that clusters found in two halves of the people must have, or they are chance. */
const STABLE_FROM = 0.7;
/**
 * How much better clusters must lie apart than those of people who have the same figures one by one, but put together by
 * chance: whatever is cut in pieces has pieces.
 */
const BETTER_BY = 0.05;
/** So many more clusters than the best number so far without any gain are enough to stop looking. */
const PATIENCE = 5;

/**
 * How many clusters there are: among the numbers for which two halves of the people give the same clusters, the one whose
 * clusters lie apart best, against what chance would give. 1 where there are none.
 */
export function* chooseK(points: Points, most: number, rng: Rng): Generator<void, number> {
  const half = points.n >> 1;
  const halves = [part(points, 0, half), part(points, half, points.n)];
  const byChance = shuffled(points, rng);
  let best = { k: 1, better: BETTER_BY };
  for (let k = 2; k <= most && (best.k === 1 || k <= best.k + PATIENCE); k++) {
    const labels: number[][] = [];
    for (const one of halves) {
      labels.push(labelsOf(points, yield* kMeans(one, k, rng)));
      yield;
    }
    if (adjustedRand(labels[0]!, labels[1]!) < STABLE_FROM) continue;
    yield;
    const apart = silhouette(points, yield* kMeans(points, k, rng));
    yield;
    const better = apart - silhouette(byChance, yield* kMeans(byChance, k, rng));
    yield;
    if (better > best.better) best = { k, better };
  }
  return best.k;
}

/** The same numbers in every dimension, dealt anew to people: what belonged together does no more. */
function shuffled({ n, dimensions, values }: Points, rng: Rng): Points {
  const dealt = values.slice();
  for (let d = 0; d < dimensions; d++)
    for (let i = n - 1; i > 0; i--) {
      const [a, b] = [i * dimensions + d, Math.floor(rng() * (i + 1)) * dimensions + d];
      [dealt[a], dealt[b]] = [dealt[b]!, dealt[a]!];
    }
  return { n, dimensions, values: dealt };
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
