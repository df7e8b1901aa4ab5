/** Half of the customers test the leader, half what could dethrone it. */
const LEADER_SHARE = 0.5;

/**
 * Shares that find the best arm sooner than they earn: half go to a draw of the best, half to a draw of the best that
 * differs from the first. In closed form from the probabilities of being best; two arms always share evenly, which is
 * right for telling two apart.
 * Source: Russo 2016, "Simple Bayesian algorithms for best arm identification" (top-two Thompson sampling).
 * @example topTwo([0.8, 0.15, 0.05])[0] // 0.491640866873065
 */
export function topTwo(best: readonly number[]): readonly number[] {
  if (best.length < 2) return best;
  // 1 - p of a near-certain arm is lost to rounding; the sum of the others is not.
  const others = best.map((_, i) => best.reduce((sum, one, j) => (j === i ? sum : sum + one), 0));
  return best.map((share, i) => {
    let challenger = 0;
    best.forEach((leader, j) => {
      if (j === i) return;
      const chance = others[j]! > 0 ? share / others[j]! : 1 / (best.length - 1);
      challenger += leader * chance;
    });
    return LEADER_SHARE * share + (1 - LEADER_SHARE) * challenger;
  });
}
