/**
 * How far two partitions of the same things agree: 1 fully, about 0 as by chance (Hubert and Arabie 1985).
 * @example adjustedRand([0, 0, 1, 1], [5, 5, 3, 3]) // 1
 */
export function adjustedRand(a: readonly number[], b: readonly number[]): number {
  const cells = new Map<string, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  a.forEach((x, i) => {
    const y = b[i]!;
    cells.set(`${x} ${y}`, (cells.get(`${x} ${y}`) ?? 0) + 1);
    rows.set(x, (rows.get(x) ?? 0) + 1);
    columns.set(y, (columns.get(y) ?? 0) + 1);
  });
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const n of counts) sum += (n * (n - 1)) / 2;
    return sum;
  };
  const [together, inA, inB] = [pairs(cells.values()), pairs(rows.values()), pairs(columns.values())];
  const byChance = (inA * inB) / pairs([a.length]);
  const most = (inA + inB) / 2;
  return most === byChance ? 1 : (together - byChance) / (most - byChance);
}
