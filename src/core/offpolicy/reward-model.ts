import { circumstancesOf, rewardsOf, type ExposureRow } from "./exposure-row.ts";

type Count = readonly [picks: number, reward: number];

/** Picks and rewards per circumstances, in total and per item. Tallies of several shards add up. */
export type RewardTally = ReadonlyMap<
  string,
  { readonly total: Count; readonly items: ReadonlyMap<string, Count> }
>;

/** How many picks of an item the average of its circumstances weighs as much as. The reference data use 50, too. */
const PRIOR_PICKS = 50;

const NONE: Count = [0, 0];
const sum = (a: Count, b: Count): Count => [a[0] + b[0], a[1] + b[1]];

/** Counts what the picks of some rows earned. */
export function tallyRewards(rows: Iterable<ExposureRow>): RewardTally {
  const tally = new Map<string, { total: Count; items: Map<string, Count> }>();
  for (const row of rows) {
    const rewards = rewardsOf(row);
    row.picks.forEach(([item], position) => {
      const key = circumstancesOf({ row, position });
      const found = tally.get(key) ?? { total: NONE, items: new Map<string, Count>() };
      const one: Count = [1, rewards[position]!];
      found.total = sum(found.total, one);
      found.items.set(item, sum(found.items.get(item) ?? NONE, one));
      tally.set(key, found);
    });
  }
  return tally;
}

/** Adds up the tallies of two shards. */
export function joinTallies(a: RewardTally, b: RewardTally): RewardTally {
  const joined = new Map(a);
  for (const [key, { total, items }] of b) {
    const found = joined.get(key);
    const merged = new Map(found?.items);
    for (const [item, count] of items) merged.set(item, sum(merged.get(item) ?? NONE, count));
    joined.set(key, { total: sum(found?.total ?? NONE, total), items: merged });
  }
  return joined;
}

/**
 * The reward to expect of an item under some circumstances: its own mean there, drawn towards the mean of the
 * circumstances by the weight of 50 picks. An item never shown is expected to earn that mean; nothing known is 0.
 * @example expectedReward(tallyRewards([]), "row-1#0", "shoe") // 0
 */
export function expectedReward(tally: RewardTally, circumstances: string, item: string): number {
  const found = tally.get(circumstances);
  if (found === undefined) return 0;
  const [picks, reward] = found.items.get(item) ?? NONE;
  const average = found.total[1] / found.total[0];
  return (reward + PRIOR_PICKS * average) / (picks + PRIOR_PICKS);
}
