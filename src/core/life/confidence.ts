import { fnv1a32 } from "../primitives/hash.ts";
import type { DayNumber } from "./calendar-day.ts";
import type { CompiledKind } from "./compile-life.ts";
import { CONFIDENCE_MAX, HALF_LIVES_KEPT } from "./life-limits.ts";
import type { Evidence } from "./life-state.ts";

/** Product types share so many drawers. Two in one count as one type, which errs on the side of saying nothing. */
const DRAWERS = 16;

/** The drawer of a product type. Items whose type is not known are taken to be of one. */
export const drawerOf = (type: string): number => fnv1a32(type) % DRAWERS;

/** The last day on which an act counts. */
export const lastDayOf = (day: DayNumber, { halfLifeDays }: CompiledKind): DayNumber =>
  day + HALF_LIVES_KEPT * halfLifeDays;

/**
 * How likely a life event is by what was done, in [0, 0.95]; 0 until at least two different items on two different days
 * speak for it. Acts after `today` do not count.
 *
 * The log-odds begin at those of the prior share p. Each product type adds c (1 - exp(-s / c)), where s is the sum of its
 * acts' weights, each halved per half-life, and c = ln((1 - p) / p): nearly s while it is small, and never more than c.
 * So one type alone leads to one half at most, however often it is bought. More acts never lower the confidence, and
 * time without any never raises it.
 * @param evidence of this kind
 * @example confidenceOf([], move, 20_000) // 0
 */
export function confidenceOf(evidence: readonly Evidence[], kind: CompiledKind, today: DayNumber): number {
  const sums = new Float64Array(DRAWERS);
  let first: Evidence | undefined;
  let isOtherItem = false;
  let isOtherDay = false;
  for (const one of evidence) {
    const { day, item, drawer, weight } = one;
    if (day > today || today > lastDayOf(day, kind)) continue;
    first ??= one;
    isOtherItem ||= item !== first.item;
    isOtherDay ||= day !== first.day;
    sums[drawer]! += weight * 2 ** ((day - today) / kind.halfLifeDays);
  }
  if (!isOtherItem || !isOtherDay) return 0;
  const most = Math.log((1 - kind.priorShare) / kind.priorShare);
  let logOdds = -most;
  for (const sum of sums) if (sum > 0) logOdds -= most * Math.expm1(-sum / most);
  return Math.min(CONFIDENCE_MAX, 1 / (1 + Math.exp(-logOdds)));
}

/**
 * The first day from `today` on when the confidence is below a level, if nothing more is done.
 * @param level above 0, such as the kind's threshold
 */
export function dayBelow(
  evidence: readonly Evidence[],
  kind: CompiledKind,
  today: DayNumber,
  level: number,
): DayNumber {
  let [low, high] = [today - 1, today];
  for (const { day } of evidence) if (day <= today) high = Math.max(high, lastDayOf(day, kind) + 1);
  // What is not yet done on `today` may not count later: only evidence up to then is looked at.
  const done = evidence.filter(({ day }) => day <= today);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (confidenceOf(done, kind, middle) < level) high = middle;
    else low = middle;
  }
  return high;
}
