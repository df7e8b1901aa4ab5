/** People in common, of those in either, from which on a cluster is the same as before. */
const SAME_FROM = 0.3;

/**
 * Which earlier cluster each new one is, by the people that they share today: pairs with most in common first, each
 * cluster in at most one pair. `undefined` for what is really new.
 * @param shared people by new cluster (row) and by the earlier cluster that they would belong to today (column)
 */
export function matchClusters(shared: readonly (readonly number[])[]): (number | undefined)[] {
  const rowSums = shared.map((row) => row.reduce((sum, n) => sum + n, 0));
  const columnSums = (shared[0] ?? []).map((_, j) => shared.reduce((sum, row) => sum + row[j]!, 0));
  const pairs = shared.flatMap((row, i) =>
    row.map((n, j) => ({ i, j, same: n > 0 ? n / (rowSums[i]! + columnSums[j]! - n) : 0 })),
  );
  const matched: (number | undefined)[] = shared.map(() => undefined);
  const taken = new Set<number>();
  for (const { i, j, same } of pairs.sort((a, b) => b.same - a.same || a.i - b.i || a.j - b.j)) {
    if (same < SAME_FROM) break;
    if (matched[i] !== undefined || taken.has(j)) continue;
    matched[i] = j;
    taken.add(j);
  }
  return matched;
}
