import { buyersOf, viewersOf } from "../learn/item-counts.ts";
import type { Model } from "../learn/model.ts";
import { ITEM_STEP, phaseOf, toldCount, toldWeight } from "./hysteresis.ts";

/** What may be told of each published item, by its place. 0 where too few people stand behind. */
export type ToldCounts = {
  readonly visits: Uint32Array;
  readonly inBaskets: Uint32Array;
  readonly buyers: Uint32Array;
  readonly heat: Float32Array;
};

const HEAT_MAX = 3e38;

/**
 * The numbers of the `kept` items, in steps where the model is guarded.
 * @param fade what a visit at the model's zero still counts now
 */
export function toldCounts(
  model: Model,
  kept: readonly number[],
  minCustomers: number,
  fade: number,
): ToldCounts {
  const { counts, guard } = model;
  const cap = counts.supportersCap;
  const { viewerLabels, buyerLabels } = counts;
  const seen = (item: number) => viewersOf(counts, item) >= minCustomers;
  const sold = (item: number) => buyersOf(counts, item) >= minCustomers;
  const phase = (labels: typeof viewerLabels, item: number, salt: number) =>
    phaseOf(labels, item * cap, minCustomers, salt);
  const told = (count: number, labels: typeof viewerLabels, item: number, salt: number) =>
    guard ? toldCount(count, phase(labels, item, salt), ITEM_STEP, minCustomers) : count;
  const heatOf = (item: number) => {
    const heat = Math.min(counts.heat[item]! * fade, HEAT_MAX);
    return guard ? toldWeight(heat, phase(viewerLabels, item, 3), ITEM_STEP) : heat;
  };
  return {
    visits: Uint32Array.from(kept, (item) =>
      seen(item) ? told(counts.visits[item]!, viewerLabels, item, 0) : 0,
    ),
    inBaskets: Uint32Array.from(kept, (item) =>
      sold(item) ? told(counts.baskets[item]!, buyerLabels, item, 1) : 0,
    ),
    buyers: Uint32Array.from(kept, (item) =>
      sold(item) ? told(counts.buyers[item]!, buyerLabels, item, 2) : 0,
    ),
    heat: Float32Array.from(kept, (item) => (seen(item) ? heatOf(item) : 0)),
  };
}
