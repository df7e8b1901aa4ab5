import type { Moments } from "../stats/moments.ts";
import { plain, type Preference } from "./preference.ts";
import { shareAsSaid, type Occasion } from "./say-do.ts";

/** Claims that totals follow at most; each is asked of every customer. */
export const CLAIMS_MAX = 500;

/** One group of customers: the shares of their orders that are as is said, each customer counting once. */
export type Group = {
  /** Customers of the group, those without an order that tells anything included. */
  customers: number;
  /** Of those with one: moments of their shares, and how many have a share above 0. */
  shares: Moments;
  doers: number;
};

/** One thing that customers say in answer to a question, and what those who say it do against everybody else. */
export type ClaimTotals = { readonly claim: Preference; readonly sayers: Group; readonly others: Group };

/** Totals by claim: sums, the same in whatever order customers are added. */
export type SayDoTotals = Map<string, ClaimTotals>;

const newGroup = (): Group => ({ customers: 0, shares: { n: 0, sum: 0, sumSquares: 0 }, doers: 0 });

/** What makes two customers' statements the same claim: the question, and what was said. */
export const claimKey = ({ key, topic, anyOf, band }: Preference): string =>
  JSON.stringify([key, topic, [...new Set(anyOf.map(plain))].sort(), band ?? null]);

/** Empty totals for everything that is said and that an item can show. Given in any order, the first 500 by name. */
export function newSayDoTotals(said: Iterable<Preference>): SayDoTotals {
  const claims = new Map<string, Preference>();
  for (const claim of said) if (claim.topic !== "reason") claims.set(claimKey(claim), claim);
  return new Map(
    [...claims]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, CLAIMS_MAX)
      .map(([key, claim]) => [key, { claim, sayers: newGroup(), others: newGroup() }]),
  );
}

/** Adds one customer to the totals it is given: what they say, and what they bought. */
export function addToSayDo(
  totals: SayDoTotals,
  said: readonly Preference[],
  orders: readonly Occasion[],
  market?: string,
): void {
  const own = new Set(said.map(claimKey));
  for (const [key, { claim, sayers, others }] of totals) {
    const group = own.has(key) ? sayers : others;
    group.customers++;
    let told = 0;
    let sum = 0;
    for (const { items } of orders) {
      const share = shareAsSaid(claim, items, market);
      if (share === undefined) continue;
      told++;
      sum += share;
    }
    if (told === 0) continue;
    const share = sum / told;
    const { n, sum: before, sumSquares } = group.shares;
    group.shares = { n: n + 1, sum: before + share, sumSquares: sumSquares + share * share };
    if (share > 0) group.doers++;
  }
}
