/** A figure about fewer people than this is about persons, not about customers. */
export const PEOPLE_MIN = 5;

/** Stands where a figure would be about too few people, or would let such a figure be worked out. */
export type Withheld = { readonly withheld: true };
export const WITHHELD: Withheld = { withheld: true };

/** Whether something stands withheld. */
export const isWithheld = (cell: unknown): cell is Withheld =>
  typeof cell === "object" && cell !== null && "withheld" in cell;

/**
 * Whether a group within a told larger one may be told: neither the group nor the rest is few. Nobody counts as few, so
 * that a condition written to find one person answers the same whether it finds them or not; an empty rest is no group.
 * @example mayTell(98, 100) // false
 */
export const mayTell = (people: number, of: number = Infinity): boolean =>
  people >= PEOPLE_MIN && (people === of || of - people >= PEOPLE_MIN);

/**
 * Which cells are withheld of some that part all people among them, where their total is told: those of 1 to 4 people, and,
 * so that these are not what is left when the others are taken from the total, the next smallest until at least two cells
 * with at least 5 people together are withheld. An empty cell is told: nobody is in it. Where all are withheld and have fewer
 * than 5 people together, the total itself has too few.
 * @param start cells that are withheld for another reason
 * @example withheldCells([3, 40, 9]) // [true, false, true]
 */
export function withheldCells(people: readonly number[], start?: readonly boolean[]): boolean[] {
  const withheld = people.map((n, i) => start?.[i] === true || (n > 0 && n < PEOPLE_MIN));
  const rest = people.map((_, i) => i).filter((i) => !withheld[i] && people[i]! > 0);
  rest.sort((a, b) => people[b]! - people[a]!);
  let cells = withheld.filter((is, i) => is && people[i]! > 0).length;
  let together = people.reduce((sum, n, i) => (withheld[i] ? sum + n : sum), 0);
  while (cells > 0 && (cells < 2 || together < PEOPLE_MIN) && rest.length > 0) {
    const next = rest.pop()!;
    withheld[next] = true;
    cells++;
    together += people[next]!;
  }
  return withheld;
}

/** The same for a table whose row sums and column sums are both told: no row or column leaves a single cell to work out. */
export function withheldGrid(
  people: readonly (readonly number[])[],
  start?: readonly (readonly boolean[])[],
): boolean[][] {
  let withheld = people.map((row, i) => row.map((_, j) => start?.[i]?.[j] === true));
  const countOf = () => withheld.reduce((sum, row) => sum + row.filter(Boolean).length, 0);
  // Every round withholds more or is the last one.
  for (let before = -1; before !== countOf();) {
    before = countOf();
    withheld = people.map((row, i) => withheldCells(row, withheld[i]));
    for (let j = 0; j < (people[0]?.length ?? 0); j++) {
      const column = withheldCells(
        people.map((row) => row[j]!),
        withheld.map((row) => row[j]!),
      );
      column.forEach((is, i) => (withheld[i]![j] = is));
    }
  }
  return withheld;
}

/**
 * Which shares are withheld, where groups part all people and of each group some have a trait: the group's size, the size of
 * all, and how many have the trait altogether are told. Neither those with it nor those without may be few, nor what is left
 * of either when the told groups are taken from all.
 * @param groups size and how many of it have the trait
 * @param start groups that are withheld already
 */
export function withheldShares(
  groups: readonly { readonly of: number; readonly people: number }[],
  start: readonly boolean[] = [],
): boolean[] {
  const withIt = groups.map(({ people }) => people);
  const without = groups.map(({ of, people }) => of - people);
  // With few altogether on one side, even that side's zeros would tell where the few are.
  const isFew = [withIt, without].some((side) => withheldCells([side.reduce((sum, n) => sum + n, 0)])[0]);
  let withheld = groups.map((_, i) => isFew || start[i] === true);
  // A group withheld for the one is withheld for the other: both are known from the share.
  for (let before = -1; before !== withheld.filter(Boolean).length;) {
    before = withheld.filter(Boolean).length;
    withheld = withheldCells(without, withheldCells(withIt, withheld));
  }
  return withheld;
}

/**
 * Which sets of people are withheld, where people may be in several: sets that are few or leave few outside, and of two that
 * differ in fewer than 5 people the smaller one, because their difference would be about those.
 * @param sharedBy how many people are in both of two sets
 * @param all people of whom the sets are part, whose figures are told
 */
export function withheldSets(
  sizes: readonly number[],
  sharedBy: (a: number, b: number) => number,
  all: number,
): boolean[] {
  const withheld = sizes.map((size) => !mayTell(size, all));
  const bySize = sizes.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  bySize.forEach((small, rank) => {
    for (let i = 0; i < rank && !withheld[small]; i++) {
      const big = bySize[i]!;
      if (withheld[big]) continue;
      const apart = sizes[small]! + sizes[big]! - 2 * sharedBy(small, big);
      withheld[small] = apart > 0 && apart < PEOPLE_MIN;
    }
  });
  return withheld;
}
