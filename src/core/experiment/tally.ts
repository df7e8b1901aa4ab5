import type { MomentSums } from "./measures.ts";

/** Sums over the visitors of one piece of an experiment. @example { part: "b", sums: { users: 2, buyers: 1 } } */
export type Tally = { readonly part: string; readonly sums: MomentSums };

/** The sums of one variation; tallies of the same part (from several shards) add up. Nobody came: no sums. */
export function sumsOf(part: string, tallies: readonly Tally[]): MomentSums {
  const total: Record<string, number> = {};
  for (const tally of tallies)
    if (tally.part === part)
      for (const [name, value] of Object.entries(tally.sums)) total[name] = (total[name] ?? 0) + value;
  return total;
}

export const usersOf = (sums: MomentSums): number => sums["users"] ?? 0;

/** The piece of a bandit's tally for who came while certain shares held, in a context. @example periodPart("b", 12, "new") // "b#12@new" */
export const periodPart = (variation: string, version: number, leaf: string | undefined): string =>
  `${variation}#${version}${leaf === undefined ? "" : `@${leaf}`}`;
