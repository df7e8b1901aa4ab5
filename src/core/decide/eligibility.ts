import { isAvailable } from "../catalog/item.ts";
import { isDue } from "./strategy/for-you.ts";
import type { CompiledAction } from "../config/compile.ts";
import { itemAttributes } from "./set-scene.ts";
import type { Scene } from "./scene.ts";

export type Standing = {
  readonly repeatCurrent: boolean;
  /** Product types the slot is limited to (path prefixes); empty: all. */
  readonly types: readonly string[];
  readonly actions: readonly CompiledAction[];
  /** Families already on the page, so that no slot repeats another's product. */
  readonly takenFamilies: ReadonlySet<number>;
};

/** Whether a rule's action is about an item. */
export function isAbout(action: CompiledAction, scene: Scene, ordinal: number): boolean {
  const item = scene.world.catalog.items[ordinal]!;
  if (action.items && !action.items.has(item.id)) return false;
  return action.where === undefined || action.where(itemAttributes(item, scene.market));
}

/** Why an item may not be shown, or `undefined` when it may. Hard yes or no; scores play no part. */
export function obstacle(scene: Scene, standing: Standing, ordinal: number): string | undefined {
  const { catalog } = scene.world;
  const item = catalog.items[ordinal]!;
  const family = catalog.family[ordinal]!;
  if (!isAvailable(item, scene.market)) return "not_available";
  if (scene.excluded.has(ordinal)) return "excluded";
  if (!standing.repeatCurrent && scene.current >= 0 && family === catalog.family[scene.current])
    return "current";
  if (scene.cart.some((inCart) => catalog.family[inCart] === family)) return "in_cart";
  if (standing.takenFamilies.has(family)) return "on_page";
  const feedback = scene.view?.feedback.get(item.id)?.kind;
  if (feedback === "not_this" || feedback === "own_it") return "customer_said_no";
  const owned = scene.view?.owned.get(item.id);
  if (owned && !(item.replenishDays !== undefined && isDue(owned.at, item.replenishDays, scene.now)))
    return "owned";
  if (standing.types.length > 0 && !standing.types.some((type) => (item.type ?? "").startsWith(type)))
    return "other_type";
  for (const action of standing.actions) {
    if (action.action.do === "hide" && isAbout(action, scene, ordinal)) return "hidden";
    if (action.action.do === "filter" && !isAbout(action, scene, ordinal)) return "filtered";
  }
  return undefined;
}
