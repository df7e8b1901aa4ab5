import { varianceOf, type Moments } from "../stats/moments.ts";
import { sumPeriods, type Period } from "./period.ts";
import { totalOf } from "./posterior.ts";

/** An arm whose value has changed against the others', and the index of the first period of its new value. */
export type Change = { readonly arm: number; readonly at: number; readonly z: number };

/**
 * So many standard errors between an arm's older and newer value, at the split that shows it most. High, because it is
 * asked again and again; a false alarm costs no more than learning that arm anew.
 */
const CHANGE_FROM = 4.5;

/** Less than this on one side of a split is no evidence, in customers compared. */
const COMPARED_MIN = 100;

/** What an arm's evidence from before its change still counts. */
const KEPT = 0.02;

/**
 * The periods with the evidence of arms that have changed since taken back, and the changes. A bandit that remembers
 * everything would take as long to leave a winner that has faded as it took to find it. What all arms do alike (a sale, a
 * weekend) is no change: each is compared with the others of its period.
 */
export function forget<P extends Pick<Period, "arms">>(
  periods: readonly P[],
  arms: number,
): { readonly periods: readonly P[]; readonly changes: readonly Change[] } {
  const changes: Change[] = [];
  let kept = periods;
  while (changes.length < arms) {
    const change = clearestChange(kept, arms, new Set(changes.map(({ arm }) => arm)));
    if (!change) break;
    changes.push(change);
    kept = kept.map((period, t) => (t < change.at ? faded(period, change.arm) : period));
  }
  return { periods: kept, changes };
}

function faded<P extends Pick<Period, "arms">>(period: P, arm: number): P {
  const fade = ({ n, sum, sumSquares }: Moments): Moments => ({
    n: n * KEPT,
    sum: sum * KEPT,
    sumSquares: sumSquares * KEPT,
  });
  return { ...period, arms: period.arms.map((one, i) => (i === arm ? fade(one) : one)) };
}

function clearestChange(
  periods: readonly Pick<Period, "arms">[],
  arms: number,
  known: ReadonlySet<number>,
): Change | undefined {
  const variance = varianceOf(totalOf(sumPeriods(periods, arms)));
  if (!variance) return undefined;
  let clearest: Change | undefined;
  for (let arm = 0; arm < arms; arm++) {
    if (known.has(arm)) continue;
    const rows = periods.map(({ arms: each }) => contrast(each, arm));
    const whole = { weight: 0, sum: 0 };
    for (const { weight, sum } of rows) {
      whole.weight += weight;
      whole.sum += sum;
    }
    const older = { weight: 0, sum: 0 };
    rows.forEach(({ weight, sum }, t) => {
      const newer = whole.weight - older.weight;
      if (Math.min(older.weight, newer) >= COMPARED_MIN) {
        const difference = (whole.sum - older.sum) / newer - older.sum / older.weight;
        const z = difference / Math.sqrt(variance * (1 / older.weight + 1 / newer));
        if (Math.abs(z) > Math.max(CHANGE_FROM, Math.abs(clearest?.z ?? 0))) clearest = { arm, at: t, z };
      }
      older.weight += weight;
      older.sum += sum;
    });
  }
  return clearest;
}

/** An arm less the others of its period, times what the comparison is worth in customers. */
function contrast(each: readonly Moments[], arm: number): { weight: number; sum: number } {
  const own = each[arm];
  const all = totalOf(each);
  const others = all.n - (own?.n ?? 0);
  if (!own || !(own.n > 0) || !(others > 0)) return { weight: 0, sum: 0 };
  const weight = (own.n * others) / all.n;
  return { weight, sum: weight * (own.sum / own.n - (all.sum - own.sum) / others) };
}
