import type { Drafted } from "./team-draft.ts";

/** Clicks that each side got. */
export type Credits = { readonly a: number; readonly b: number };

/** Users by which side they clicked more. Tallies of several shards add up; every user lies in one of them. */
export type Preferences = { readonly a: number; readonly b: number; readonly ties: number };

/**
 * Which side the clicks on one list speak for. An item counts once however often it is clicked; what is not in the list
 * counts for nobody.
 * @example creditClicks([{ item: "x", team: "a" }, { item: "y", team: "b" }], ["x", "x"]) // { a: 1, b: 0 }
 */
export function creditClicks(shown: readonly Drafted[], clicked: Iterable<string>): Credits {
  const clicks = new Set(clicked);
  const credits = { a: 0, b: 0 };
  for (const { item, team } of shown) if (team !== null && clicks.has(item)) credits[team]++;
  return credits;
}

/**
 * Every user's preference, over all lists a user saw: one user, one vote, so that a heavy clicker does not decide and
 * the votes are independent.
 */
export function preferencesOf(users: Iterable<Iterable<Credits>>): Preferences {
  const preferences = { a: 0, b: 0, ties: 0 };
  for (const lists of users) {
    let lead = 0;
    for (const { a, b } of lists) lead += a - b;
    preferences[lead > 0 ? "a" : lead < 0 ? "b" : "ties"]++;
  }
  return preferences;
}
