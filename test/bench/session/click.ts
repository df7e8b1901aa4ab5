/** One look at an item. `at` is in epoch milliseconds. */
export type Click = { readonly session: string; readonly item: string; readonly at: number };

/** A finished visit: its clicks in order, at least one. */
export type Visit = { readonly id: string; readonly clicks: readonly Click[] };

/** A visit to be guessed: each click from number `from` on (the first is number 0) by those before it. */
export type Trial = Visit & { readonly from: number };

/** The clicks of each session in order of time; sessions in order of their first line. */
export function visitsOf(clicks: readonly Click[]): Visit[] {
  return [...Map.groupBy(clicks, ({ session }) => session)].map(([id, own]) => ({
    id,
    clicks: own.toSorted((a, b) => a.at - b.at),
  }));
}

/** When a visit ended. */
export const endOf = (visit: Visit): number => visit.clicks.at(-1)!.at;

/** The clicks of many visits as they happened. */
export const inOrderOfTime = (visits: readonly Visit[]): Click[] =>
  visits.flatMap(({ clicks }) => clicks).sort((a, b) => a.at - b.at);
