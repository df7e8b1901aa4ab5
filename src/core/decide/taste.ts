import type { CatalogIndex } from "../catalog/catalog-index.ts";
import type { CatalogItem } from "../catalog/item.ts";
import type { EpochMs } from "../primitives/time.ts";
import { applyStated } from "../preference/apply-stated.ts";
import { fatigue, seenByFamily } from "./fatigue.ts";
import { perView } from "./per-view.ts";
import type { Scene } from "./scene.ts";

const BRAND_LIFT = 0.25;
const TYPE_LIFT = 0.15;
const LESS_LIKE_THIS_FACTOR = 0.3;

/**
 * How a person's own acts bend a score: a multiplier around 1, always above 0. `isGuessing` false leaves out what is only
 * inferred (lifts and fatigue); what the person said stays.
 */
export type Taste = (ordinal: number, isGuessing?: boolean) => number;

/**
 * A customer's taste, from what is theirs alone: brands and types of recent acts lift, "less like this" and being shown
 * in vain lower. Without a view it is 1 for everything.
 */
export function tasteOf(scene: Scene): Taste {
  const { view, world } = scene;
  if (!view) return () => 1;
  const { catalog } = world;
  const { brands, types, touchedAt, disliked } = leaningsOf(view, catalog);
  const seen = seenByFamily(view, catalog);
  const total = Math.max(1, view.recent.length);
  const about = (ordinal: number) => ({ market: scene.market, isSensitive: world.sensitive.has(ordinal) });
  return (ordinal, isGuessing = true) => {
    const item = catalog.items[ordinal]!;
    let factor = 1;
    if (isGuessing) {
      const brand = brands.get(item.brand ?? "") ?? 0;
      const type = types.get(item.type ?? "") ?? 0;
      factor += (BRAND_LIFT * brand + TYPE_LIFT * type) / total;
      const family = catalog.family[ordinal]!;
      factor *= fatigue(seen.get(family), touchedAt.get(family), scene.now);
    }
    if (scene.preferences.length > 0) factor *= applyStated(scene.preferences, item, about(ordinal)).factor;
    for (const one of disliked) if (isLike(item, one)) factor *= LESS_LIKE_THIS_FACTOR;
    return factor;
  };
}

/** What a person's acts lean to: brands and types of recent ones, when they touched a family, what they want less of. */
const leaningsOf = perView((view, catalog: CatalogIndex) => {
  const brands = new Map<string, number>();
  const types = new Map<string, number>();
  const touchedAt = new Map<number, EpochMs>();
  for (const touch of view.recent) {
    const touched = catalog.ordinal.get(touch.item) ?? -1;
    const item = catalog.items[touched];
    const family = catalog.family[touched];
    if (family !== undefined) touchedAt.set(family, Math.max(touch.at, touchedAt.get(family) ?? touch.at));
    if (item?.brand) brands.set(item.brand, (brands.get(item.brand) ?? 0) + 1);
    if (item?.type) types.set(item.type, (types.get(item.type) ?? 0) + 1);
  }
  const disliked: CatalogItem[] = [];
  for (const [id, feedback] of view.feedback) {
    const item =
      feedback.kind === "less_like_this" ? catalog.items[catalog.ordinal.get(id) ?? -1] : undefined;
    if (item) disliked.push(item);
  }
  return { brands, types, touchedAt, disliked };
});

const isLike = (item: CatalogItem, disliked: CatalogItem): boolean =>
  disliked.id === item.id ||
  (disliked.type !== undefined && disliked.type === item.type && disliked.brand === item.brand);
