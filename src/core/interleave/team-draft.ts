import type { Rng } from "../primitives/rng.ts";

/** The two recommenders that are compared. */
export type Team = "a" | "b";

/** An item of the list shown, and who put it there; `null` where a click tells nothing. */
export type Drafted = { readonly item: string; readonly team: Team | null };

/**
 * One list out of two, as captains choose players: in every round each side, in the order of a coin, puts its best item
 * that is not there yet. Both sides get the same places on average, so clicks may be compared. Two things are shown
 * without credit, because a click on them would be luck: an item that both sides would put next (the textbook gives it
 * to the coin's winner, which is noise), and what fills up once a list is exhausted (a longer list is no better list).
 * Sources: Radlinski, Kurup & Joachims 2008, "How Does Clickthrough Data Reflect Retrieval Quality?", 5.2; for items in
 * common Chapelle, Joachims, Radlinski & Yue 2012, "Large-Scale Validation and Analysis of Interleaved Search
 * Evaluation", who leave out those at the top.
 * @param count how many items to show at most
 * @param rng the coin; seeded by the decision id, so that the credits can be worked out again
 * @example teamDraft(["x", "y"], ["x", "z"], 3, () => 0)
 *   // [{ item: "x", team: null }, { item: "y", team: "a" }, { item: "z", team: "b" }]
 */
export function teamDraft(a: readonly string[], b: readonly string[], count: number, rng: Rng): Drafted[] {
  const shown: Drafted[] = [];
  const taken = new Set<string>();
  const lists = { a, b };
  const next = { a: 0, b: 0 };
  const best = (team: Team): string | undefined => {
    while (next[team] < lists[team].length && taken.has(lists[team][next[team]]!)) next[team]++;
    return lists[team][next[team]];
  };
  const put = (item: string, team: Team | null): void => {
    taken.add(item);
    shown.push({ item, team });
  };
  while (shown.length < count) {
    const [fromA, fromB] = [best("a"), best("b")];
    if (fromA === undefined || fromB === undefined) break;
    if (fromA === fromB) {
      put(fromA, null);
      continue;
    }
    const [first, second]: [Team, Team] = rng() < 0.5 ? ["a", "b"] : ["b", "a"];
    const chosen = { a: fromA, b: fromB };
    put(chosen[first], first);
    if (shown.length < count) put(chosen[second], second);
  }
  for (const team of ["a", "b"] as const) {
    for (let item = best(team); item !== undefined && shown.length < count; item = best(team))
      put(item, null);
  }
  return shown;
}
