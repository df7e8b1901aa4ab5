import { reencode, type Encoder } from "./encoder.ts";
import { squaredDistance } from "./k-means.ts";

/** Centres of one run, and how they are to be read. */
export type Found = { readonly encoder: Encoder; readonly centers: readonly ArrayLike<number>[] };

/** A cluster is the same while it moved by less than this part of the way to its nearest neighbour. */
const SAME_WITHIN = 0.5;

/**
 * Which earlier cluster each new one is: the nearest pairs first, each cluster in at most one. `undefined` for what is really
 * new. Centres are compared and not people, because people whose interests are new would be counted for whatever earlier
 * cluster happens to be next to them.
 */
export function matchClusters(now: Found, before: Found): (number | undefined)[] {
  const centers = now.centers.map((center) => Float64Array.from(center));
  const earlier = before.centers.map((center) => reencode(before.encoder, center, now.encoder));
  const reach = centers.map((center) => {
    const others = centers.filter((other) => other !== center);
    return SAME_WITHIN ** 2 * Math.min(...others.map((other) => squaredDistance(center, other)));
  });
  const pairs = centers
    .flatMap((center, i) =>
      earlier.map(({ point, beside }, j) => ({ i, j, away: squaredDistance(center, point) + beside })),
    )
    .filter(({ i, away }) => away < reach[i]!)
    .sort((a, b) => a.away - b.away || a.i - b.i || a.j - b.j);
  const matched: (number | undefined)[] = centers.map(() => undefined);
  const taken = new Set<number>();
  for (const { i, j } of pairs) {
    if (matched[i] !== undefined || taken.has(j)) continue;
    matched[i] = j;
    taken.add(j);
  }
  return matched;
}
