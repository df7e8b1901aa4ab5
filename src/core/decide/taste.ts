import { priceOf, type CatalogItem } from "../catalog/item.ts";
import type { Scene } from "./scene.ts";

const BRAND_LIFT = 0.25;
const TYPE_LIFT = 0.15;
/** Each time it was shown so often again and never touched, an item makes more room for others. */
const TIRED_AFTER = 4;
const TIRED_FACTOR = 0.5;
const LESS_LIKE_THIS_FACTOR = 0.3;

/** How a person's own acts bend a score: a multiplier around 1, always above 0. */
export type Taste = (ordinal: number) => number;

/**
 * A customer's taste, from what is theirs alone: brands and types of recent acts lift, "less like this" and being shown
 * in vain lower. Without a view it is 1 for everything.
 */
export function tasteOf(scene: Scene): Taste {
  const { view, world } = scene;
  if (!view) return () => 1;
  const { catalog } = world;
  const brands = new Map<string, number>();
  const types = new Map<string, number>();
  const touched = new Set<string>();
  for (const touch of view.recent) {
    touched.add(touch.item);
    const item = catalog.items[catalog.ordinal.get(touch.item) ?? -1];
    if (item?.brand) brands.set(item.brand, (brands.get(item.brand) ?? 0) + 1);
    if (item?.type) types.set(item.type, (types.get(item.type) ?? 0) + 1);
  }
  const total = Math.max(1, view.recent.length);
  const disliked: CatalogItem[] = [];
  for (const [id, feedback] of view.feedback) {
    const item =
      feedback.kind === "less_like_this" ? catalog.items[catalog.ordinal.get(id) ?? -1] : undefined;
    if (item) disliked.push(item);
  }
  return (ordinal) => {
    const item = catalog.items[ordinal]!;
    let factor =
      1 +
      (BRAND_LIFT * (brands.get(item.brand ?? "") ?? 0) + TYPE_LIFT * (types.get(item.type ?? "") ?? 0)) /
        total;
    if (!touched.has(item.id))
      factor *= TIRED_FACTOR ** Math.floor((view.seen.get(item.id)?.times ?? 0) / TIRED_AFTER);
    for (const one of disliked)
      if (
        one.id === item.id ||
        (one.type !== undefined && one.type === item.type && one.brand === item.brand)
      )
        factor *= LESS_LIKE_THIS_FACTOR;
    return factor;
  };
}

/** Share of the price that the shop keeps, in [0, 1]; 0 where the cost is not stated. */
export function marginShare(item: CatalogItem, market: string | undefined): number {
  const price = priceOf(item, market);
  if (!item.cost || !price || price.minor <= 0 || price.currency !== item.cost.currency) return 0;
  return Math.min(1, Math.max(0, (price.minor - item.cost.minor) / price.minor));
}
