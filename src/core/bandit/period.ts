import type { EpochMs } from "../primitives/time.ts";
import { totalOf } from "./posterior.ts";
import type { Moments } from "../stats/moments.ts";

/** One stretch of time with the same shares: what was offered, and how the customers who came in it did. */
export type Period = {
  /** Version of the shares; counts up. */
  readonly version: number;
  readonly from: EpochMs;
  /** Shares by arm: the propensity of everybody who came in it. */
  readonly weights: readonly number[];
  /** By arm; customers are counted in the period in which they came, whenever they buy. */
  readonly arms: readonly Moments[];
};

/** All that a bandit remembers, as JSON. */
export type BanditState = { readonly periods: readonly Period[] };

/** Shares that differ by less than this for every arm are not worth a period of their own. */
const MOVE_MIN = 0.01;

/** Or by this factor, which a small share can do: its customers count by one over their share afterwards. */
const FACTOR_MIN = 1.25;

/**
 * Whether new shares are worth a new period. Fewer periods mean fewer rows, and the shares of each are exact.
 * @example isMove([0.5, 0.5], [0.505, 0.495]) // false
 */
export function isMove(before: readonly number[], after: readonly number[]): boolean {
  return after.some((share, i) => {
    const old = before[i] ?? 0;
    if (Math.abs(share - old) >= MOVE_MIN) return true;
    return Math.max(share, old) > FACTOR_MIN * Math.min(share, old);
  });
}

/** Customers of a period, in all arms. */
export const usersIn = (period: Period): number => totalOf(period.arms).n;

/** Each arm's customers over all periods. @example sumPeriods([], 2)[0] // { n: 0, sum: 0, sumSquares: 0 } */
export function sumPeriods(periods: readonly Pick<Period, "arms">[], arms: number): Moments[] {
  return Array.from({ length: arms }, (_, i) =>
    totalOf(periods.flatMap(({ arms: each }) => (each[i] ? [each[i]] : []))),
  );
}

/**
 * Joins the oldest periods until at most `max` are left, the two neighbours with the fewest customers first. The shares of
 * the joined are the mean over their customers; where the two differ, that is the nearest single answer, not an exact one.
 */
export function joinPeriods(periods: readonly Period[], max: number): readonly Period[] {
  const kept = [...periods];
  while (kept.length > Math.max(2, max)) {
    let at = 0;
    let fewest = Infinity;
    // The newest is still growing: it is left alone.
    for (let i = 0; i + 2 < kept.length; i++) {
      const users = usersIn(kept[i]!) + usersIn(kept[i + 1]!);
      if (users < fewest) [at, fewest] = [i, users];
    }
    kept.splice(at, 2, join(kept[at]!, kept[at + 1]!));
  }
  return kept;
}

function join(one: Period, next: Period): Period {
  const [a, b] = [usersIn(one), usersIn(next)];
  const share = a + b > 0 ? a / (a + b) : 0.5;
  return {
    version: one.version,
    from: one.from,
    weights: one.weights.map((weight, i) => share * weight + (1 - share) * (next.weights[i] ?? 0)),
    arms: sumPeriods([one, next], one.arms.length),
  };
}
