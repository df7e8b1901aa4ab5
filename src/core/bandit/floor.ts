/** So many customers for each arm but the winner come before the floor begins to sink: with fewer, what the losers are worth cannot be told afterwards. */
const FLOOR_USERS = 5_000;

/**
 * The least share of an arm after so many customers: `floor`, sinking with the square root of their number, so that what
 * exploring costs in all grows more slowly than what it can win. Never above half an equal share, however many arms.
 * @example floorAt(80_000, 5, 0.01) // 0.005
 */
export function floorAt(users: number, arms: number, floor: number): number {
  return Math.min(
    floor * Math.min(1, Math.sqrt((FLOOR_USERS * (arms - 1)) / Math.max(1, users))),
    1 / (2 * arms),
  );
}

/**
 * Shares with a floor: each gets the floor, and what is left is divided as before. Additive, not clipped: a share never
 * sinks below the floor when the rest is scaled.
 * @example withFloor([1, 0], 0.01) // [0.99, 0.01]
 */
export function withFloor(shares: readonly number[], floor: number): readonly number[] {
  const left = 1 - shares.length * floor;
  const floored = shares.map((share) => floor + left * share);
  // The largest takes what rounding leaves, so that the sum is 1.
  const largest = floored.indexOf(Math.max(...floored));
  const others = floored.reduce((sum, one, i) => (i === largest ? sum : sum + one), 0);
  floored[largest] = 1 - others;
  return floored;
}
