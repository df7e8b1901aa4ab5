import { confidenceOf } from "../recommend/score/confidence.ts";
import type { Evidence } from "./strategy/strategy.ts";
import type { World } from "./world.ts";

/** So many may be shown on a low bar: a first choice and two to compare it with. */
const FEW = 3;
/** Share of the best one's worth that one of the few has to have; below it, it is noise beside the best. */
const FEW_SHARE = 0.1;
/**
 * Share for each further one. On the validation part of uci-online-retail what lies below it is bought at most a third
 * as often as the best pick, what lies below `FEW_SHARE` a sixth; on serenade-sample both are clicked a seventh as often.
 */
const MORE_SHARE = 0.2;
/** Below this confidence an item says nothing, however good it is beside others. */
const SURE_MIN = 0.05;

/**
 * Evidence whose score only orders a list and does not say how strong a tie is: a shop's fourth best seller is not
 * noise beside the first.
 */
const ORDER_ONLY: ReadonlySet<string> = new Set<Evidence["code"]>([
  "shop_pairs",
  "same_type",
  "recently_viewed",
  "trending",
  "bestseller",
  "buy_again",
]);

/** A candidate as its strategy proposed it, before any weights. */
export type Proposed = {
  readonly evidence: Evidence;
  /** The strategy's own score. */
  readonly own: number;
  /** What the marketer's rules make of its score, as a multiplier. */
  readonly byRules: number;
};

/** What stands in the slot already: how many items, and the best one's worth. */
export type Shown = { readonly count: number; readonly best: number };

/**
 * What candidates of one strategy are worth, in [0, 1], in their order: how sure their evidence is, times how strong it
 * is beside the strongest of its kind, since scores can be compared within a kind only.
 */
export function worthsOf(candidates: readonly Proposed[], world: World): number[] {
  const strongest = new Map<string, number>();
  for (const { evidence, own } of candidates)
    strongest.set(evidence.code, Math.max(own, strongest.get(evidence.code) ?? 0));
  return candidates.map(({ evidence, own }) => {
    const most = strongest.get(evidence.code)!;
    const strength = ORDER_ONLY.has(evidence.code) || !(most > 0) ? 1 : own / most;
    const worth = confidenceOf(evidence, world) * strength;
    return worth > 0 ? Math.min(1, worth) : 0;
  });
}

/**
 * Those worth showing, in their order: up to three while they have a tenth of the best one's worth, more only with a
 * fifth. Fewer than asked rather than noise. A marketer's boost helps an item over the bar and raises it for nobody; a bury
 * lowers in the order, and only hiding takes away.
 * @returns also the best worth so far, for the next strategy of the chain.
 */
export function worthShowing<T extends Proposed>(
  candidates: readonly T[],
  world: World,
  shown: Shown,
): { readonly kept: T[]; readonly best: number } {
  const worths = worthsOf(candidates, world);
  const best = worths.reduce((most, worth) => Math.max(most, worth), shown.best);
  const has = (place: number, share: number) =>
    worths[place]! * Math.max(1, candidates[place]!.byRules) >= Math.max(SURE_MIN, share * best);
  const good = candidates.filter((_, place) => has(place, MORE_SHARE)).length;
  let room = FEW - shown.count - good;
  const kept = candidates.filter(
    (_, place) => has(place, MORE_SHARE) || (has(place, FEW_SHARE) && room-- > 0),
  );
  return { kept, best };
}
