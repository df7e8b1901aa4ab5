/** One slot of one decision as it was shown, and what came of it. Enough to judge another policy on it. */
export type ExposureRow = {
  readonly decisionId: string;
  /** Whose rows belong together: rows of one visitor are not independent. Without it the decision stands alone. */
  readonly visitor?: string;
  readonly slot: string;
  /** What else decides how well an item does, such as the leaf of a bandit; the slot's id where it is absent. */
  readonly context?: string;
  /** Ids of everything that could have been picked. Needed in every row for the estimators with a reward model. */
  readonly candidates?: readonly string[];
  /** Items in the order shown, each with the probability, in (0, 1], that the policy put it just there. */
  readonly picks: readonly (readonly [item: string, propensity: number])[];
  readonly clicked: readonly string[];
  /** What the row earned, in the goal's unit (minor units for money). Without it every clicked pick earns 1. */
  readonly reward?: number;
};

/** A place of a row: which pick, counted from 0. */
export type Place = { readonly row: ExposureRow; readonly position: number };

/**
 * What each pick of a row earned: an equal share of the row's reward for the picks that were clicked, nothing for the
 * others. What nobody clicked earned nothing, even when an order followed: that order needed no recommendation.
 * @example rewardsOf({ ...row, picks: [["a", 0.5], ["b", 0.5]], clicked: ["b"], reward: 900 }) // [0, 900]
 */
export function rewardsOf(row: ExposureRow): number[] {
  const clicked = new Set(row.clicked);
  const clicks = row.picks.reduce((sum, [item]) => sum + (clicked.has(item) ? 1 : 0), 0);
  const share = row.reward === undefined ? 1 : row.reward / clicks;
  return row.picks.map(([item]) => (clicked.has(item) ? share : 0));
}

/** The circumstances under which picks are compared: context and position (people click the first place more). */
export function circumstancesOf({ row, position }: Place): string {
  return `${row.context ?? row.slot}#${position}`;
}
