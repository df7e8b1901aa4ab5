import type { Cuts } from "./value-model.ts";

/** Class of a value: 1 below the first cut; one more for each cut it has reached. @example classOf(3, [3]) // 2 */
export const classOf = (value: number, cuts: Cuts): number =>
  cuts.reduce((found, cut) => found + (value >= cut ? 1 : 0), 1);

/**
 * Points that cut values into so many classes of about equal size. Values that are equal are of one class, whatever that
 * does to the sizes, so there may be fewer classes.
 * @param sorted ascending
 * @example cutsOf([1, 2, 3, 4], 2) // [3]: below 3 the lower class
 */
export function cutsOf(sorted: ArrayLike<number>, classes: number): Cuts {
  const cuts: number[] = [];
  for (let i = 1; i < classes; i++) {
    const cut = sorted[Math.ceil((i * sorted.length) / classes)];
    if (cut !== undefined && cut > (cuts.at(-1) ?? sorted[0]!)) cuts.push(cut);
  }
  return cuts;
}

/**
 * The same by the convention of pandas' `qcut` with duplicates dropped, which pymc-marketing's groups are defined on: edges
 * are quantiles interpolated linearly, equal edges are one, and a value on an edge is of the lower class. A cut is the
 * least value above an edge.
 * @param sorted ascending
 * @example edgeCutsOf([1, 2, 2, 3], 2) // [3]: the edge is 2
 */
export function edgeCutsOf(sorted: ArrayLike<number>, classes: number): Cuts {
  const cuts: number[] = [];
  let last = sorted[0];
  for (let i = 1; i < classes && last !== undefined; i++) {
    const place = (i * (sorted.length - 1)) / classes;
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    const edge = low + (high - low) * (place - Math.floor(place));
    if (!(edge > last)) continue;
    last = edge;
    const above = firstAbove(sorted, edge);
    if (above !== undefined) cuts.push(above);
  }
  return cuts;
}

function firstAbove(sorted: ArrayLike<number>, edge: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > edge) high = middle;
    else low = middle + 1;
  }
  return sorted[low];
}
