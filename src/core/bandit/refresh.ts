import type { EpochMs } from "../primitives/time.ts";
import { allocate, type BanditSettings } from "./allocate.ts";
import { forget, type Change } from "./forget.ts";
import { levelPeriods } from "./level-periods.ts";
import { isMove, type Period } from "./period.ts";

/** What a refresh of a bandit tells. */
export type Refresh = {
  readonly weights: readonly number[];
  /** Whether the shares differ enough to be given a new version, and a new period with it. */
  readonly moves: boolean;
  /** Arms whose value has changed, with the period of the change. */
  readonly changes: readonly Change[];
};

/**
 * The shares from now on, from all periods: what has changed is forgotten, what all arms had alike in a period is taken
 * out, and the rest is allocated. The same periods give the same shares. `off` holds arms that are switched off.
 */
export function refreshShares(
  periods: readonly Period[],
  arms: number,
  settings: BanditSettings,
  off: ReadonlySet<number> = new Set(),
): Refresh {
  const { periods: kept, changes } = forget(periods, arms);
  const tallies = levelPeriods(kept, arms).map((moments, i) => ({ moments, isOff: off.has(i) }));
  const weights = allocate(tallies, settings);
  const before = periods.at(-1)?.weights;
  return { weights, moves: before === undefined || isMove(before, weights), changes };
}

/** The period that begins with new shares; its customers are yet to come. @example nextPeriod(undefined, [1], 0).version // 1 */
export function nextPeriod(last: Period | undefined, weights: readonly number[], now: EpochMs): Period {
  return {
    version: (last?.version ?? 0) + 1,
    from: now,
    weights,
    arms: weights.map(() => ({ n: 0, sum: 0, sumSquares: 0 })),
  };
}
